/** Open-loop load: a fleet made from a scenario, the schedule of its events, their publishers, and what is measured. */
package io.eventrouter.loadgen.load;

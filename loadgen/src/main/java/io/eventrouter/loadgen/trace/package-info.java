/** The trace: what happens in a fleet, line by line, from a file to events and commands. */
package io.eventrouter.loadgen.trace;

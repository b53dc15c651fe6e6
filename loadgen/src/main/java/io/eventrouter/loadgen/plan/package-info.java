/** What a month of a fleet costs: data operations by arithmetic or from a sample, blocks, prices and machines. */
package io.eventrouter.loadgen.plan;

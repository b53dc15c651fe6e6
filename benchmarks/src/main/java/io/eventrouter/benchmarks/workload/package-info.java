/** The fleet and the events of all suites: deterministic by a seed, cheap per event. */
package io.eventrouter.benchmarks.workload;

/** The files that a run leaves behind. */
package io.eventrouter.benchmarks.runner.results;

/** The command line around the benchmarks: what a continuous integration job calls, and what it is told. */
package io.eventrouter.benchmarks.runner;

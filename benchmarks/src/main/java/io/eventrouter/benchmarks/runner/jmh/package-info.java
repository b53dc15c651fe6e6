/** JMH from outside: the benchmarks of a jar, processes that measure them, and the figures that come back. */
package io.eventrouter.benchmarks.runner.jmh;

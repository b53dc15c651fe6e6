/** What figures prove: limits that were kept or broken, and whether one jar is faster than another. */
package io.eventrouter.benchmarks.runner.verdict;

/** Results as pages for people. */
package io.eventrouter.benchmarks.runner.report;

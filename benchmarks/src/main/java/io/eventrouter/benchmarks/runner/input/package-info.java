/** Names and files that people give, and what they are told when these are wrong. */
package io.eventrouter.benchmarks.runner.input;

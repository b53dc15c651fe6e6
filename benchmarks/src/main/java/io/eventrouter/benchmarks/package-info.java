/** Benchmarks, named for what a user does with a router. A benchmark's name is a key of its history and stays. */
package io.eventrouter.benchmarks;

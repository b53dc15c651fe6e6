/** Profiles: which benchmarks a run measures, for how long, and which figures may not exceed which limit. */
package io.eventrouter.benchmarks.runner.profile;

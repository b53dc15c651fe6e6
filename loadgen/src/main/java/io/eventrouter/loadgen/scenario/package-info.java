/** Scenarios: a fleet as its planner thinks of it, and its load, from strict YAML files (docs/scenario-files.md). */
package io.eventrouter.loadgen.scenario;

package io.eventrouter.loadgen.results;

import io.eventrouter.loadgen.load.Ceiling;
import io.eventrouter.loadgen.load.FleetFigures;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import io.eventrouter.loadgen.search.SearchOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything about one search.
 *
 * @param file of the scenario.
 * @param scenario as it was searched: with what the options changed.
 * @param startedAt when it began.
 * @param isInterrupted whether it was ended early.
 * @param environment that it ran in.
 * @param fleet that was loaded.
 * @param ceiling of the generator, if it was measured.
 * @param outcome of the search.
 */
public record SearchResult(
        ScenarioFile file,
        Scenario scenario,
        Instant startedAt,
        boolean isInterrupted,
        Environment environment,
        FleetFigures fleet,
        Optional<Ceiling> ceiling,
        SearchOutcome outcome) {}

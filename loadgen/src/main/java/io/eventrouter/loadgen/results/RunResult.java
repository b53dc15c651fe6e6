package io.eventrouter.loadgen.results;

import io.eventrouter.loadgen.load.Ceiling;
import io.eventrouter.loadgen.load.FleetFigures;
import io.eventrouter.loadgen.load.LoadFigures;
import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import java.util.Map;
import java.util.Optional;

/**
 * Everything about one run.
 *
 * @param file of the scenario.
 * @param scenario as it was run: with what the options changed.
 * @param load that was run.
 * @param environment that it ran in.
 * @param fleet that was loaded.
 * @param ceiling of the generator, if it was measured.
 * @param figures that were measured.
 * @param verdict about them.
 * @param accountNames names of the scenario's accounts, by what the router prints.
 */
public record RunResult(
        ScenarioFile file,
        Scenario scenario,
        Load load,
        Environment environment,
        FleetFigures fleet,
        Optional<Ceiling> ceiling,
        LoadFigures figures,
        Verdict verdict,
        Map<String, String> accountNames) {}

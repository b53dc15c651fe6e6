package io.eventrouter.loadgen.results;

import io.eventrouter.loadgen.load.Ceiling;
import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import io.eventrouter.loadgen.search.SweepPoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything about one sweep.
 *
 * @param file of the scenario.
 * @param scenario that was swept: with what the options changed.
 * @param startedAt when it began.
 * @param isInterrupted whether it was ended early.
 * @param environment that it ran in.
 * @param ceiling of the generator with the first fleet, if it was measured.
 * @param points in order, axis by axis.
 */
public record SweepResult(
        ScenarioFile file,
        Scenario scenario,
        Instant startedAt,
        boolean isInterrupted,
        Environment environment,
        Optional<Ceiling> ceiling,
        List<SweepPoint> points) {
    public SweepResult {
        points = List.copyOf(points);
    }

    /**
     * What it says about the objective.
     *
     * @return met if every point has a confirmed rate, else what the first other point says.
     */
    public Verdict.Outcome verdict() {
        return points.stream()
                .map(point -> point.outcome().verdict())
                .filter(outcome -> outcome != Verdict.Outcome.MET)
                .findFirst()
                .orElse(points.isEmpty() ? Verdict.Outcome.INVALID : Verdict.Outcome.MET);
    }
}

package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the differential test: it must notice every planted mistake, and must not accuse the innocent. */
class PlantedMistakesTest {
    private static final long SEEDS = 2_000;

    @ParameterizedTest
    @EnumSource
    void shouldNoticeMistake(final Mistake mistake, final TestReporter reporter) {
        final DifferentialCheck check = new DifferentialCheck(scenario -> NaiveSubject.with(mistake, scenario));
        final long seed = LongStream.range(0, SEEDS)
                .filter(candidate -> check.run(RandomScenario.of(candidate)) != null)
                .findFirst()
                .orElse(-1);
        assertTrue(seed >= 0, () -> mistake + " was not noticed in " + SEEDS + " seeds");
        reporter.publishEntry(mistake + " is noticed at seed", String.valueOf(seed));
    }

    @Test
    void shouldNotAccuseTheOracleItself() {
        final DifferentialCheck check = new DifferentialCheck(NaiveSubject::correct);
        final List<Long> accused = LongStream.range(0, SEEDS)
                .filter(seed -> check.run(RandomScenario.of(seed)) != null)
                .boxed()
                .toList();
        assertTrue(
                accused.isEmpty(),
                () -> "the oracle differs from itself at " + accused.size() + " seeds:\n"
                        + check.explain(RandomScenario.of(accused.get(0))));
    }

    @Test
    void shouldExplainAFailureInAShortLog() {
        final DifferentialCheck check =
                new DifferentialCheck(scenario -> NaiveSubject.with(Mistake.SYSTEM_EVENTS_REACH_OTHERS, scenario));
        final Scenario failing = LongStream.range(0, SEEDS)
                .mapToObj(RandomScenario::of)
                .filter(scenario -> {
                    final Difference difference = check.run(scenario);
                    return difference != null && difference.findings().get(0).startsWith("EXTRA deliveries");
                })
                .findFirst()
                .orElseThrow();
        final Scenario shrunk = Shrinker.shrink(failing, candidate -> check.run(candidate) != null);
        assertNotNull(check.run(shrunk));
        assertTrue(shrunk.steps().size() <= 16, shrunk::log);
        assertTrue(check.explain(failing).contains("EXTRA deliveries"));
    }

    @Test
    void shouldMakeTheSameScenarioFromTheSameSeed() {
        assertEquals(RandomScenario.of(42).log(), RandomScenario.of(42).log());
    }
}

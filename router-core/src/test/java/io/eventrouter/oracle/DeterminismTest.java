package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The same commands in the same order give the same deliveries in the same order and the same counts: with another
 * hash seed, and when the routing thread finds many of them in the ring at once. Oracle: the router itself, run step
 * by step.
 */
class DeterminismTest {
    private static final long SEEDS = Long.getLong("router.seeds", 1_000);

    @Test
    void shouldNotDependOnHashSeedOrOnHowMuchIsInTheRing() {
        long deliveries = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            final Scenario scenario = RandomScenario.of(seed);
            final List<String> stepByStep = CommandLogRun.of(scenario, 1, 1);

            assertEquals(stepByStep, CommandLogRun.of(scenario, 2, 1), "another hash seed: seed=" + seed);
            assertEquals(stepByStep, CommandLogRun.of(scenario, 3, 10), "ten at once: seed=" + seed);
            assertEquals(stepByStep, CommandLogRun.of(scenario, 4, 100), "a hundred at once: seed=" + seed);
            deliveries += stepByStep.size();
        }
        assertTrue(deliveries > 10 * SEEDS, "there was something to compare: deliveries=" + deliveries);
    }
}

package io.eventrouter.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.oracle.CoverageMarks;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * The router does as the oracle does, whatever happens around it, in hundreds of random simulations; and they come to
 * the situations in which routers go wrong.
 *
 * <p>{@code -Drouter.simulation.seeds=N} runs N of them, {@code -Drouter.simulation.seed=S} runs one.
 */
class SimulationTest {
    private static final long DEFAULT_SEEDS = 300;

    @Test
    void shouldDoAsTheOracleDoes(final TestReporter reporter) {
        final CoverageMarks marks = new CoverageMarks();
        final List<Long> failing = seeds().parallel()
                .filter(seed -> RouterSimulation.run(RandomSimulation.of(seed), Flaw.NONE, marks) != null)
                .boxed()
                .sorted()
                .toList();
        assertTrue(
                failing.isEmpty(),
                () -> failing.size() + " seeds fail, such as "
                        + failing.stream().limit(10).toList() + "; the first:\n"
                        + SimulationReport.of(RandomSimulation.of(failing.get(0)), Flaw.NONE));
        final Map<String, Long> situations = marks.counts();
        reporter.publishEntry("situations", situations.toString());
        if (isDefaultRun()) {
            assertEquals(List.of(), Situations.missing(situations), () -> "never reached; reached: " + situations);
        }
    }

    @Test
    void shouldMakeTheSameSimulationFromTheSameSeed() {
        assertEquals(RandomSimulation.of(42).text(), RandomSimulation.of(42).text());
    }

    @Test
    void shouldReadWhatItHasWritten() {
        LongStream.range(0, 200)
                .mapToObj(RandomSimulation::of)
                .forEach(log ->
                        assertEquals(log.text(), SimulationLog.parse(log.text()).text()));
    }

    private static boolean isDefaultRun() {
        return Long.getLong("router.simulation.seed") == null && Long.getLong("router.simulation.seeds") == null;
    }

    private static LongStream seeds() {
        final Long only = Long.getLong("router.simulation.seed");
        return only == null
                ? LongStream.range(0, Long.getLong("router.simulation.seeds", DEFAULT_SEEDS))
                : LongStream.of(only);
    }
}

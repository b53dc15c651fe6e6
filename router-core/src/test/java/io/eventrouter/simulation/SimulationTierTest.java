package io.eventrouter.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.oracle.CoverageMarks;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * As many simulations as a time allows, from a seed on; each seed is another one, and fails or not whenever it is run.
 * That they come to the situations in which routers go wrong is checked as far as there are enough of them.
 *
 * <p>{@code -Drouter.simulation.seconds=N} runs for so long, {@code -Drouter.simulation.from=S} begins at that seed.
 */
@Tag("simulation")
class SimulationTierTest {
    private static final long SECONDS = Long.getLong("router.simulation.seconds", 600);
    private static final long FROM = Long.getLong("router.simulation.from", 1_000_000);

    @Test
    void shouldDoAsTheOracleDoesForLong() {
        final CoverageMarks marks = new CoverageMarks();
        final Queue<Long> failing = new ConcurrentLinkedQueue<>();
        final AtomicLong nextSeed = new AtomicLong(FROM);
        final AtomicLong actions = new AtomicLong();
        final long startNs = System.nanoTime();
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .parallel()
                .forEach(worker -> {
                    while (System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(SECONDS) && failing.size() < 10) {
                        final SimulationLog log = RandomSimulation.of(nextSeed.getAndIncrement());
                        actions.addAndGet(log.actions().size());
                        if (RouterSimulation.run(log, Flaw.NONE, marks) != null) {
                            failing.add(log.settings().seed());
                        }
                    }
                });
        final long seeds = nextSeed.get() - FROM;
        System.out.println(seeds + " seeds, " + actions + " actions, situations " + marks.counts());
        System.out.println(
                "not checked whether they come to, for that takes more seeds: " + Situations.uncertain(seeds));
        assertTrue(
                failing.isEmpty(),
                () -> "seeds " + failing + " fail; the first:\n"
                        + SimulationReport.of(RandomSimulation.of(failing.peek()), Flaw.NONE));
        assertEquals(List.of(), Situations.missing(marks.counts(), seeds), "never reached in " + seeds + " seeds");
    }
}

package io.eventrouter.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.oracle.CoverageMarks;
import java.util.stream.LongStream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the simulation: it must notice every flaw that is planted, and show it in a short log. */
class FlawsTest {
    private static final long SEEDS = 300;
    private static final int SHORT = 40;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldNoticeFlaw(final Flaw flaw, final TestReporter reporter) {
        final long seed = LongStream.range(0, SEEDS)
                .filter(candidate -> fails(RandomSimulation.of(candidate), flaw))
                .findFirst()
                .orElse(-1);
        assertTrue(seed >= 0, () -> flaw + " was not noticed in " + SEEDS + " seeds");
        final SimulationLog shrunk = SimulationReport.shrink(RandomSimulation.of(seed), flaw);
        reporter.publishEntry(
                flaw + " is noticed",
                "seed " + seed + ", actions " + shrunk.actions().size());
        assertTrue(shrunk.actions().size() <= SHORT, shrunk::text);
        assertTrue(fails(SimulationLog.parse(shrunk.text()), flaw), shrunk::text);
    }

    private static boolean fails(final SimulationLog log, final Flaw flaw) {
        return RouterSimulation.run(log, flaw, new CoverageMarks()) != null;
    }
}

package io.eventrouter.simulation;

import io.eventrouter.oracle.CoverageMarks;
import io.eventrouter.oracle.Shrinker;

/** What is told of a simulation that went wrong: where, and the shortest log that was found to go wrong as well. */
final class SimulationReport {
    private SimulationReport() {}

    static String of(final SimulationLog log, final Flaw flaw) {
        final SimulationLog shrunk = shrink(log, flaw);
        return "seed " + log.settings().seed() + ", " + run(log, flaw).describe() + "\n\nShrunk from "
                + log.actions().size() + " to " + shrunk.actions().size()
                + " actions. To keep it as a test, put this into a file in src/test/resources/simulation:\n\n"
                + shrunk.text() + "\nwhich fails like this: "
                + run(shrunk, flaw).describe();
    }

    /** The shortest log that goes wrong in the same way. */
    static SimulationLog shrink(final SimulationLog log, final Flaw flaw) {
        final String kind = run(log, flaw).kind();
        return log.withActions(Shrinker.shrink(log.actions(), actions -> {
            final Failure failure = run(log.withActions(actions), flaw);
            return failure != null && failure.kind().equals(kind);
        }));
    }

    private static Failure run(final SimulationLog log, final Flaw flaw) {
        return RouterSimulation.run(log, flaw, new CoverageMarks());
    }
}

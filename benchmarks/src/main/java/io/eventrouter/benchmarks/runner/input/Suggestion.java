package io.eventrouter.benchmarks.runner.input;

import io.eventrouter.loadgen.scenario.Nearest;
import java.util.Collection;

/** Guesses what somebody meant who mistyped a name. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * The end of a complaint about a name.
     *
     * @param name that does not exist.
     * @param names that exist.
     * @return a question, or nothing if no name exists.
     */
    public static String of(final String name, final Collection<String> names) {
        return Nearest.of(name, names)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    }
}

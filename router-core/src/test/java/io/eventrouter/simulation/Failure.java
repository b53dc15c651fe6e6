package io.eventrouter.simulation;

import io.eventrouter.oracle.Scenario;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a simulation went wrong.
 *
 * @param index of the action; that behind the last one is the end.
 * @param action at which it showed.
 * @param findings each a paragraph.
 */
record Failure(int index, Action action, List<String> findings) {
    /** What kind of thing went wrong first, so that shrinking does not end at another one. */
    String kind() {
        return findings.get(0).split(" ", 2)[0];
    }

    String describe() {
        return "action " + index + ": " + RecordText.write(action) + "\n"
                + Scenario.readable(String.join("\n", findings));
    }

    /** The first cause, with the places that it went through. */
    static String describe(final Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Stream.concat(
                        Stream.of("threw: " + root),
                        Stream.of(root.getStackTrace()).limit(12).map(frame -> "  at " + frame))
                .collect(Collectors.joining("\n"));
    }
}

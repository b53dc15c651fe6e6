package io.eventrouter.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.oracle.NaiveRouter;
import io.eventrouter.oracle.Policies;
import io.eventrouter.oracle.Step;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import io.eventrouter.simulation.RecordText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a parent knows of its children: everything that was acknowledged, carried out on the oracle, and what was
 * offered and not answered.
 */
final class Ledger {
    private final NaiveRouter oracle = new NaiveRouter(new Policies(Era.AFTER_2023_03, ProductScope.ALL, 4));
    private final Deque<Command> inFlight = new ArrayDeque<>();
    private long firstInFlight;
    private long acknowledged;
    private long lost;
    private long kept;

    /** A child has written a line; false if it is about something else. */
    boolean hear(final String line) {
        final String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "offer":
                inFlight.add(RecordText.read(Command.class, words[2]));
                return true;
            case "kept":
                conclude(Long.parseLong(words[1]), "");
                return true;
            case "refused":
                conclude(Long.parseLong(words[1]), words[2]);
                return true;
            default:
                return false;
        }
    }

    private void conclude(final long number, final String refusal) {
        assertEquals(firstInFlight, number, "answers come in the order of the offers");
        firstInFlight++;
        acknowledged++;
        final Command command = inFlight.remove();
        final var expected = oracle.perform(new Step.Apply(command)).refusals();
        assertTrue(
                expected.isEmpty() ? refusal.isEmpty() : expected.contains(refusal),
                () -> command + ": expected one of " + expected + " but was " + refusal);
    }

    /**
     * The child is dead, and this is what it has left. Every acknowledged command must hold, and of those in flight as
     * many as are there, from the first on.
     */
    void settle(final SortedMap<String, String> recovered) {
        final Map<String, String> difference = difference(recovered);
        boolean found = difference.isEmpty();
        while (!found && !inFlight.isEmpty()) {
            oracle.perform(new Step.Apply(inFlight.remove()));
            kept++;
            found = oracle.kept().equals(recovered);
        }
        assertTrue(found, () -> "what was acknowledged does not hold, or something else does: " + difference);
        lost += inFlight.size();
        inFlight.clear();
        firstInFlight = 0;
    }

    /** What a router says of its devices when it has started. */
    void check(final Map<String, String> devices) {
        final SortedMap<String, String> expected = new TreeMap<>(oracle.kept());
        expected.keySet().removeIf(key -> !key.startsWith("device:"));
        assertEquals(expected, devices);
    }

    private Map<String, String> difference(final SortedMap<String, String> recovered) {
        final Map<String, String> expected = oracle.kept();
        final Map<String, String> difference = new TreeMap<>();
        recovered.forEach((key, value) -> {
            if (!value.equals(expected.get(key))) {
                difference.put(key, "recovered " + value + ", acknowledged " + expected.get(key));
            }
        });
        expected.forEach((key, value) -> {
            if (!recovered.containsKey(key)) {
                difference.put(key, "gone, acknowledged " + value);
            }
        });
        return difference;
    }

    long acknowledged() {
        return acknowledged;
    }

    long kept() {
        return kept;
    }

    long lost() {
        return lost;
    }

    int inFlight() {
        return inFlight.size();
    }
}

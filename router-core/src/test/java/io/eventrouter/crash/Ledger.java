package io.eventrouter.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.command.Command;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.oracle.KeptLedger;
import io.eventrouter.oracle.Policies;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import io.eventrouter.simulation.RecordText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** What a parent has heard of its children: what was offered, and what was acknowledged. */
final class Ledger {
    private final KeptLedger changes =
            new KeptLedger(new Policies(Era.AFTER_2023_03, ProductScope.ALL, 4, new TenantLimits()));
    private final Map<Long, KeptLedger.Entry> unanswered = new HashMap<>();
    private long acknowledged;
    private long refused;

    /** A child has written a line; false if it is about something else. */
    boolean hear(final String line) {
        final String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "offer":
                unanswered.put(Long.valueOf(words[1]), changes.offer(RecordText.read(Command.class, words[2])));
                return true;
            case "kept":
                answered(words[1], Set.of());
                acknowledged++;
                return true;
            case "refused":
                answered(words[1], Set.of(words[2]));
                refused++;
                return true;
            default:
                return false;
        }
    }

    private void answered(final String number, final Set<String> refusal) {
        final KeptLedger.Entry entry = unanswered.remove(Long.valueOf(number));
        entry.answer(refusal);
        entry.makeCertain();
        changes.advance();
    }

    /** The child is dead, and this is what it has left. */
    void settle(final SortedMap<String, String> left) {
        unanswered.clear();
        assertEquals(List.of(), changes.settle(left));
    }

    /** What a router says of its devices when it has started. */
    void check(final Map<String, String> devices) {
        assertEquals(changes.devices(), devices);
    }

    long acknowledged() {
        return acknowledged;
    }

    String report() {
        return "acknowledged " + acknowledged + ", refused " + refused + ", in flight at a kill: kept " + changes.kept()
                + ", lost " + changes.lost();
    }
}

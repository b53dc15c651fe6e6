package io.eventrouter.oracle;

import io.eventrouter.command.Command;
import io.eventrouter.identity.EntityId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has to outlive a crash: changes of ownership that were offered, in their order, and how certain each is. When
 * the router is gone, it is told what was left. That must be what is certain, and of the rest as much as is there, from
 * the first on: a change is never there without all that were before it, and never in part.
 */
public final class KeptLedger {
    /** A change that was offered. */
    public static final class Entry {
        private final Command command;
        private Set<String> refusal = Set.of();
        private boolean answered;
        private boolean certain;

        private Entry(final Command command) {
            this.command = command;
        }

        /** The router has answered: it keeps the change, or it has refused it. */
        public void answer(final Set<String> refusalOrNone) {
            answered = true;
            refusal = refusalOrNone;
        }

        /** From here on it has to be there, whatever happens. */
        public void makeCertain() {
            certain = true;
        }
    }

    private final Policies policies;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<String> findings = new ArrayList<>();
    private NaiveRouter router;
    private long kept;
    private long lost;

    /** A ledger without entries. */
    public KeptLedger(final Policies policies) {
        this.policies = policies;
        router = new NaiveRouter(policies);
    }

    /** Expect that more than this is refused. */
    public void limit(final int maxDevices, final int maxAccounts) {
        router.limit(maxDevices, maxAccounts);
    }

    /** A change is put into the order, behind all that were before. */
    public Entry offer(final Command command) {
        final Entry entry = new Entry(command);
        entries.add(entry);
        return entry;
    }

    /** All that was answered is certain: the process may die, but the machine does not. */
    public void makeAnsweredCertain() {
        entries.stream().filter(entry -> entry.answered).forEach(Entry::makeCertain);
    }

    /** Carry out what is certain and has nothing uncertain before it. */
    public void advance() {
        while (!entries.isEmpty() && entries.peek().certain) {
            carryOut(entries.remove());
        }
    }

    private void carryOut(final Entry entry) {
        final Set<String> expected =
                router.perform(new Step.Apply(entry.command)).refusals();
        final boolean isRight = entry.refusal.isEmpty() ? expected.isEmpty() : expected.containsAll(entry.refusal);
        if (entry.answered && !isRight) {
            findings.add("refusal of " + entry.command + ": expected one of " + expected + " but was " + entry.refusal);
        }
    }

    /**
     * The router is gone, and this is what it has left; from here on that is what there is.
     *
     * @return what is wrong, nothing if all is right.
     */
    public List<String> settle(final SortedMap<String, String> left) {
        advance();
        final int mustHold = lastCertain();
        final Map<String, String> difference = difference(left);
        boolean found = mustHold == 0 && difference.isEmpty();
        for (int carriedOut = 0; !found && !entries.isEmpty(); ) {
            final Entry entry = entries.remove();
            carryOut(entry);
            kept += entry.answered ? 0 : 1;
            carriedOut++;
            found = carriedOut >= mustHold && router.kept().equals(left);
        }
        if (!found) {
            findings.add("KEPT what was acknowledged does not hold, or something else does: " + difference);
        }
        lost += entries.size();
        entries.clear();
        return takeFindings();
    }

    /** What went wrong so far. */
    public List<String> takeFindings() {
        final List<String> taken = List.copyOf(findings);
        findings.clear();
        return taken;
    }

    // Entries from the first up to the last that is certain; what was refused leaves nothing that could hold.
    private int lastCertain() {
        int position = 0;
        int last = 0;
        for (final Entry entry : entries) {
            position++;
            last = entry.certain && entry.refusal.isEmpty() ? position : last;
        }
        return last;
    }

    private Map<String, String> difference(final SortedMap<String, String> left) {
        final Map<String, String> expected = router.kept();
        final Map<String, String> difference = new TreeMap<>();
        left.forEach((key, value) -> {
            if (!value.equals(expected.get(key))) {
                difference.put(key, "left " + value + ", certain " + expected.get(key));
            }
        });
        expected.forEach((key, value) -> {
            if (!left.containsKey(key)) {
                difference.put(key, "gone, certain " + value);
            }
        });
        return difference;
    }

    /** An oracle that knows what was left and nothing else: no sessions, no free subscribers, no usage. */
    public NaiveRouter restarted() {
        return router.copyOfKept(policies);
    }

    /** What is certain, in words. */
    public SortedMap<String, String> state() {
        return router.kept();
    }

    /** What was left of devices, in words. */
    public SortedMap<String, String> devices() {
        final SortedMap<String, String> devices = new TreeMap<>(router.kept());
        devices.keySet().removeIf(key -> !key.startsWith("device:"));
        return devices;
    }

    /** Devices that were left. */
    public Collection<EntityId> deviceIds() {
        return List.copyOf(router.fleet.devices.keySet());
    }

    /** Changes that were not answered and yet kept. */
    public long kept() {
        return kept;
    }

    /** Changes that were lost; none of them was certain. */
    public long lost() {
        return lost;
    }

    /** Changes that are not certain. */
    public int uncertain() {
        return entries.size();
    }
}

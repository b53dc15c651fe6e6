package io.eventrouter.routing;

import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.ownership.ScopeTable;
import java.util.function.Supplier;

/**
 * The fan-outs that are too long for one go, in the order of their events, delivered slice by slice between other
 * events and commands.
 *
 * <p>Nobody can tell but by the times: a recipient gets its deliveries in the order of the lane, and each is as the
 * state was at its event's place. For before anything about a device changes, and before it gets a later event, what is
 * pending for it is delivered: the device is settled.
 *
 * <p><b>Threading:</b> the routing thread only, but for {@link #capacity()}. <b>Cost:</b> nothing while nothing is
 * pending. Then every delivery and every change of a device looks at each pending fan-out.
 */
final class PendingFanOuts {
    /** How many there can be in all, each with a copy of its event and a bit for each device. */
    static final int MAX_PENDING = 64;

    private final ScopeTable scopes;
    private final Supplier<PendingFanOut> factory;
    private final int maxPendingPerAccount;
    private final int sliceLength;

    /** The pending ones, in the order of their events; behind them those that are to be used again. */
    private final PendingFanOut[] fanOuts = new PendingFanOut[MAX_PENDING];

    /** All of them in the order in which they were made: those above change places while another thread counts them. */
    private final PendingFanOut[] made = new PendingFanOut[MAX_PENDING];

    private int count;
    private long turns;

    /** No fan-outs, up to so many for each account, of so many deliveries in one go; the factory makes one. */
    PendingFanOuts(
            final ScopeTable scopes,
            final int maxPendingPerAccount,
            final int sliceLength,
            final Supplier<PendingFanOut> factory) {
        this.scopes = scopes;
        this.maxPendingPerAccount = maxPendingPerAccount;
        this.sliceLength = sliceLength;
        this.factory = factory;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int size() {
        return count;
    }

    /** Whether so many devices are too many for one go. */
    boolean isTooLong(final int receivers) {
        return receivers > sliceLength;
    }

    /**
     * Whether an event can be taken on. An account has at most as many pending as there are places left, so that there
     * is one left for every other account for as long as that can be.
     */
    boolean hasRoomFor(final CurrentEvent event) {
        final int pending = pendingOf(accountOf(event));
        return pending < maxPendingPerAccount && pending < MAX_PENDING - count;
    }

    /** Take on an event, which there is room for, for the devices of its hits. */
    void add(final CurrentEvent event, final BatchMatcher matcher, final int firstHit, final int endOfHits) {
        if (fanOuts[count] == null) {
            // All that were made are pending.
            made[count] = factory.get();
            fanOuts[count] = made[count];
        }
        final PendingFanOut added = fanOuts[count];
        added.account = accountOf(event);
        added.turn = turnOf(added.account);
        added.begin(event, matcher, firstHit, endOfHits);
        count++;
    }

    /** The sequence of the first event that is not delivered to all; there is one. */
    long firstSequence() {
        return fanOuts[0].sequence();
    }

    /** Whether something is pending of events before a sequence. */
    boolean isAnyBefore(final long sequence) {
        return count != 0 && fanOuts[0].sequence() < sequence;
    }

    /** A device is about to change. */
    void settle(final int device) {
        for (int i = 0; i < count; i++) {
            fanOuts[i].settleForEver(device);
        }
    }

    /** The event of a sequence is about to be delivered to a device. */
    void settleBefore(final long sequence, final int device) {
        for (int i = 0; i < count && fanOuts[i].sequence() < sequence; i++) {
            fanOuts[i].settle(device);
        }
    }

    /** Whether something is pending of events in usage windows before a window. */
    boolean isAnyOfWindowBefore(final long window) {
        return count != 0 && fanOuts[0].window() < window;
    }

    /** What a device has run up in the windows before a window is about to be emitted. */
    void settleWindowsBefore(final long window, final int device) {
        for (int i = 0; i < count && fanOuts[i].window() < window; i++) {
            fanOuts[i].settle(device);
        }
    }

    /** Deliver everything that is pending of events in usage windows before a window. */
    void finishWindowsBefore(final long window) {
        while (isAnyOfWindowBefore(window)) {
            deliver(0, Integer.MAX_VALUE);
        }
    }

    /** Deliver one slice, of the account whose turn it is. */
    void deliverSlice() {
        if (count != 0) {
            deliver(nextInTurn(), sliceLength);
        }
    }

    /** Deliver everything that may be charged to an account: its plan, or whether it is paused, is about to change. */
    void finish(final int account) {
        int i = 0;
        while (i < count) {
            if (fanOuts[i].concerns(account)) {
                deliver(i, Integer.MAX_VALUE);
            } else {
                i++;
            }
        }
    }

    /** Deliver everything. */
    void finishAll() {
        while (count != 0) {
            deliver(0, Integer.MAX_VALUE);
        }
    }

    /** Bytes of off-heap memory that the fan-outs hold, pending or to be used again. Any thread. */
    long capacity() {
        long capacity = 0;
        for (final PendingFanOut fanOut : made) {
            capacity += fanOut == null ? 0 : fanOut.capacity();
        }
        return capacity;
    }

    /** Release what the fan-outs hold. */
    void close() {
        for (final PendingFanOut fanOut : fanOuts) {
            if (fanOut != null) {
                fanOut.close();
            }
        }
    }

    private void deliver(final int index, final int maxDevices) {
        boolean isMore = false;
        try {
            isMore = fanOuts[index].deliverSlice(maxDevices);
        } finally {
            // Also after a fault: else the same fan-out would fail again in every round.
            if (!isMore) {
                remove(index);
            }
        }
    }

    private void remove(final int index) {
        final PendingFanOut removed = fanOuts[index];
        removed.end();
        count--;
        System.arraycopy(fanOuts, index + 1, fanOuts, index, count - index);
        fanOuts[count] = removed;
    }

    // The one whose account has waited longest; of one account the first.
    private int nextInTurn() {
        int next = 0;
        for (int i = 1; i < count; i++) {
            next = fanOuts[i].turn < fanOuts[next].turn ? i : next;
        }
        final int account = fanOuts[next].account;
        turns++;
        for (int i = 0; i < count; i++) {
            if (fanOuts[i].account == account) {
                fanOuts[i].turn = turns;
            }
        }
        return next;
    }

    // An account that comes new goes behind all others: it must not be served before them again and again.
    private long turnOf(final int account) {
        for (int i = 0; i < count; i++) {
            if (fanOuts[i].account == account) {
                return fanOuts[i].turn;
            }
        }
        return ++turns;
    }

    private int pendingOf(final int account) {
        int pending = 0;
        for (int i = 0; i < count; i++) {
            pending += fanOuts[i].account == account ? 1 : 0;
        }
        return pending;
    }

    // Whoever pays for the members of the product, or else for devices of the owner.
    private int accountOf(final CurrentEvent event) {
        return scopes.payer(event.ownerOfHearingDevices, event.product);
    }
}

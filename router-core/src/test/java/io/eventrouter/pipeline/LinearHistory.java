package io.eventrouter.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order of calls about one device that explains every answer and keeps real time: what ended before
 * something else began comes before it. The search is Wing and Gong's, with Lowe's memory of what was tried; for small
 * histories.
 */
final class LinearHistory {
    /** What was called. */
    enum Kind {
        /** The device gets the owner with a number. */
        CLAIM,
        /** The device gets no owner. */
        UNCLAIM,
        /** An event was published; the answer is who heard it: 0 for nobody, two digits for two. */
        PUBLISH,
        /** The owner was asked for. */
        OWNER
    }

    /** A call with its answer, or with the owner that it gave. */
    record Call(Kind kind, int value, long startNs, long endNs) {}

    private final List<Call> calls;
    private final Set<Long> tried = new HashSet<>();

    private LinearHistory(final List<Call> calls) {
        this.calls = calls;
    }

    /** Whether there is such an order, from a device without an owner on. */
    static boolean isLinearizable(final List<Call> calls) {
        return new LinearHistory(calls).search(0, 0);
    }

    private boolean search(final int done, final int owner) {
        if (done == (1 << calls.size()) - 1) {
            return true;
        }
        if (!tried.add((long) done << 32 | owner)) {
            return false;
        }
        final long earliestEndNs = earliestEndNs(done);
        for (int i = 0; i < calls.size(); i++) {
            final Call call = calls.get(i);
            if ((done >> i & 1) == 0 && call.startNs() <= earliestEndNs && isExplained(call, owner)) {
                final int next = call.kind() == Kind.CLAIM ? call.value() : call.kind() == Kind.UNCLAIM ? 0 : owner;
                if (search(done | 1 << i, next)) {
                    return true;
                }
            }
        }
        return false;
    }

    // Whatever has not come yet and ended first cannot be overtaken by what began after that.
    private long earliestEndNs(final int done) {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < calls.size(); i++) {
            if ((done >> i & 1) == 0) {
                earliest = Math.min(earliest, calls.get(i).endNs());
            }
        }
        return earliest;
    }

    private static boolean isExplained(final Call call, final int owner) {
        return call.kind() == Kind.CLAIM || call.kind() == Kind.UNCLAIM || call.value() == owner;
    }
}

package io.eventrouter.usage;

import org.agrona.collections.LongArrayList;

/**
 * Windows and thresholds that the journal has to keep, each until a sequence that only grows is reached, with the first
 * frame that has to be kept for it.
 *
 * <p><b>Threading:</b> the usage thread.
 */
final class KeptUnits {
    private static final int MAX_UNUSED = 1 << 16;

    private final LongArrayList until = new LongArrayList();
    private final LongArrayList firstFrames = new LongArrayList();
    private int start;

    /** Keep a unit until a sequence, which is not less than those of the units before. */
    void add(final long untilSequence, final long firstFrame) {
        // Lanes lie mixed: what began before others were complete keeps the journal from there on.
        for (int i = firstFrames.size() - 1; i >= start && firstFrames.getLong(i) > firstFrame; i--) {
            firstFrames.setLong(i, firstFrame);
        }
        until.addLong(untilSequence);
        firstFrames.addLong(firstFrame);
    }

    /** Let go of all units up to a sequence. */
    void letGo(final long sequence) {
        while (start < until.size() && until.getLong(start) <= sequence) {
            start++;
        }
        if (start == until.size() || start > MAX_UNUSED && start > until.size() / 2) {
            removeFirst(until);
            removeFirst(firstFrames);
            start = 0;
        }
    }

    /** The first frame that has to be kept, {@link Long#MAX_VALUE} if none has. */
    long firstFrame() {
        return start == firstFrames.size() ? Long.MAX_VALUE : firstFrames.getLong(start);
    }

    private void removeFirst(final LongArrayList list) {
        final int rest = list.size() - start;
        for (int i = 0; i < rest; i++) {
            list.setLong(i, list.getLong(i + start));
        }
        while (list.size() > rest) {
            list.removeAt(list.size() - 1);
        }
    }
}

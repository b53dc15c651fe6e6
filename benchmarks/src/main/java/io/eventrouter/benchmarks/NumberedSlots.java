package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.peers.BareRing;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Numbers the slots that a bare ring hands over, at both ends, and checks that each arrived once. What the publisher
 * writes and what the consumer writes are cache lines apart, as the threads would wait for each other otherwise.
 *
 * <p><b>Threading:</b> one publishing thread, one consuming thread; {@link #check} when the consumer has come to rest.
 */
final class NumberedSlots implements BareRing.SlotHandler {
    private static final int LONGS_APART = 32;
    private static final int NEXT_NUMBER = LONGS_APART;
    private static final int SUM_OF_NUMBERS = 2 * LONGS_APART;
    private static final int SUM_OF_LAST_BYTES = SUM_OF_NUMBERS + 1;

    private final int slotLength;
    private final long[] counts = new long[3 * LONGS_APART];

    NumberedSlots(final int slotLength) {
        this.slotLength = slotLength;
    }

    /** Put the next number into a slot that is to be published. */
    void number(final UnsafeBuffer source, final int offset) {
        final long number = counts[NEXT_NUMBER]++;
        source.putLong(offset, number);
        source.putLong(offset + slotLength - Long.BYTES, -number);
    }

    @Override
    public void onSlot(final UnsafeBuffer buffer, final int offset) {
        counts[SUM_OF_NUMBERS] += buffer.getLong(offset);
        counts[SUM_OF_LAST_BYTES] += buffer.getLong(offset + slotLength - Long.BYTES);
    }

    /** Every slot up to the last sequence arrived once, with what was put in. */
    void check(final long lastSequence) {
        final long numbers = counts[NEXT_NUMBER];
        Work.requireEqual("last sequence", numbers - 1, lastSequence);
        Work.requireEqual("sum of numbers", numbers * (numbers - 1) / 2, counts[SUM_OF_NUMBERS]);
        Work.requireEqual("sum of last bytes", -counts[SUM_OF_NUMBERS], counts[SUM_OF_LAST_BYTES]);
    }
}

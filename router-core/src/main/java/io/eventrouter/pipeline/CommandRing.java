package io.eventrouter.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import io.eventrouter.event.EventLimits;
import io.eventrouter.memory.AlignedBuffer;
import io.eventrouter.routing.SlotLayout;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ring that gives every event and command its place: a Disruptor sequencer over off-heap slots of 128 bytes.
 *
 * <p>What does not fit into one slot takes several in a row, so memory does not depend on the longest payload. The
 * slots are followed by room for one whole event, which lets an event that begins in the last slots lie in one piece.
 *
 * <p><b>Threading:</b> any number of threads take slots and publish them; one thread consumes. The memory is given back
 * when the ring is collected, not when the router is closed: a publisher may be writing just then.
 */
public final class CommandRing {
    /** Bytes in a slot. */
    public static final int SLOT_LENGTH = 128;

    /** The least number of slots: all chunks of the longest hook response fit at once. */
    public static final int MIN_SLOTS = 2_048;

    /** The greatest number of slots. */
    public static final int MAX_SLOTS = 1 << 22;

    /** There is no room; nothing was taken. */
    public static final long NO_ROOM = -1;

    // Loaded here and not when the ring is full for the first time: at the end of a stack that would fail, and a class
    // that failed to load once cannot be used any more.
    private static final InsufficientCapacityException FULL = InsufficientCapacityException.INSTANCE;

    /**
     * An event of more slots is marked as published at its first one only: to mark more than a hundred, and to look at
     * them, takes longer than to copy what is in them. Short events are marked at every slot, so that one look goes
     * over many.
     */
    static final int MAX_SLOTS_OF_SHORT_EVENT = 4;

    private static final int SLOT_SHIFT = Integer.numberOfTrailingZeros(SLOT_LENGTH);
    private static final int MAX_EVENT_LENGTH =
            SlotLayout.length(EventLimits.MAX_CLOUD_NAME_LENGTH, EventLimits.MAX_CLOUD_PAYLOAD_LENGTH);

    private final MultiProducerSequencer sequencer;
    private final Sequence consumed = new Sequence();
    private final Sequence delivered = new Sequence();
    private final UnsafeBuffer buffer;
    private final long address;
    private final PendingCommand[] pending;
    private final LeftSlots left;
    private final int mask;
    private final int reservedSlots;

    /**
     * An empty ring.
     *
     * @param slots a power of two, {@link #MIN_SLOTS} to {@link #MAX_SLOTS}.
     * @param reservedSlots that publishers leave to commands, as far as they do not overtake each other.
     */
    public CommandRing(final int slots, final int reservedSlots) {
        this.reservedSlots = reservedSlots;
        // Nobody waits inside the sequencer: publishers are refused, and the routing agent has its idle strategy.
        sequencer = new MultiProducerSequencer(slots, new BusySpinWaitStrategy());
        sequencer.addGatingSequences(consumed);
        buffer = AlignedBuffer.allocate(slots * SLOT_LENGTH + MAX_EVENT_LENGTH + Long.BYTES);
        address = buffer.addressOffset();
        left = new LeftSlots(slots);
        pending = new PendingCommand[slots];
        mask = slots - 1;
    }

    /**
     * How many slots so many bytes take.
     *
     * @param length in bytes.
     * @return the number, at least 1.
     */
    public static int slots(final int length) {
        return length + SLOT_LENGTH - 1 >>> SLOT_SHIFT;
    }

    /**
     * Take slots in a row. Every slot that was taken must be published, or the ring stops there.
     *
     * @param slots 1 or more.
     * @return the sequence of the first, or {@link #NO_ROOM}.
     */
    public long tryTake(final int slots) {
        if (reservedSlots != 0 && sequencer.remainingCapacity() < slots + reservedSlots) {
            return NO_ROOM;
        }
        return take(slots);
    }

    /**
     * Take a slot for a command, also of those that are reserved.
     *
     * @return its sequence, or {@link #NO_ROOM}.
     */
    public long tryTakeForCommand() {
        return take(1);
    }

    private long take(final int slots) {
        if (slots > mask + 1) {
            return NO_ROOM;
        }
        try {
            return sequencer.tryNext(slots) - slots + 1;
        } catch (final InsufficientCapacityException noRoom) {
            assert noRoom == FULL;
            return NO_ROOM;
        }
    }

    /**
     * Make slots visible to the consumer.
     *
     * @param first sequence.
     * @param slots that were taken together with it, and are written.
     */
    public void publish(final long first, final int slots) {
        publish(first, slots, slots);
    }

    /**
     * Make several events visible to the consumer.
     *
     * @param first sequence.
     * @param slots that were taken together with it, and are written.
     * @param slotsOfLongest of the event that takes most; if these are few, no event is read again to see where it
     *     ends.
     */
    void publish(final long first, final int slots, final int slotsOfLongest) {
        if (slotsOfLongest <= MAX_SLOTS_OF_SHORT_EVENT) {
            sequencer.publish(first, first + slots - 1);
        } else {
            publishEach(first, first + slots);
        }
    }

    // What is in a slot is read before it is marked: then it may be consumed, and somebody else may write there.
    private void publishEach(final long first, final long end) {
        long sequence = first;
        while (sequence < end) {
            final int slots = slotsAt(sequence);
            if (slots <= MAX_SLOTS_OF_SHORT_EVENT) {
                sequencer.publish(sequence, sequence + slots - 1);
            } else {
                sequencer.publish(sequence);
            }
            sequence += slots;
        }
    }

    /**
     * How many slots what begins at a sequence takes. It must be written, and must not have been consumed.
     *
     * @param sequence of its first slot.
     * @return the number, at least 1.
     */
    int slotsAt(final long sequence) {
        final long slot = address(sequence);
        return SlotLayout.type(slot) == SlotLayout.EVENT ? slots(SlotLayout.length(slot)) : 1;
    }

    /**
     * The last sequence up to which every slot is marked, as far as one looks: looking at all that is there, again for
     * every few slots that are consumed, would cost more than consuming them. Behind the first slot of a long event
     * nothing is marked, so whoever comes to one looks again from where it ends.
     *
     * @param first sequence to look at.
     * @param maxSlots to look at.
     * @return the sequence, less than the first if that is not marked.
     */
    public long published(final long first, final int maxSlots) {
        return sequencer.getHighestPublishedSequence(first, Math.min(sequencer.getCursor(), first + maxSlots - 1));
    }

    /**
     * How many slots what begins at a sequence takes, if the consumer can see all of it.
     *
     * @param sequence that was taken and not consumed.
     * @return the number; 0 if its publisher has not published it.
     */
    int publishedSlots(final long sequence) {
        if (!sequencer.isAvailable(sequence)) {
            return 0;
        }
        final int slots = slotsAt(sequence);
        final boolean isWhole = slots > MAX_SLOTS_OF_SHORT_EVENT || published(sequence, slots) == sequence + slots - 1;
        return isWhole ? slots : 0;
    }

    /**
     * The last sequence that was taken by anyone.
     *
     * @return the sequence, -1 before the first.
     */
    public long taken() {
        return sequencer.getCursor();
    }

    /**
     * The last sequence that was consumed.
     *
     * @return the sequence, -1 before the first.
     */
    public long consumed() {
        return consumed.get();
    }

    /**
     * Give slots back to publishers.
     *
     * @param sequence up to which everything was consumed.
     */
    public void consumed(final long sequence) {
        consumed.set(sequence);
    }

    /**
     * The last sequence up to which everything was delivered to all: at most {@link #consumed()}, and less while an
     * event that has left the ring is still on its way to many devices.
     *
     * @return the sequence, -1 before the first.
     */
    public long delivered() {
        return delivered.get();
    }

    /**
     * Let others know how far everything was delivered.
     *
     * @param sequence up to which it was.
     */
    void delivered(final long sequence) {
        delivered.set(sequence);
    }

    /**
     * Slots that can be taken right now.
     *
     * @return the number.
     */
    public long remainingSlots() {
        return sequencer.remainingCapacity();
    }

    /**
     * Slots in all.
     *
     * @return the number.
     */
    public int capacity() {
        return mask + 1;
    }

    /**
     * The bytes of the slots.
     *
     * @return the buffer.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * The address of a slot.
     *
     * @param sequence of the slot.
     * @return the address.
     */
    public long address(final long sequence) {
        return address + offset(sequence);
    }

    /**
     * Read both cache lines of some slots, to have them at hand: publishers wrote them on other processors, and one
     * that is asked for alone makes everything wait for it.
     *
     * @param first sequence.
     * @param count of slots.
     * @return what was read, for the caller to keep: a read whose value goes nowhere is no read.
     */
    int warm(final long first, final int count) {
        int read = 0;
        for (int i = 0; i < count; i++) {
            final long slot = address(first + i);
            read += UnsafeApi.getByte(slot) + UnsafeApi.getByte(slot + SLOT_LENGTH / 2);
        }
        return read;
    }

    /**
     * Where a slot starts.
     *
     * @param sequence of the slot.
     * @return the offset in {@link #buffer()}.
     */
    public int offset(final long sequence) {
        return ((int) sequence & mask) << SLOT_SHIFT;
    }

    /** Slots that somebody has taken and fails to publish. */
    LeftSlots left() {
        return left;
    }

    /** Publish what was left: commands as they are, anything else as nothing. Consumer only. */
    void publishLeftSlots() {
        // Before looking: who writes a claim meanwhile raises it again.
        left.isAny = false;
        for (int i = 0; i < left.claims.length; i++) {
            final long claim = left.claims[i];
            if (claim != 0) {
                publishLeft(LeftSlots.place(claim), LeftSlots.count(claim));
                left.take(i, claim);
            }
        }
    }

    private void publishLeft(final long first, final int count) {
        final int slots = Math.max(1, count);
        final long last = first + slots - 1;
        // Otherwise its publisher failed only after it had published all of them.
        if (last > consumed() && !sequencer.isAvailable(last)) {
            // A publisher that failed while publishing has published the first ones. They may have been consumed, and
            // taken by somebody else since.
            final long firstLeft = Math.max(first, consumed() + 1);
            for (long place = firstLeft; count != LeftSlots.COMMAND && place <= last; place++) {
                SlotLayout.writeVoid(address(place));
            }
            publish(firstLeft, (int) (last - firstLeft + 1));
        }
    }

    PendingCommand takePending(final long sequence) {
        final int index = (int) sequence & mask;
        final PendingCommand command = pending[index];
        pending[index] = null;
        return command;
    }

    /** The command of a slot, which stays there. */
    PendingCommand pending(final long sequence) {
        return pending[(int) sequence & mask];
    }

    void pending(final long sequence, final PendingCommand command) {
        pending[(int) sequence & mask] = command;
    }
}

package io.eventrouter.matching;

import static io.eventrouter.matching.EntryDescriptor.ELEMENT_LENGTH;
import static io.eventrouter.matching.EntryDescriptor.ELEMENT_REACH;
import static io.eventrouter.matching.EntryDescriptor.ELEMENT_SUBSCRIBER;

import io.eventrouter.memory.OffHeapMemory;

/**
 * Some subscribers of an entry that lie next to each other: whoever goes through them keeps nothing but an index, and
 * the processor reads many of them at a time.
 *
 * <p><b>Threading:</b> the routing thread only. Valid until somebody is added to or removed from the entry.
 */
public final class SubscriberStretch {
    private final OffHeapMemory memory;
    private long first;
    private int step;
    private int length;

    SubscriberStretch(final OffHeapMemory memory) {
        this.memory = memory;
    }

    void forward(final long firstElement, final int newLength) {
        first = firstElement;
        step = ELEMENT_LENGTH;
        length = newLength;
    }

    void backward(final long firstElement, final int newLength) {
        first = firstElement;
        step = -ELEMENT_LENGTH;
        length = newLength;
    }

    /**
     * How many subscribers there are.
     *
     * @return the number.
     */
    public int length() {
        return length;
    }

    /**
     * A subscriber.
     *
     * @param index in the stretch.
     * @return handle of a device or service subscriber.
     */
    public int subscriber(final int index) {
        return memory.getInt(element(index) + ELEMENT_SUBSCRIBER);
    }

    /**
     * What the subscription of a device takes.
     *
     * @param index in the stretch.
     * @return see {@link Reach}.
     */
    public int reach(final int index) {
        return memory.getInt(element(index) + ELEMENT_REACH);
    }

    /**
     * Tell those who take a payload from those who do not, or are in doubt for another reason.
     *
     * @param payloadLength in bytes.
     * @param claimedAreInDoubt whether all devices that are claimed are among the others.
     * @param takers receives the subscribers that take it.
     * @param others receives the indexes of the others.
     * @return how many take it.
     */
    public int divide(
            final int payloadLength, final boolean claimedAreInDoubt, final int[] takers, final int[] others) {
        final int doubtful = claimedAreInDoubt ? Reach.CLAIMED : 0;
        int count = 0;
        for (int i = 0; i < length; i++) {
            final int reach = reach(i);
            if (Reach.maxPayloadLength(reach) >= payloadLength && (reach & doubtful) == 0) {
                takers[count++] = subscriber(i);
            } else {
                others[i - count] = i;
            }
        }
        return count;
    }

    private long element(final int index) {
        return first + (long) index * step;
    }
}

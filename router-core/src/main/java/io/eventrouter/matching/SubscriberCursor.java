package io.eventrouter.matching;

import static io.eventrouter.matching.EntryDescriptor.ELEMENT_LENGTH;
import static io.eventrouter.matching.EntryDescriptor.ELEMENT_SUBSCRIBER;
import static io.eventrouter.matching.EntryDescriptor.FIRST_RUN;
import static io.eventrouter.matching.EntryDescriptor.HEADER;
import static io.eventrouter.matching.EntryDescriptor.ONE_SUBSCRIBER;
import static io.eventrouter.matching.EntryDescriptor.RUN_NEXT;
import static io.eventrouter.matching.EntryDescriptor.RUN_USED;
import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;

/**
 * Walks over the subscribers of an entry, run by run, each of which is contiguous memory. Nobody may be added to or
 * removed from the entry meanwhile.
 *
 * <p><b>Threading:</b> the routing thread only. Reused from entry to entry.
 */
public final class SubscriberCursor {
    private final OffHeapMemory memory;
    private final SubscriberStretch stretch;
    private long element;
    private int left;
    private int nextRun;

    /**
     * A cursor at nothing.
     *
     * @param blocks that the entries live in.
     */
    public SubscriberCursor(final BlockMemory blocks) {
        this.memory = blocks.memory();
        this.stretch = new SubscriberStretch(memory);
    }

    /**
     * Go before the first subscriber of an entry.
     *
     * @param entry with at least one subscriber.
     */
    public void enter(final int entry) {
        if (EntryDescriptor.state(memory.getInt(position(entry) + HEADER)) == ONE_SUBSCRIBER) {
            select(position(entry), 1);
            nextRun = 0;
        } else {
            enterRun(memory.getInt(position(entry) + FIRST_RUN));
        }
    }

    /**
     * Go to the next subscriber.
     *
     * @return false if there is none.
     */
    public boolean advance() {
        if (left == 0) {
            if (nextRun == 0) {
                return false;
            }
            enterRun(nextRun);
        }
        left--;
        element += ELEMENT_LENGTH;
        return true;
    }

    /**
     * Go to the next subscribers, which are the {@link #stretch()}.
     *
     * @param max how many at most.
     * @return false if there are none.
     */
    public boolean advance(final int max) {
        if (left == 0 && nextRun != 0) {
            enterRun(nextRun);
        }
        final int length = Math.min(left, max);
        stretch.forward(element + ELEMENT_LENGTH, length);
        left -= length;
        element += (long) length * ELEMENT_LENGTH;
        return length != 0;
    }

    /**
     * The subscribers that the cursor has gone to together.
     *
     * @return the stretch, one object for all of them.
     */
    public SubscriberStretch stretch() {
        return stretch;
    }

    /**
     * The subscriber.
     *
     * @return handle of a device or service subscriber.
     */
    public int subscriber() {
        return memory.getInt(element + ELEMENT_SUBSCRIBER);
    }

    private void enterRun(final int run) {
        nextRun = memory.getInt(position(run) + RUN_NEXT);
        select(position(run + 1), memory.getInt(position(run) + RUN_USED));
    }

    private void select(final long first, final int count) {
        element = first - ELEMENT_LENGTH;
        left = count;
    }
}

package io.eventrouter.matching;

import static io.eventrouter.matching.EntryDescriptor.HEADER;
import static io.eventrouter.matching.EntryDescriptor.LAST_RUN;
import static io.eventrouter.matching.EntryDescriptor.ONE_SUBSCRIBER;
import static io.eventrouter.matching.EntryDescriptor.RUN_PREVIOUS;
import static io.eventrouter.matching.EntryDescriptor.RUN_USED;
import static io.eventrouter.matching.EntryDescriptor.SCOPE;
import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.OffHeapMemory;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * Walks over the subscribers of several entries and may be interrupted between any two of them, while others are added
 * and removed.
 *
 * <p>It walks backwards. A removed element is replaced by the last one of its entry, and new ones are appended: so
 * whoever was there when the walk began is met, unless removed meanwhile. Some may be met twice, or although they came
 * later: whoever walks has to know whom it has met, and who came later.
 *
 * <p><b>Threading:</b> the routing thread only. Reused from walk to walk.
 */
public final class SubscriberWalk {
    private final OffHeapMemory memory;
    private final List<SubscriberWalk> underWay;
    private final SubscriberStretch stretch;

    /** The entries that the walk has not come to. */
    private final IntArrayList entries = new IntArrayList();

    /** The entry that the walk is in, and its run; no run if the entry has nothing but what is left. */
    private int entry;

    private int run;

    /** Of the elements that follow this reference, so many are left. */
    private int base;

    private int left;
    private int scope;

    SubscriberWalk(final OffHeapMemory memory, final List<SubscriberWalk> underWay) {
        this.memory = memory;
        this.underWay = underWay;
        this.stretch = new SubscriberStretch(memory);
    }

    /** Begin a walk, which {@link #end} must end. */
    public void begin() {
        underWay.add(this);
    }

    /**
     * Walk over another entry, after those that were added later.
     *
     * @param added entry with at least one subscriber.
     */
    public void add(final int added) {
        entries.addInt(added);
    }

    /**
     * Go to the next entry, or stay in one where subscribers may be left. Whoever enters advances at least once.
     *
     * @return false if the walk is over.
     */
    public boolean enter() {
        if (run != 0) {
            left = Math.min(left, memory.getInt(position(run) + RUN_USED));
            return true;
        }
        if (entries.isEmpty()) {
            return false;
        }
        entry = entries.popInt();
        final long entryPosition = position(entry);
        scope = memory.getInt(entryPosition + SCOPE);
        if (EntryDescriptor.state(memory.getInt(entryPosition + HEADER)) == ONE_SUBSCRIBER) {
            base = entry - 1;
            left = 1;
        } else {
            enterRun(memory.getInt(entryPosition + LAST_RUN));
        }
        return true;
    }

    /**
     * Whether there is nothing left to enter.
     *
     * @return true if the walk is over.
     */
    public boolean isOver() {
        return run == 0 && entries.isEmpty();
    }

    /**
     * Go to the next subscribers in the entry, which are the {@link #stretch()}.
     *
     * @param max how many at most, 1 or more.
     * @return false if there are none.
     */
    public boolean advance(final int max) {
        if (left == 0 && !enterPreviousRun()) {
            return false;
        }
        final int length = Math.min(left, max);
        stretch.backward(position(base + left), length);
        left -= length;
        return true;
    }

    /**
     * The subscribers that the walk has gone to.
     *
     * @return the stretch, one object for all of them.
     */
    public SubscriberStretch stretch() {
        return stretch;
    }

    /**
     * The scope of the entry.
     *
     * @return handle of the scope.
     */
    public int scope() {
        return scope;
    }

    /** End the walk, wherever it is. */
    public void end() {
        entries.clear();
        run = 0;
        left = 0;
        underWay.remove(this);
    }

    /** The last run of an entry goes, because it has no elements any more. */
    void onRunRemoved(final int removed, final int previous) {
        if (run == removed) {
            enterRun(previous);
        }
    }

    /** An entry goes, because it has no subscribers any more. */
    void onEntryRemoved(final int removed) {
        if (run != 0 && entry == removed) {
            run = 0;
            left = 0;
        } else {
            entries.removeInt(removed);
        }
    }

    private boolean enterPreviousRun() {
        final int previous = run == 0 ? 0 : memory.getInt(position(run) + RUN_PREVIOUS);
        if (previous == 0) {
            run = 0;
            return false;
        }
        enterRun(previous);
        return true;
    }

    private void enterRun(final int entered) {
        run = entered;
        base = entered;
        left = memory.getInt(position(entered) + RUN_USED);
    }
}

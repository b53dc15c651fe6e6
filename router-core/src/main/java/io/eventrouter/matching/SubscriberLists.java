package io.eventrouter.matching;

import static io.eventrouter.matching.EntryDescriptor.ELEMENT_ENTRY;
import static io.eventrouter.matching.EntryDescriptor.ELEMENT_LENGTH;
import static io.eventrouter.matching.EntryDescriptor.ELEMENT_REACH;
import static io.eventrouter.matching.EntryDescriptor.ELEMENT_SUBSCRIBER;
import static io.eventrouter.matching.EntryDescriptor.FIRST_RUN;
import static io.eventrouter.matching.EntryDescriptor.FIRST_RUN_SIZE_CLASS;
import static io.eventrouter.matching.EntryDescriptor.HEADER;
import static io.eventrouter.matching.EntryDescriptor.LAST_RUN;
import static io.eventrouter.matching.EntryDescriptor.MAX_RUN_SIZE_CLASS;
import static io.eventrouter.matching.EntryDescriptor.NO_SUBSCRIBER;
import static io.eventrouter.matching.EntryDescriptor.ONE_SUBSCRIBER;
import static io.eventrouter.matching.EntryDescriptor.RUNS;
import static io.eventrouter.matching.EntryDescriptor.RUN_NEXT;
import static io.eventrouter.matching.EntryDescriptor.RUN_PREVIOUS;
import static io.eventrouter.matching.EntryDescriptor.RUN_SIZE_CLASS;
import static io.eventrouter.matching.EntryDescriptor.RUN_USED;
import static io.eventrouter.matching.EntryDescriptor.SUBSCRIBERS;
import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * The subscribers of every entry: one in the entry itself, several in runs of contiguous elements. Across entries, the
 * elements of one subscriber are in a chain.
 *
 * <p><b>Threading:</b> the routing thread only. <b>Cost:</b> adding and removing take constant time however many
 * subscribers an entry has, but for what the chain costs; a removed element is replaced by the last one.
 *
 * <p>Walks that are interrupted are told when the memory that they stand on goes.
 */
final class SubscriberLists {
    private final BlockMemory blocks;
    private final OffHeapMemory memory;
    private final PrefixTable prefixes;
    private final SubscriberChains chains;
    private final List<SubscriberWalk> walks = new ArrayList<>();

    SubscriberLists(final BlockMemory blocks, final PrefixTable prefixes, final SubscriberChains chains) {
        this.blocks = blocks;
        this.memory = blocks.memory();
        this.prefixes = prefixes;
        this.chains = chains;
    }

    /** A walk over the subscribers of some of the entries. */
    SubscriberWalk newWalk() {
        return new SubscriberWalk(memory, walks);
    }

    /**
     * Add a subscriber to an entry, and to the front of its chain.
     *
     * @throws io.eventrouter.memory.MemoryExhaustedException if there is no memory for it; nothing has changed then.
     */
    void add(final int entry, final int subscriber, final int reach) {
        final int state = EntryDescriptor.state(header(entry));
        final int element;
        if (state == NO_SUBSCRIBER) {
            state(entry, ONE_SUBSCRIBER);
            element = entry;
        } else {
            if (state == ONE_SUBSCRIBER) {
                moveOnlySubscriberIntoRun(entry);
            }
            element = appendElement(entry);
            memory.putInt(position(element) + ELEMENT_ENTRY, entry);
        }
        final long elementPosition = position(element);
        memory.putInt(elementPosition + ELEMENT_SUBSCRIBER, subscriber);
        memory.putInt(elementPosition + ELEMENT_REACH, reach);
        chains.add(element);
    }

    /** Take an element out of its chain and its entry; an entry without subscribers goes too. */
    void remove(final int element) {
        final int entry = entry(element);
        chains.remove(element);
        if (element == entry) {
            removeEntry(entry);
            return;
        }
        final long entryPosition = position(entry);
        final int lastRun = memory.getInt(entryPosition + LAST_RUN);
        final int used = memory.getInt(position(lastRun) + RUN_USED);
        final int lastElement = lastRun + used;
        if (lastElement != element) {
            move(lastElement, element);
        }
        memory.putInt(position(lastRun) + RUN_USED, used - 1);
        memory.putInt(entryPosition + SUBSCRIBERS, memory.getInt(entryPosition + SUBSCRIBERS) - 1);
        if (used == 1) {
            removeLastRun(entry, lastRun);
        }
    }

    int entry(final int element) {
        final int entry = memory.getInt(position(element) + ELEMENT_ENTRY);
        return entry < 0 ? element : entry;
    }

    /** The next element of the same subscriber, 0 at the end. */
    int next(final int element) {
        return chains.next(element);
    }

    int reach(final int element) {
        return memory.getInt(position(element) + ELEMENT_REACH);
    }

    void reach(final int element, final int reach) {
        memory.putInt(position(element) + ELEMENT_REACH, reach);
    }

    private int header(final int entry) {
        return memory.getInt(position(entry) + HEADER);
    }

    private void state(final int entry, final int state) {
        memory.putInt(position(entry) + HEADER, EntryDescriptor.withState(header(entry), state));
    }

    private void moveOnlySubscriberIntoRun(final int entry) {
        final int run = newRun(FIRST_RUN_SIZE_CLASS, 0);
        memory.putInt(position(run) + RUN_USED, 1);
        move(entry, run + 1);
        memory.putInt(position(run + 1) + ELEMENT_ENTRY, entry);
        state(entry, RUNS);
        final long entryPosition = position(entry);
        memory.putInt(entryPosition + FIRST_RUN, run);
        memory.putInt(entryPosition + LAST_RUN, run);
        memory.putInt(entryPosition + SUBSCRIBERS, 1);
    }

    private int appendElement(final int entry) {
        final long entryPosition = position(entry);
        int run = memory.getInt(entryPosition + LAST_RUN);
        final int sizeClass = memory.getInt(position(run) + RUN_SIZE_CLASS);
        if (memory.getInt(position(run) + RUN_USED) == BlockMemory.units(sizeClass) - 1) {
            final int nextRun = newRun(Math.min(sizeClass + 1, MAX_RUN_SIZE_CLASS), run);
            memory.putInt(position(run) + RUN_NEXT, nextRun);
            memory.putInt(entryPosition + LAST_RUN, nextRun);
            run = nextRun;
        }
        final int used = memory.getInt(position(run) + RUN_USED) + 1;
        memory.putInt(position(run) + RUN_USED, used);
        memory.putInt(entryPosition + SUBSCRIBERS, memory.getInt(entryPosition + SUBSCRIBERS) + 1);
        return run + used;
    }

    private int newRun(final int sizeClass, final int previous) {
        final int run = blocks.allocate(sizeClass);
        final long runPosition = position(run);
        memory.putInt(runPosition + RUN_NEXT, 0);
        memory.putInt(runPosition + RUN_PREVIOUS, previous);
        memory.putInt(runPosition + RUN_USED, 0);
        memory.putInt(runPosition + RUN_SIZE_CLASS, sizeClass);
        return run;
    }

    private void removeLastRun(final int entry, final int run) {
        final int previous = memory.getInt(position(run) + RUN_PREVIOUS);
        blocks.free(run, memory.getInt(position(run) + RUN_SIZE_CLASS));
        if (previous == 0) {
            removeEntry(entry);
        } else {
            memory.putInt(position(previous) + RUN_NEXT, 0);
            memory.putInt(position(entry) + LAST_RUN, previous);
            for (int i = 0; i < walks.size(); i++) {
                walks.get(i).onRunRemoved(run, previous);
            }
        }
    }

    private void removeEntry(final int entry) {
        prefixes.remove(entry);
        for (int i = 0; i < walks.size(); i++) {
            walks.get(i).onEntryRemoved(entry);
        }
    }

    private void move(final int from, final int to) {
        chains.move(from, to);
        for (int i = 0; i < ELEMENT_LENGTH; i += Long.BYTES) {
            memory.putLong(position(to) + i, memory.getLong(position(from) + i));
        }
    }
}

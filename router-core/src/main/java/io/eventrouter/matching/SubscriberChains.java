package io.eventrouter.matching;

import static io.eventrouter.matching.EntryDescriptor.ELEMENT_NEXT;
import static io.eventrouter.matching.EntryDescriptor.ELEMENT_SUBSCRIBER;
import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.OffHeapMemory;

/**
 * The chain of all elements of one subscriber, across entries, the newest first.
 *
 * <p><b>Threading:</b> the routing thread only. <b>Cost:</b> taking an element out, or having one elsewhere, looks at
 * those of its subscriber that are newer: for subscribers of few elements.
 */
class SubscriberChains {
    private final OffHeapMemory memory;
    private final ChainHeads heads;

    SubscriberChains(final OffHeapMemory memory, final ChainHeads heads) {
        this.memory = memory;
        this.heads = heads;
    }

    /** Add an element, its subscriber written, to the front of the chain. */
    void add(final int element) {
        final int subscriber = subscriber(element);
        memory.putInt(position(element) + ELEMENT_NEXT, heads.head(subscriber));
        heads.head(subscriber, element);
    }

    /** Take an element out. */
    void remove(final int element) {
        replace(element, next(element));
    }

    /** An element is about to be copied to another place, which stands in the chain for it from here on. */
    void move(final int from, final int to) {
        replace(from, to);
    }

    final int subscriber(final int element) {
        return memory.getInt(position(element) + ELEMENT_SUBSCRIBER);
    }

    /** The next element of the same subscriber, 0 at the end. */
    final int next(final int element) {
        return memory.getInt(position(element) + ELEMENT_NEXT);
    }

    final void setNext(final int element, final int next) {
        memory.putInt(position(element) + ELEMENT_NEXT, next);
    }

    private void replace(final int element, final int replacement) {
        final int subscriber = subscriber(element);
        int current = heads.head(subscriber);
        if (current == element) {
            heads.head(subscriber, replacement);
            return;
        }
        while (next(current) != element) {
            current = next(current);
        }
        setNext(current, replacement);
    }
}

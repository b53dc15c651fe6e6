package io.eventrouter.matching;

import static io.eventrouter.matching.EntryDescriptor.ELEMENT_PREVIOUS;
import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.OffHeapMemory;

/**
 * Chains of elements that know the ones before them: those of integrations, Logic functions and streams, which may
 * listen in thousands of products or for thousands of names, and have no {@link Reach} to be kept in the same place.
 *
 * <p><b>Threading:</b> the routing thread only. <b>Cost:</b> constant time, however many elements a subscriber has.
 */
final class LongChains extends SubscriberChains {
    private final OffHeapMemory memory;
    private final ChainHeads heads;

    LongChains(final OffHeapMemory memory, final ChainHeads heads) {
        super(memory, heads);
        this.memory = memory;
        this.heads = heads;
    }

    @Override
    void add(final int element) {
        super.add(element);
        setPrevious(element, 0);
        setPrevious(next(element), element);
    }

    @Override
    void remove(final int element) {
        final int next = next(element);
        setNextOfPrevious(element, next);
        setPrevious(next, previous(element));
    }

    @Override
    void move(final int from, final int to) {
        setNextOfPrevious(from, to);
        setPrevious(next(from), to);
    }

    private int previous(final int element) {
        return memory.getInt(position(element) + ELEMENT_PREVIOUS);
    }

    private void setPrevious(final int element, final int previous) {
        if (element != 0) {
            memory.putInt(position(element) + ELEMENT_PREVIOUS, previous);
        }
    }

    private void setNextOfPrevious(final int element, final int next) {
        final int previous = previous(element);
        if (previous == 0) {
            heads.head(subscriber(element), next);
        } else {
            setNext(previous, next);
        }
    }
}

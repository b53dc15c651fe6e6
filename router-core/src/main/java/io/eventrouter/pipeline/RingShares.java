package io.eventrouter.pipeline;

import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.memory.SeededHash;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Keeps single publishers from filling a ring: while more than half of it is taken, one publisher may take a share of
 * it while it passes once.
 *
 * <p><b>Threading:</b> any thread. Never blocks, never allocates. Threads that publish for the same publisher at the
 * same moment may together take one event more than its share each.
 *
 * <p><b>Cost:</b> one comparison while no more than half of the ring is taken; nothing is counted then.
 */
final class RingShares {
    /** Nobody was refused. */
    static final long NOBODY = 0;

    /*
     * A count-min sketch: a publisher counts in one bucket of each of two rows, which the seeded hash names, and what
     * it has taken is at most the lesser of the two. So no bucket has to be found, kept or cleared for anybody. Whoever
     * shares one bucket with a flooder is not refused for it; for that, both must be those of flooders. Among f
     * flooders that has a probability of (f / 4,096)^2 at most: one in 17 million for one, one in 1,700 for a hundred.
     *
     * A bucket is the number of the turn of the ring in which it was last used, above the slots that were taken in that
     * turn; in another turn they are 0. No clock is read: the turn comes from the place in the ring.
     */
    private static final int BUCKETS_PER_ROW = 4_096;
    private static final int FIRST_ROW_SHIFT = 20;
    private static final int SECOND_ROW_SHIFT = 44;
    private static final int TURN_SHIFT = 24;
    private static final long SLOTS_MASK = (1L << TURN_SHIFT) - 1;

    private final CommandRing ring;
    private final SeededHash hash;
    private final int slotsPerPublisher;
    private final int turnBits;
    private final boolean isLimited;
    private final AtomicLongArray buckets = new AtomicLongArray(2 * BUCKETS_PER_ROW);

    /** Up to this place the ring was not more than half taken when somebody last looked at what was consumed. */
    private volatile long calmUntil;

    /** Shares of one in so many slots; with one, nothing is counted. */
    RingShares(final CommandRing ring, final SeededHash hash, final int part) {
        this.ring = ring;
        this.hash = hash;
        slotsPerPublisher = ring.capacity() / part;
        turnBits = Integer.numberOfTrailingZeros(ring.capacity());
        isLimited = part > 1;
        calmUntil = ring.consumed() + ring.capacity() / 2;
    }

    /** Whether publishers that take so many slots more have to ask for them first. */
    boolean areLimited(final int slots) {
        if (!isLimited) {
            return false;
        }
        final long end = ring.taken() + slots;
        if (end <= calmUntil) {
            return false;
        }
        calmUntil = ring.consumed() + ring.capacity() / 2;
        return end > calmUntil;
    }

    /** Who publishes an event, as this counts publishers. */
    long publisher(final EventDraft draft) {
        return LaneMap.publisherHash(hash, draft);
    }

    /** Count slots that a publisher is about to take; false if it has had its share, and nothing was counted. */
    boolean tryCount(final long publisherHash, final int slots) {
        final long turn = turn();
        final int first = first(publisherHash);
        final int second = second(publisherHash);
        final long taken = Math.min(taken(buckets.get(first), turn), taken(buckets.get(second), turn));
        if (taken != 0 && taken + slots > slotsPerPublisher) {
            return false;
        }
        add(first, turn, slots);
        add(second, turn, slots);
        return true;
    }

    /** The slots that were counted could not be taken. */
    void discount(final long publisherHash, final int slots) {
        final long turn = turn();
        add(first(publisherHash), turn, -slots);
        add(second(publisherHash), turn, -slots);
    }

    /**
     * Count the slots of the drafts that wait for a place, and refuse what is beyond its publisher's share. Whatever
     * the same publisher has behind a refused draft is refused too, also if it would fit: nothing overtakes.
     *
     * @param lane that they wait for.
     * @param limited whether to count, or only to look at who was refused.
     * @param refused publishers that were refused before, for drafts from 0 on: a bit each of 64.
     * @return the same, with those that were refused now.
     */
    long refuse(
            final EventDraft[] drafts,
            final int first,
            final int end,
            final long[] results,
            final int lane,
            final boolean limited,
            final long refused) {
        final int firstRefused = refused == NOBODY ? first : indexOfRefused(results);
        long nowRefused = refused;
        for (int i = first; i < end; i++) {
            if (WaitingDraft.isOf(lane, results[i])) {
                final long publisher = publisher(drafts[i]);
                final boolean mayBeRefused = (nowRefused & 1L << publisher) != 0;
                if (mayBeRefused && isRefused(publisher, drafts, firstRefused, i, results)
                        || limited && !tryCount(publisher, LaneIntake.slots(drafts[i]))) {
                    results[i] = PublishResult.RING_SHARE_EXCEEDED;
                    nowRefused |= 1L << publisher;
                }
            }
        }
        return nowRefused;
    }

    private static int indexOfRefused(final long[] results) {
        int index = 0;
        while (results[index] != PublishResult.RING_SHARE_EXCEEDED) {
            index++;
        }
        return index;
    }

    private boolean isRefused(
            final long publisher, final EventDraft[] drafts, final int from, final int to, final long[] results) {
        for (int i = from; i < to; i++) {
            if (results[i] == PublishResult.RING_SHARE_EXCEEDED && publisher(drafts[i]) == publisher) {
                return true;
            }
        }
        return false;
    }

    private long turn() {
        return ring.taken() + 1 >>> turnBits;
    }

    private void add(final int bucket, final long turn, final int slots) {
        long before;
        long after;
        do {
            before = buckets.get(bucket);
            final long latestTurn = Math.max(turn, before >>> TURN_SHIFT);
            after = latestTurn << TURN_SHIFT | Math.max(0, taken(before, latestTurn) + slots);
        } while (!buckets.weakCompareAndSetVolatile(bucket, before, after));
    }

    private static long taken(final long bucket, final long turn) {
        return bucket >>> TURN_SHIFT >= turn ? bucket & SLOTS_MASK : 0;
    }

    private static int first(final long publisherHash) {
        return (int) (publisherHash >>> FIRST_ROW_SHIFT) & BUCKETS_PER_ROW - 1;
    }

    private static int second(final long publisherHash) {
        return BUCKETS_PER_ROW + ((int) (publisherHash >>> SECOND_ROW_SHIFT) & BUCKETS_PER_ROW - 1);
    }
}

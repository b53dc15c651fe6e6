package io.eventrouter.pipeline;

import io.eventrouter.event.EventDraft;
import io.eventrouter.memory.SeededHash;

/**
 * Which lane an event goes through: by its device, or if it has none by the user or product that it is addressed to. So
 * everything that one publisher sends goes through one lane, and nobody without the seed can send it all through one.
 *
 * <p>A sequence has the lane in its lowest bits, which makes it unique among all lanes; with one lane it is the place
 * in the ring itself.
 *
 * <p>Whoever is told sequences learns some bits of the hash of ids, and may work the seed out in the end. So the seed
 * is one that nothing else uses, and that says nothing of the others.
 *
 * <p>Immutable and safe on any thread.
 */
final class LaneMap {
    private final SeededHash hash;
    private final int mask;
    private final int laneBits;

    /** A map of a power of two of lanes. */
    LaneMap(final SeededHash hash, final int lanes) {
        this.hash = hash;
        mask = lanes - 1;
        laneBits = Integer.bitCount(mask);
    }

    int laneOf(final EventDraft draft) {
        return mask == 0 ? 0 : (int) publisherHash(hash, draft) & mask;
    }

    /** The hash of the device, user or product that stands for the publisher of an event. */
    static long publisherHash(final SeededHash hash, final EventDraft draft) {
        return switch (draft.origin()) {
            case API_PRODUCT, LOGIC -> hash.ofId(draft.productId(), 0);
            default -> hash.ofId(draft.idHigh(), draft.idLow());
        };
    }

    int laneOf(final long idHigh, final int idLow) {
        return mask == 0 ? 0 : (int) hash.ofId(idHigh, idLow) & mask;
    }

    /** An index of an id below a power of two, of other bits of the hash than its lane. */
    int indexOf(final long idHigh, final int idLow, final int length) {
        return (int) (hash.ofId(idHigh, idLow) >>> Integer.SIZE) & length - 1;
    }

    long sequence(final long laneSequence, final int lane) {
        return laneSequence << laneBits | lane;
    }

    int lane(final long sequence) {
        return (int) sequence & mask;
    }

    long laneSequence(final long sequence) {
        return sequence >> laneBits;
    }
}

package io.eventrouter.loadgen.load;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Puts a load on a router that is not measured, in pieces that do all that a measured load does, its start and its end
 * included. What a warm-up leaves out is compiled as if it never happened, and the first event that is measured makes
 * the JVM throw that code away: for half a second nothing is as fast as it will be.
 *
 * <p>The pieces can go on until the compilers of the JVM have little left to do. That is a better sign than rates or
 * latencies that have become steady, as it does not depend on what else the machine does.
 */
final class WarmUp {
    /** The longest piece. */
    static final long PIECE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    /** How much longer than it was asked to a warm-up goes on, at most. */
    static final long MOST_EXTRA_NS = TimeUnit.SECONDS.toNanos(10);
    /** The share of the time that the compilers may work when there is little left to compile. */
    static final double SETTLED_SHARE = 0.05;
    // A compilation counts when it is done, so it may have gone on all through a piece that seems calm.
    private static final int CALM_PIECES = 2;

    private final LongConsumer piece;
    private final LongSupplier compilingNs;
    private final StopSignal stop;

    /**
     * A warm-up.
     *
     * @param piece puts the load on the router for so many nanoseconds.
     * @param compilingNs how long the compilers have worked so far, in nanoseconds.
     * @param stop ends it behind a piece.
     */
    WarmUp(final LongConsumer piece, final LongSupplier compilingNs, final StopSignal stop) {
        this.piece = piece;
        this.compilingNs = compilingNs;
        this.stop = stop;
    }

    /** For a time, in pieces of equal length: what changes in the fleet meanwhile is the same every time. */
    void run(final long durationNs) {
        final long pieces = pieces(durationNs);
        for (long i = 0; i < pieces && !stop.isRequested(); i++) {
            piece.accept(durationNs / pieces);
        }
    }

    /** For a time, and then until the compilers have settled, but not for ever. */
    void runUntilSettled(final long durationNs) {
        final long pieces = pieces(durationNs);
        if (pieces == 0) {
            return;
        }
        final long pieceNs = durationNs / pieces;
        final long most = pieces + MOST_EXTRA_NS / pieceNs;
        int calm = 0;
        for (long i = 0; i < most && (i < pieces || calm < CALM_PIECES) && !stop.isRequested(); i++) {
            final long beforeNs = compilingNs.getAsLong();
            piece.accept(pieceNs);
            calm = compilingNs.getAsLong() - beforeNs <= pieceNs * SETTLED_SHARE ? calm + 1 : 0;
        }
    }

    private static long pieces(final long durationNs) {
        return (durationNs + PIECE_NS - 1) / PIECE_NS;
    }
}

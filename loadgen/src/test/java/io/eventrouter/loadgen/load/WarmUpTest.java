package io.eventrouter.loadgen.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With compilers that are said to have worked so long in each piece. */
final class WarmUpTest {
    private static final long MS = 1_000_000;
    private static final long BUSY_NS = 400 * MS;
    private static final long CALM_NS = 25 * MS;

    private final List<Long> pieces = new ArrayList<>();
    private final StopSignal stop = new StopSignal();
    private long compilingNs;
    private int stopAfter = Integer.MAX_VALUE;

    @Test
    void aFixedTimeIsThatWhateverTheCompilersDo() {
        warmUp(BUSY_NS).run(1_200 * MS);

        assertEquals(List.of(400 * MS, 400 * MS, 400 * MS), pieces);
    }

    @Test
    void aShortTimeIsOnePiece() {
        warmUp(BUSY_NS).run(200 * MS);

        assertEquals(List.of(200 * MS), pieces);
    }

    @Test
    void noTimeIsNoPiece() {
        warmUp(BUSY_NS).run(0);
        warmUp(BUSY_NS).runUntilSettled(0);

        assertEquals(List.of(), pieces);
    }

    @Test
    void goesOnUntilTheCompilersHaveBeenCalmForTwoPieces() {
        warmUp(BUSY_NS, BUSY_NS, BUSY_NS, CALM_NS, CALM_NS + 1, CALM_NS, CALM_NS, CALM_NS)
                .runUntilSettled(1_000 * MS);

        assertEquals(Collections.nCopies(7, 500 * MS), pieces);
    }

    @Test
    void lastsAsLongAsItIsToWhenTheCompilersAreCalmBefore() {
        warmUp(0).runUntilSettled(3_000 * MS);

        assertEquals(Collections.nCopies(6, 500 * MS), pieces);
    }

    @Test
    void aShortOneHasTwoCalmPiecesToo() {
        warmUp(10 * MS).runUntilSettled(200 * MS);

        assertEquals(List.of(200 * MS, 200 * MS), pieces);
    }

    @Test
    void doesNotGoOnForEverWhenTheCompilersNeverRest() {
        warmUp(BUSY_NS).runUntilSettled(1_000 * MS);

        assertEquals(
                1_000 * MS + WarmUp.MOST_EXTRA_NS,
                pieces.stream().mapToLong(ns -> ns).sum());
    }

    @Test
    void endsBehindThePieceInWhichItIsAskedTo() {
        stopAfter = 3;
        warmUp(BUSY_NS).runUntilSettled(1_000 * MS);
        warmUp(BUSY_NS).run(1_000 * MS);

        assertEquals(Collections.nCopies(3, 500 * MS), pieces);
    }

    /** The last value is that of all pieces that follow, too. */
    private WarmUp warmUp(final long... compilingInPieceNs) {
        return new WarmUp(
                ns -> {
                    compilingNs += compilingInPieceNs[Math.min(pieces.size(), compilingInPieceNs.length - 1)];
                    pieces.add(ns);
                    if (pieces.size() == stopAfter) {
                        stop.request();
                    }
                },
                () -> compilingNs,
                stop);
    }
}

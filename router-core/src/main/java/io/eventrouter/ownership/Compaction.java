package io.eventrouter.ownership;

import io.eventrouter.journal.BackOff;
import io.eventrouter.journal.Journal;
import io.eventrouter.journal.SnapshotWriter;
import java.io.IOException;
import org.agrona.ErrorHandler;

/**
 * Writes a snapshot of all records whenever the journal behind the last one has become longer than that, a part at a
 * time. Records that change meanwhile are in the journal behind the snapshot, and are replayed over it.
 */
final class Compaction {
    private static final int MIN_SEGMENTS = 5;

    private final Journal journal;
    private final OwnershipView view;
    private final int segmentLength;
    private final ErrorHandler errorHandler;
    private final BackOff backOff = new BackOff();
    private SnapshotWriter snapshot;
    private int nextPart;

    Compaction(
            final Journal journal, final OwnershipView view, final int segmentLength, final ErrorHandler errorHandler) {
        this.journal = journal;
        this.view = view;
        this.segmentLength = segmentLength;
        this.errorHandler = errorHandler;
    }

    /** Do a part of what is due; nothing may wait to be committed. Returns 0 if nothing is due. */
    int work(final long nowMs) {
        if (snapshot == null && !(isDue() && backOff.isDue(nowMs))) {
            return 0;
        }
        try {
            if (snapshot == null) {
                snapshot = journal.beginSnapshot();
                nextPart = 0;
            } else if (nextPart < view.parts()) {
                view.forEach(nextPart++, record -> snapshot.append(record, 0, record.length));
            } else {
                journal.completeSnapshot(snapshot);
                snapshot = null;
                backOff.succeeded();
            }
        } catch (final IOException problem) {
            if (!backOff.isFailing()) {
                errorHandler.onError(new IOException("no snapshot can be written: " + problem.getMessage(), problem));
            }
            backOff.failed(nowMs);
            abandon();
        }
        return 1;
    }

    void abandon() {
        if (snapshot != null) {
            journal.snapshots().abandon(snapshot);
            snapshot = null;
        }
    }

    private boolean isDue() {
        final long segments = journal.snapshots().segmentsSince();
        return journal.snapshots().isNewestDamaged()
                || segments >= MIN_SEGMENTS
                        && segments * segmentLength > journal.snapshots().newestLength();
    }
}

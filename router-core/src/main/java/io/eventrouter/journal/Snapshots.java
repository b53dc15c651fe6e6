package io.eventrouter.journal;

import java.io.IOException;
import java.util.List;
import org.agrona.ErrorHandler;

/**
 * The snapshots of a journal: the newest, and one to fall back on with all records since.
 *
 * <p><b>Threading:</b> the journal's thread.
 */
public final class Snapshots {
    private final Disk disk;
    private final JournalId id;
    private final SegmentChain chain;
    private final ErrorHandler errorHandler;

    /** The newest one that is intact; none before the first, or if that is damaged. */
    private Manifest.Snapshot intact;

    private long lastNumber;

    Snapshots(
            final Disk disk,
            final JournalId id,
            final SegmentChain chain,
            final ErrorHandler errorHandler,
            final Manifest.Snapshot intact) {
        this.disk = disk;
        this.id = id;
        this.chain = chain;
        this.errorHandler = errorHandler;
        this.intact = intact;
        lastNumber = Math.max(
                chain.manifest().newest().number(), chain.manifest().older().number());
    }

    /**
     * How much there is to replay behind the newest snapshot.
     *
     * @return segments, the active one included.
     */
    public long segmentsSince() {
        final Manifest manifest = chain.manifest();
        return manifest.lastSegment() - (intact.exists() ? intact.segment() : manifest.firstSegment()) + 1;
    }

    /**
     * The length of the newest snapshot that is intact.
     *
     * @return bytes, 0 if there is none.
     */
    public long newestLength() {
        return intact.length();
    }

    /**
     * Whether the newest snapshot was found damaged, so that another one should take its place.
     *
     * @return true if the one before it is in use, or none if there is none.
     */
    public boolean isNewestDamaged() {
        return !intact.equals(chain.manifest().newest());
    }

    SnapshotWriter begin(final long firstSequence) throws IOException {
        final long number = lastNumber + 1;
        final String name = SnapshotLayout.name(number);
        disk.delete(name);
        final DiskFile file = disk.create(name, 0);
        SnapshotWriter writer = null;
        try {
            writer = new SnapshotWriter(
                    file, id, number, firstSequence, chain.active().segment().number());
            return writer;
        } finally {
            if (writer == null) {
                file.close();
                chain.delete(name);
            }
        }
    }

    /**
     * Let a snapshot take the place of the records before it. The intact one before is kept, with the records since, in
     * case the new one gets damaged; what is older is deleted.
     *
     * @param writer that everything was written to.
     * @throws IOException if the disk fails: then nothing has changed, and the snapshot is to be abandoned.
     */
    void complete(final SnapshotWriter writer) throws IOException {
        final Manifest.Snapshot newest = writer.complete();
        disk.forceDirectory();
        // While it can still be abandoned: behind the manifest nothing may fail.
        writer.close();
        // From here on the manifest may name this number, even if replacing it fails: the file must stay.
        lastNumber = newest.number();
        final Manifest before = chain.manifest();
        final long firstSegment = intact.exists() ? intact.segment() : before.firstSegment();
        chain.replaceManifest(new Manifest(id, firstSegment, before.lastSegment(), newest, intact));
        chain.deleteSegments(before.firstSegment(), firstSegment);
        for (final Manifest.Snapshot old : List.of(before.newest(), before.older())) {
            if (old.exists() && !old.equals(intact)) {
                chain.delete(SnapshotLayout.name(old.number()));
            }
        }
        intact = newest;
    }

    /**
     * Give a snapshot up.
     *
     * @param writer that failed, or is no longer wanted.
     */
    public void abandon(final SnapshotWriter writer) {
        try {
            writer.close();
        } catch (final IOException problem) {
            errorHandler.onError(problem);
        }
        if (writer.number() > lastNumber) {
            chain.delete(SnapshotLayout.name(writer.number()));
        }
    }
}

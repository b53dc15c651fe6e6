package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.agrona.ErrorHandler;

/**
 * The segments of a journal: the active one, which is written to, a spare one that is made ahead, and those before. The
 * manifest names a segment before a batch ends in it, and no longer names it before it is deleted.
 */
final class SegmentChain implements Closeable {
    private final Disk disk;
    private final JournalId id;
    private final int segmentLength;
    private final ErrorHandler errorHandler;
    private final TwinFile manifestFile;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private Manifest manifest;
    private SegmentWriter active;
    private DiskFile spare;

    /** Whether the manifest may name the spare segment already: then it must not be deleted. */
    private boolean isSpareNamed;

    SegmentChain(
            final Disk disk,
            final JournalId id,
            final int segmentLength,
            final ErrorHandler errorHandler,
            final JournalRecovery recovery) {
        this.disk = disk;
        this.id = id;
        this.segmentLength = segmentLength;
        this.errorHandler = errorHandler;
        manifestFile = recovery.manifestFile();
        manifest = recovery.manifest();
        segments.addAll(recovery.segments());
        active = recovery.lastSegment();
    }

    SegmentWriter active() {
        return active;
    }

    Manifest manifest() {
        return manifest;
    }

    /** The oldest segment. */
    Segment firstSegment() {
        return segments.getFirst();
    }

    /** The segment that has a record which is not older than all. */
    Segment segmentOf(final long sequence) {
        final Iterator<Segment> fromLast = segments.descendingIterator();
        Segment segment = fromLast.next();
        while (segment.firstSequence() > sequence) {
            segment = fromLast.next();
        }
        return segment;
    }

    /** Reads what is in the segments. */
    JournalReader reader() {
        return new JournalReader(disk, id, this);
    }

    boolean hasSpare() {
        return spare != null;
    }

    /** Bytes that records may take in the spare segment. */
    int spareRoom() {
        return spare == null ? 0 : segmentLength - Segment.HEADER_LENGTH - Frame.END_OF_BATCH_LENGTH;
    }

    /** Make a spare segment. */
    void grow() throws IOException {
        final String name = Segment.name(active.segment().number() + 1);
        disk.delete(name);
        final DiskFile file = disk.create(name, segmentLength);
        spare = file;
        try {
            disk.forceDirectory();
        } catch (final IOException problem) {
            discardSpare();
            throw problem;
        }
    }

    /**
     * Go on in the spare segment, from a sequence on; whatever the active one has from there on counts no more. So that
     * at no time anything of it is missing, the manifest names the segment only when the first of the waiting records,
     * as many as fit, are in it and forced.
     *
     * @return bytes of the records that were written there; they no longer wait.
     */
    int activateSpare(final long firstSequence, final FrameBuffer waiting) throws IOException {
        if (spare == null) {
            grow();
        }
        final Segment next = new Segment(active.segment().number() + 1, firstSequence);
        final byte[] image = new byte[segmentLength];
        next.writeHeader(id, segmentLength, image);
        final SegmentWriter writer = new SegmentWriter(
                next, spare, image, new Checksum(id, next.number()), Segment.HEADER_LENGTH, Segment.HEADER_LENGTH);
        final int length;
        try {
            while (!waiting.isEmpty() && waiting.firstLength() <= writer.room()) {
                writer.take(waiting, firstSequence - 1);
            }
            length = writeAndName(writer);
        } catch (final IOException problem) {
            writer.giveAll(waiting);
            if (!isSpareNamed) {
                discardSpare();
            }
            throw problem;
        }
        closeQuietly(active);
        active = writer;
        segments.addLast(next);
        spare = null;
        isSpareNamed = false;
        return length;
    }

    private int writeAndName(final SegmentWriter writer) throws IOException {
        writer.writeHeader();
        final int length = writer.write();
        writer.force();
        isSpareNamed = true;
        replaceManifest(new Manifest(
                id, manifest.firstSegment(), writer.segment().number(), manifest.newest(), manifest.older()));
        return length;
    }

    void replaceManifest(final Manifest newManifest) throws IOException {
        manifestFile.replace(newManifest.encode());
        manifest = newManifest;
    }

    /** Write the manifest's other copy again if it was damaged. */
    void repairManifest() throws IOException {
        manifestFile.repair();
    }

    /** Delete the segments that are not needed for records from a sequence on. */
    void retainFrom(final long sequence) throws IOException {
        final Iterator<Segment> from = segments.iterator();
        Segment first = from.next();
        while (from.hasNext()) {
            final Segment next = from.next();
            if (next.firstSequence() > sequence) {
                break;
            }
            first = next;
        }
        if (first.number() > manifest.firstSegment()) {
            final long firstBefore = manifest.firstSegment();
            replaceManifest(
                    new Manifest(id, first.number(), manifest.lastSegment(), manifest.newest(), manifest.older()));
            deleteSegments(firstBefore, first.number());
        }
    }

    /** Delete the files of segments that the manifest no longer names. */
    void deleteSegments(final long from, final long to) {
        for (long number = from; number < to; number++) {
            delete(Segment.name(number));
        }
        segments.removeIf(segment -> segment.number() < to);
    }

    /** Delete a file that nothing names; if that fails, the next start does. */
    void delete(final String name) {
        try {
            disk.delete(name);
        } catch (final IOException problem) {
            errorHandler.onError(problem);
        }
    }

    @Override
    public void close() {
        closeQuietly(active);
        closeQuietly(spare);
        closeQuietly(manifestFile);
    }

    private void discardSpare() {
        closeQuietly(spare);
        spare = null;
        delete(Segment.name(active.segment().number() + 1));
    }

    private void closeQuietly(final Closeable file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (final IOException problem) {
            errorHandler.onError(problem);
        }
    }
}

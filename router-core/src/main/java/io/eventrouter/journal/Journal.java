package io.eventrouter.journal;

import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.io.IOException;
import java.util.List;
import org.agrona.ErrorHandler;

/**
 * A write-ahead journal: records in segments of a fixed length, which are made ahead, so that a full disk is met when
 * a segment is made and never when a record is written.
 *
 * <p>Records are {@linkplain #append appended} to a batch in memory; {@link #commit} writes and, if that is the policy,
 * forces the batch, and only what it has taken may be acknowledged. When writing or forcing fails, nobody knows what
 * the disk has: the batch is written again into a new segment, which takes the place of the old one from there on,
 * until that succeeds.
 *
 * <p><b>Threading:</b> one thread; {@link #room()} is for all. Opened by {@link DataDirectory}.
 */
public final class Journal implements AutoCloseable {
    /** A record is no longer than this. */
    public static final int MAX_PAYLOAD_LENGTH = 1 << 15;

    static final int MAX_FRAME_LENGTH = Frame.lengthOf(MAX_PAYLOAD_LENGTH);

    /**
     * How a journal is kept.
     *
     * @param syncPolicy when it is forced.
     * @param segmentLength bytes of new segments, a multiple of 512.
     * @param maxPayloadLength bytes of the longest record, at most {@link #MAX_PAYLOAD_LENGTH}.
     */
    public record Settings(SyncPolicy syncPolicy, int segmentLength, int maxPayloadLength) {
        /** Long enough for 65,536 commands in flight, short enough to be made while somebody waits. */
        public static final int DEFAULT_SEGMENT_LENGTH = 8 << 20;

        /** Check that records fit. */
        public Settings {
            if (maxPayloadLength < 0 || maxPayloadLength > MAX_PAYLOAD_LENGTH) {
                throw new IllegalArgumentException("maxPayloadLength must be 0 to " + MAX_PAYLOAD_LENGTH
                        + ": maxPayloadLength=" + maxPayloadLength);
            }
            final int least =
                    Segment.HEADER_LENGTH + 2 * (Frame.lengthOf(maxPayloadLength) + Frame.END_OF_BATCH_LENGTH);
            if (segmentLength < least || segmentLength > Segment.MAX_LENGTH || segmentLength % 512 != 0) {
                throw new IllegalArgumentException("segmentLength must be a multiple of 512, " + least + " to "
                        + Segment.MAX_LENGTH + ": segmentLength=" + segmentLength);
            }
        }
    }

    private final Settings settings;
    private final RouterCounters counters;
    private final ErrorHandler errorHandler;
    private final String place;
    private final SegmentChain chain;
    private final Snapshots snapshots;
    private final JournalRoom room = new JournalRoom();
    private final JournalWriter writer;
    private final BackOff writing = new BackOff();
    private final BackOff growing = new BackOff();
    private final List<String> repairs;

    /** What was reserved for the records that wait. */
    private int batchReservation;

    private Journal(
            final Disk disk,
            final JournalId id,
            final Settings settings,
            final RouterCounters counters,
            final ErrorHandler errorHandler,
            final JournalRecovery recovery) {
        this.settings = settings;
        this.counters = counters;
        this.errorHandler = errorHandler;
        place = disk.path("");
        chain = new SegmentChain(disk, id, settings.segmentLength(), errorHandler, recovery);
        snapshots = new Snapshots(disk, id, chain, errorHandler, recovery.snapshot());
        repairs = recovery.repairs();
        final boolean forcesEveryBatch = settings.syncPolicy().kind() == SyncPolicy.Kind.EVERY_BATCH;
        writer = new JournalWriter(chain, recovery, forcesEveryBatch, disk.machineRun(), counters);
    }

    /** Make the files of a journal without records; names are not forced. */
    static void create(final Disk disk, final JournalId id, final Settings settings) throws IOException {
        try (DiskFile file = disk.create(Segment.name(1), settings.segmentLength())) {
            final byte[] header = new byte[Segment.HEADER_LENGTH];
            new Segment(1, 1).writeHeader(id, settings.segmentLength(), header);
            file.write(0, header, 0, header.length);
            file.force();
        }
        final Manifest manifest = new Manifest(id, 1, 1, Manifest.Snapshot.NONE, Manifest.Snapshot.NONE);
        TwinFile.create(disk, Manifest.FILE_NAME, manifest.encode()).close();
    }

    /** Open a journal that was made. */
    static Journal open(
            final Disk disk,
            final JournalId id,
            final Settings settings,
            final RouterCounters counters,
            final ErrorHandler errorHandler,
            final JournalReplay replay,
            final long nowMs)
            throws IOException {
        final JournalRecovery recovery = new JournalRecovery(disk, id, replay);
        recovery.run();
        final Journal journal = new Journal(disk, id, settings, counters, errorHandler, recovery);
        recovery.strays().forEach(journal.chain::delete);
        journal.begin(nowMs);
        return journal;
    }

    /**
     * Room for records.
     *
     * @return what there is.
     */
    public JournalRoom room() {
        return room;
    }

    /**
     * Snapshots, for a journal whose records amount to a state.
     *
     * @return the snapshots.
     */
    public Snapshots snapshots() {
        return snapshots;
    }

    /**
     * Bytes to reserve for a record.
     *
     * @param payloadLength of the record.
     * @return the bytes.
     */
    public static int reservation(final int payloadLength) {
        return Frame.lengthOf(payloadLength) + Frame.END_OF_BATCH_LENGTH;
    }

    /**
     * Add a record to the batch. What was reserved for it is free again when it is written.
     *
     * @param type of record, more than 0.
     * @param payload that the record is in.
     * @param offset of its first byte.
     * @param length in bytes, for which room was reserved.
     * @return its sequence.
     */
    public long append(final int type, final byte[] payload, final int offset, final int length) {
        if (type <= Frame.END_OF_BATCH || length > settings.maxPayloadLength()) {
            throw new IllegalArgumentException("not a record of this journal: type=" + type + ", length=" + length
                    + ", maxPayloadLength=" + settings.maxPayloadLength());
        }
        batchReservation += reservation(length);
        return writer.append(type, payload, offset, length);
    }

    /**
     * Write the batch, and force it if that is the policy. If the disk fails, it is kept and tried again by a later
     * call, not before some time has passed.
     *
     * @param nowMs what time it is.
     * @return whether everything that was appended may be acknowledged.
     */
    public boolean commit(final long nowMs) {
        return isCommitted() || writing.isDue(nowMs) && tryToWrite(nowMs);
    }

    /**
     * The same, without waiting until some time has passed.
     *
     * @param nowMs what time it is.
     * @return whether everything that was appended may be acknowledged.
     */
    public boolean commitAtOnce(final long nowMs) {
        return isCommitted() || tryToWrite(nowMs);
    }

    /**
     * Do what is to be done ahead or now and then: make a segment, force by interval, try again what failed.
     *
     * @param nowMs what time it is.
     * @return 0 if nothing was to be done.
     */
    public int maintain(final long nowMs) {
        int work = 0;
        if (writer.isBroken() && writing.isDue(nowMs)) {
            tryToWrite(nowMs);
            work++;
        }
        if (isForceDue(nowMs)) {
            tryToForce(nowMs);
            work++;
        }
        if (!chain.hasSpare() && growing.isDue(nowMs)) {
            grow(nowMs);
            work++;
        }
        return work;
    }

    /** Let the next call try again what failed, without waiting until some time has passed. */
    public void hurry() {
        writing.hurry();
        growing.hurry();
    }

    /**
     * Something that reads records back.
     *
     * @return a reader, to be closed before the journal.
     */
    public JournalReader reader() {
        return chain.reader();
    }

    /**
     * Whether nothing waits to be written.
     *
     * @return true if everything that was appended may be acknowledged.
     */
    public boolean isCommitted() {
        return writer.isWritten();
    }

    /**
     * The sequence of the next record.
     *
     * @return one more than that of the last one that was appended.
     */
    public long nextSequence() {
        return writer.nextSequence();
    }

    /**
     * What was damaged when the journal was opened and did no harm, in words.
     *
     * @return a sentence each, empty if everything was intact.
     */
    public List<String> repairs() {
        return List.copyOf(repairs);
    }

    /**
     * Begin a snapshot of everything that was committed. Nothing may wait in the batch.
     *
     * @return to be filled, then {@linkplain #completeSnapshot completed} or {@linkplain Snapshots#abandon abandoned}.
     * @throws IOException if the disk has no room or fails.
     */
    public SnapshotWriter beginSnapshot() throws IOException {
        checkCommitted();
        return snapshots.begin(writer.nextSequence());
    }

    /**
     * Let a snapshot take the place of the records before it, and of those whose changes it may have because they came
     * while it was written. Nothing may wait in the batch.
     *
     * @param snapshot that everything was written to.
     * @throws IOException if the disk fails: then nothing has changed, and the snapshot is to be abandoned.
     */
    public void completeSnapshot(final SnapshotWriter snapshot) throws IOException {
        checkCommitted();
        // If the journal could lose what the snapshot has, new records would get the sequences of those that it lost,
        // and be taken for records that are in the snapshot.
        if (writer.hasUnforced()) {
            tryToForce(writer.forcedAtMs());
        }
        if (writer.isBroken()) {
            throw new IOException("journal could not be forced before the snapshot: " + place);
        }
        snapshots.complete(snapshot);
    }

    private void checkCommitted() {
        if (!isCommitted()) {
            throw new IllegalStateException("records wait to be written: nextSequence=" + nextSequence());
        }
    }

    /**
     * Let go of records before a sequence, in a journal without snapshots: segments that have nothing else are deleted.
     *
     * @param sequence of the first record that is still needed.
     * @throws IOException if the disk fails; then they are still there.
     */
    public void retainFrom(final long sequence) throws IOException {
        chain.retainFrom(sequence);
    }

    /** Write and force what was appended, if the disk lets, and close the files. */
    @Override
    public void close() {
        if (!isCommitted()) {
            tryToWrite(writer.forcedAtMs());
        }
        if (writer.isActiveUnforced()) {
            tryToForce(writer.forcedAtMs());
        }
        chain.close();
    }

    private void begin(final long nowMs) {
        try {
            chain.repairManifest();
        } catch (final IOException problem) {
            errorHandler.onError(problem);
        }
        // The process before may not have forced its last records; if its force failed, another would not tell of that.
        // So they are written again.
        tryToWrite(nowMs);
        if (writer.isActiveUnforced()) {
            tryToForce(nowMs);
        }
        grow(nowMs);
    }

    private boolean tryToWrite(final long nowMs) {
        try {
            writer.write(nowMs);
        } catch (final IOException problem) {
            failed(problem, nowMs);
            return false;
        }
        writing.succeeded();
        updateRoom();
        room.writeProblem(null);
        room.free(batchReservation);
        batchReservation = 0;
        return true;
    }

    private boolean isForceDue(final long nowMs) {
        final SyncPolicy policy = settings.syncPolicy();
        return policy.kind() == SyncPolicy.Kind.INTERVAL
                && writer.hasUnforced()
                && (nowMs - writer.forcedAtMs() >= policy.intervalMs() || nowMs < writer.forcedAtMs());
    }

    private void tryToForce(final long nowMs) {
        try {
            writer.force(nowMs);
        } catch (final IOException problem) {
            failed(problem, nowMs);
        }
        updateRoom();
    }

    private void failed(final IOException problem, final long nowMs) {
        counters.add(RouterCounter.JOURNAL_FAILURES, 1);
        writer.abandonActive();
        if (!writing.isFailing()) {
            errorHandler.onError(new IOException("journal cannot be written: " + described(problem), problem));
        }
        writing.failed(nowMs);
        updateRoom();
        room.writeProblem(problemOf(problem));
    }

    private void grow(final long nowMs) {
        try {
            chain.grow();
            growing.succeeded();
            room.growthProblem(null);
        } catch (final IOException problem) {
            counters.add(RouterCounter.JOURNAL_FAILURES, 1);
            if (!growing.isFailing()) {
                errorHandler.onError(new IOException("journal cannot grow: " + described(problem), problem));
            }
            growing.failed(nowMs);
            room.growthProblem(problemOf(problem));
        }
        updateRoom();
    }

    private void updateRoom() {
        // A record that does not fit at the end of a segment goes into the next, and leaves a gap.
        final int gap = Frame.lengthOf(settings.maxPayloadLength());
        final long ofActive = writer.isBroken() ? 0 : Math.max(0, chain.active().room() - gap);
        room.capacity(ofActive + Math.max(0, chain.spareRoom() - gap));
    }

    private JournalRoom.Problem problemOf(final IOException problem) {
        return new JournalRoom.Problem(problem instanceof OutOfSpaceException, described(problem));
    }

    private String described(final IOException problem) {
        return "directory=" + place + ", segmentBytes=" + settings.segmentLength() + ": "
                + (problem.getMessage() == null ? problem : problem.getMessage());
    }
}

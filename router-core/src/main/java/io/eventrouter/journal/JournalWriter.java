package io.eventrouter.journal;

import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.io.IOException;

/**
 * Brings records onto the disk: into the active segment as long as it has room and works, else into the next one. Knows
 * what is written and what is forced, and keeps what has to be written again when the disk has failed.
 *
 * <p>When a call has thrown, {@link #abandonActive()} comes before the next.
 *
 * <p><b>Threading:</b> the journal's thread.
 */
final class JournalWriter {
    private final SegmentChain chain;
    private final RouterCounters counters;
    private final boolean forcesEveryBatch;
    private final FrameBuffer batch = new FrameBuffer();
    private final byte[] machineRun = new byte[Long.BYTES];

    private boolean isBroken;

    private long nextSequence;
    private long writtenSequence;
    private long forcedSequence;
    private long forcedAtMs;

    /**
     * Goes on where the recovery has ended.
     *
     * @param chain of segments to write to.
     * @param recovery that found out what is there.
     * @param forcesEveryBatch whether a batch is forced before it counts as written.
     * @param machineRun of the disk, which ends of batches name.
     * @param counters of bytes and forces.
     */
    JournalWriter(
            final SegmentChain chain,
            final JournalRecovery recovery,
            final boolean forcesEveryBatch,
            final long machineRun,
            final RouterCounters counters) {
        this.chain = chain;
        this.counters = counters;
        this.forcesEveryBatch = forcesEveryBatch;
        LittleEndian.putLong(this.machineRun, 0, machineRun);
        nextSequence = recovery.nextSequence();
        writtenSequence = nextSequence - 1;
        forcedSequence = recovery.forcedUpTo();
        if (!recovery.mayGoOn()) {
            abandonActive();
        }
    }

    /** Add a record to the batch; returns its sequence. */
    long append(final int type, final byte[] payload, final int offset, final int length) {
        batch.add(type, nextSequence, payload, offset, length);
        return nextSequence++;
    }

    /** The sequence of the next record. */
    long nextSequence() {
        return nextSequence;
    }

    /** Whether nothing waits to be written. */
    boolean isWritten() {
        return batch.isEmpty() && !isBroken;
    }

    /** Whether the active segment was abandoned, and nothing was written to another yet. */
    boolean isBroken() {
        return isBroken;
    }

    /** Whether there are records that were written and not forced. */
    boolean hasUnforced() {
        return !isBroken && forcedSequence < writtenSequence;
    }

    /** Whether a power cut would cost anything of the active segment, a record or the end of a batch. */
    boolean isActiveUnforced() {
        return !isBroken && !chain.active().isForced();
    }

    /** When something was forced last. */
    long forcedAtMs() {
        return forcedAtMs;
    }

    /** Write the batch, and force it if every batch is forced. */
    void write(final long nowMs) throws IOException {
        boolean isAnyWritten = false;
        if (isBroken) {
            isAnyWritten = goOnInSpare(nowMs);
            isBroken = false;
        }
        while (!moveBatch()) {
            writeActive();
            forceActive(nowMs);
            isAnyWritten = goOnInSpare(nowMs);
        }
        isAnyWritten |= writeActive() > 0;
        if (isAnyWritten) {
            if (forcesEveryBatch && !chain.active().isForced()) {
                forceActive(nowMs);
            }
            endBatch();
        }
    }

    /** Force what was written. */
    void force(final long nowMs) throws IOException {
        forceActive(nowMs);
        endBatch();
    }

    /** Nobody knows what the disk has of the active segment: what is not forced goes into a new one. */
    void abandonActive() {
        chain.active().giveUnforced(batch);
        writtenSequence = forcedSequence;
        isBroken = true;
    }

    // The records that come first are written there, and forced, before anybody relies on it.
    private boolean goOnInSpare(final long nowMs) throws IOException {
        final int lengthBefore = batch.length();
        final int length = chain.activateSpare(forcedSequence + 1, batch);
        counters.add(RouterCounter.JOURNAL_BYTES_WRITTEN, length);
        if (batch.length() < lengthBefore) {
            writtenSequence = batch.isEmpty() ? nextSequence - 1 : batch.firstSequence() - 1;
            forcedSequence = writtenSequence;
            forcedAtMs = nowMs;
        }
        return length > 0;
    }

    // Into the active segment; false if not all of it fits.
    private boolean moveBatch() {
        while (!batch.isEmpty()) {
            if (batch.firstLength() > chain.active().room()) {
                return false;
            }
            writtenSequence = chain.active().take(batch, forcedSequence);
        }
        return true;
    }

    private int writeActive() throws IOException {
        final int length = chain.active().write();
        counters.add(RouterCounter.JOURNAL_BYTES_WRITTEN, length);
        return length;
    }

    private void forceActive(final long nowMs) throws IOException {
        chain.active().force();
        forcedSequence = writtenSequence;
        forcedAtMs = nowMs;
        counters.add(RouterCounter.JOURNAL_FORCES, 1);
    }

    private void endBatch() throws IOException {
        chain.active().endBatch(writtenSequence, forcedSequence, machineRun);
    }
}

package io.eventrouter.ownership;

import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.Journal;
import io.eventrouter.journal.JournalReplay;
import io.eventrouter.journal.JournalRoom;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.status.RouterCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;

/**
 * Keeps who owns what: on disk as a journal of records with snapshots, in memory as a view that can be asked.
 *
 * <p><b>Threading:</b> one thread appends, commits and works; any thread asks and gets.
 */
public final class OwnershipStore implements AutoCloseable {
    private static final int RECORD = 1;
    private static final int RESERVATION = Journal.reservation(OwnershipLayout.LENGTH);

    /**
     * How a store is kept.
     *
     * @param syncPolicy when it is forced.
     * @param segmentLength bytes of a segment of its journal.
     * @param maxDevices that there is to be room for in memory.
     * @param maxAccounts users, organizations, products and customers that there is to be room for in memory.
     */
    public record Settings(SyncPolicy syncPolicy, int segmentLength, int maxDevices, int maxAccounts) {}

    private final Journal journal;
    private final OwnershipView view;
    private final Compaction compaction;
    private final ByteBuffer record = OwnershipLayout.buffer();

    /** What was appended and not yet committed. */
    private byte[] waiting = new byte[OwnershipLayout.LENGTH];

    private int waitingLength;

    /**
     * Open the store of a data directory, and read it.
     *
     * @param directory that it is in.
     * @param settings of the store.
     * @param counters that it counts with.
     * @param errorHandler is told of repairs, and of failures of the disk once each time they begin.
     * @param nowMs what time it is.
     * @throws IOException if files cannot be made or read.
     */
    public OwnershipStore(
            final DataDirectory directory,
            final Settings settings,
            final RouterCounters counters,
            final ErrorHandler errorHandler,
            final long nowMs)
            throws IOException {
        view = new OwnershipView(settings.maxDevices(), settings.maxAccounts());
        Journal opened = null;
        try {
            opened = directory.openJournal(
                    DataDirectory.Kind.OWNERSHIP,
                    new Journal.Settings(settings.syncPolicy(), settings.segmentLength(), OwnershipLayout.LENGTH),
                    counters,
                    errorHandler,
                    new Filling(settings),
                    nowMs);
        } finally {
            if (opened == null) {
                view.close();
            }
        }
        journal = opened;
        compaction = new Compaction(journal, view, settings.segmentLength(), errorHandler);
        for (final String repair : journal.repairs()) {
            errorHandler.onError(new IllegalStateException("repaired: " + repair));
        }
    }

    /**
     * Whether there is room for changes. Each that was let in is either {@linkplain #append appended} or
     * {@linkplain #nothingToKeep had nothing to keep}, and has its room until it is committed or says so.
     *
     * @param changes that were let in since the store was opened, those that are asked for included.
     * @return whether they may be let in.
     */
    public JournalRoom.Answer roomFor(final long changes) {
        return journal.room().answer(changes * RESERVATION);
    }

    /** For a change that was let in there is nothing to append. */
    public void nothingToKeep() {
        journal.room().free(RESERVATION);
    }

    /**
     * Why room is refused.
     *
     * @return a sentence.
     */
    public String problem() {
        return journal.room().problem();
    }

    /**
     * Take a record to be kept, in place of the one with the same kind and id. There is room for it.
     *
     * @param kept the record.
     */
    public void append(final OwnershipRecord kept) {
        OwnershipLayout.write(record, kept);
        journal.append(RECORD, record.array(), 0, OwnershipLayout.LENGTH);
        if (waitingLength == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * waiting.length);
        }
        System.arraycopy(record.array(), 0, waiting, waitingLength, OwnershipLayout.LENGTH);
        waitingLength += OwnershipLayout.LENGTH;
    }

    /**
     * Keep what was appended.
     *
     * @param nowMs what time it is.
     * @return whether it is kept; if not, the disk failed, and it will be tried again.
     */
    public boolean commit(final long nowMs) {
        final boolean isKept = journal.commit(nowMs);
        if (isKept) {
            showWaiting();
        }
        return isKept;
    }

    /**
     * Keep what was appended or give up: nothing will be tried again.
     *
     * @param nowMs what time it is.
     * @return whether it is kept.
     */
    public boolean commitAtOnce(final long nowMs) {
        final boolean isKept = journal.commitAtOnce(nowMs);
        if (isKept) {
            showWaiting();
        }
        return isKept;
    }

    private void showWaiting() {
        for (int offset = 0; offset < waitingLength; offset += OwnershipLayout.LENGTH) {
            view.put(waiting, offset);
        }
        waitingLength = 0;
    }

    /**
     * Do some of what is due beside: make room, force by interval, compact.
     *
     * @param nowMs what time it is.
     * @return 0 if nothing was due.
     */
    public int work(final long nowMs) {
        final int work = journal.maintain(nowMs);
        return waitingLength == 0 && journal.isCommitted() ? work + compaction.work(nowMs) : work;
    }

    /**
     * Read a record.
     *
     * @param kind of record.
     * @param idHigh first 64 bits of its id.
     * @param idLow last 32 bits of its id.
     * @param found to fill.
     * @return false if none is kept.
     */
    public boolean get(
            final OwnershipRecord.Kind kind, final long idHigh, final int idLow, final OwnershipRecord found) {
        final ByteBuffer buffer = OwnershipLayout.buffer();
        OwnershipLayout.writeKey(buffer, kind, idHigh, idLow);
        if (!view.get(buffer)) {
            return false;
        }
        OwnershipLayout.read(buffer, found);
        return true;
    }

    /**
     * Read everything: accounts before products, products before customers, these before devices.
     *
     * @param consumer that is shown record after record; a record is valid only until it returns.
     */
    public void forEach(final Consumer<OwnershipRecord> consumer) {
        final ByteBuffer buffer = OwnershipLayout.buffer();
        final OwnershipRecord shown = new OwnershipRecord();
        for (final OwnershipRecord.Kind kind : OwnershipRecord.Kind.values()) {
            view.forEach(kind, bytes -> {
                buffer.put(0, bytes);
                OwnershipLayout.read(buffer, shown);
                consumer.accept(shown);
            });
        }
    }

    /** Keep what was appended if the disk lets, and close the files. */
    @Override
    public void close() {
        compaction.abandon();
        journal.close();
        view.close();
    }

    /** Puts what the journal holds into the view. */
    private final class Filling implements JournalReplay {
        private final Settings settings;

        Filling(final Settings settings) {
            this.settings = settings;
        }

        @Override
        public void onSnapshotRecord(final byte[] bytes, final int offset, final int length) {
            put(bytes, offset, length);
        }

        @Override
        public void onRecord(
                final long sequence, final int type, final byte[] bytes, final int offset, final int length) {
            if (type != RECORD) {
                throw new IllegalArgumentException("type of an ownership record must be " + RECORD + ": type=" + type);
            }
            put(bytes, offset, length);
        }

        private void put(final byte[] bytes, final int offset, final int length) {
            if (length != OwnershipLayout.LENGTH) {
                throw new IllegalArgumentException(
                        "record of ownership must have " + OwnershipLayout.LENGTH + " bytes: length=" + length);
            }
            OwnershipLayout.check(bytes, offset);
            try {
                view.put(bytes, offset);
            } catch (final IllegalStateException full) {
                throw new IllegalStateException(
                        "data directory has more records than fit: maxDevices=" + settings.maxDevices()
                                + ", maxAccounts=" + settings.maxAccounts(),
                        full);
            }
        }
    }
}

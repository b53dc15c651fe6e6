package io.eventrouter.journal;

import io.eventrouter.status.RouterCounters;
import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.ErrorHandler;

/**
 * A directory that one router at a time keeps its data in: a lock, the random id of the store, and journals in
 * directories of their own.
 *
 * <pre>
 *   lock                   held while a router has the directory
 *   store                  id of the store, and which journals were made
 *   ownership/, usage/     manifest, journal-…, snapshot-…
 * </pre>
 *
 * <p><b>Threading:</b> one thread.
 */
public final class DataDirectory implements AutoCloseable {
    /** The journals that there can be; the numbers are in files and stay. */
    public enum Kind {
        /** Who owns what. */
        OWNERSHIP("ownership", 1),
        /** Data operations. */
        USAGE("usage", 2);

        private final String directory;
        private final int number;

        Kind(final String directory, final int number) {
            this.directory = directory;
            this.number = number;
        }
    }

    private static final String LOCK_FILE = "lock";
    private static final String STORE_FILE = "store";
    private static final long MAGIC = 0x4552_4f54_5352_4554L; // "TERSTORE"
    private static final int VERSION = 1;
    private static final int CONTENT_LENGTH = 32;

    private final Disk disk;
    private final Closeable lock;
    private final TwinFile store;
    private final byte[] content;

    private DataDirectory(final Disk disk, final Closeable lock) throws IOException {
        this.disk = disk;
        this.lock = lock;
        store = openStore();
        content = store.content();
        boolean isRefused = true;
        try {
            checkContent();
            isRefused = false;
        } finally {
            if (isRefused) {
                store.close();
            }
        }
    }

    /**
     * Take a directory. If that is refused, nothing in it has changed.
     *
     * @param disk the files of the directory; if there are none, a new store is made.
     * @return the directory, locked.
     * @throws IllegalStateException if another router has it.
     * @throws DamagedFileException if its files are not those of a store, or not intact.
     * @throws IOException if files cannot be made or read.
     */
    public static DataDirectory open(final Disk disk) throws IOException {
        refuseForeign(disk);
        final Closeable lock = disk.lock(LOCK_FILE);
        DataDirectory directory = null;
        try {
            directory = new DataDirectory(disk, lock);
            return directory;
        } finally {
            if (directory == null) {
                lock.close();
            }
        }
    }

    /**
     * Find out whether a journal can be opened, and change nothing: so that none is opened, and written to, before it
     * is certain that all can be.
     *
     * @param kind of journal.
     * @param replay is shown what the journal holds.
     * @throws DamagedFileException if what it holds cannot be told with certainty.
     * @throws IOException if files cannot be read.
     */
    public void checkJournal(final Kind kind, final JournalReplay replay) throws IOException {
        final Disk files = disk.directory(kind.directory);
        if (!wasMade(kind)) {
            checkUnfinished(files, id(kind));
            return;
        }
        try (JournalRecovery recovery = new JournalRecovery(files, id(kind), replay)) {
            recovery.run();
        }
    }

    /**
     * Open a journal, which is made if it was never opened.
     *
     * @param kind of journal.
     * @param settings of the journal.
     * @param counters that it counts with.
     * @param errorHandler is told of failures of the disk, once each time they begin.
     * @param replay is shown what the journal holds.
     * @param nowMs what time it is.
     * @return the journal.
     * @throws DamagedFileException if what it holds cannot be told with certainty.
     * @throws IOException if files cannot be made or read.
     */
    public Journal openJournal(
            final Kind kind,
            final Journal.Settings settings,
            final RouterCounters counters,
            final ErrorHandler errorHandler,
            final JournalReplay replay,
            final long nowMs)
            throws IOException {
        final Disk files = disk.directory(kind.directory);
        final JournalId id = id(kind);
        if (!wasMade(kind)) {
            checkUnfinished(files, id);
            removeAll(files);
            Journal.create(files, id, settings);
            files.forceDirectory();
            disk.forceDirectory();
            content[28] |= (byte) (1 << kind.number);
            store.replace(content);
        }
        final Journal journal = Journal.open(files, id, settings, counters, errorHandler, replay, nowMs);
        try {
            store.repair();
        } catch (final IOException problem) {
            // The other copy is intact, and will be at the next start.
            errorHandler.onError(problem);
        }
        return journal;
    }

    private JournalId id(final Kind kind) {
        return new JournalId(LittleEndian.getLong(content, 12), LittleEndian.getLong(content, 20), kind.number);
    }

    private boolean wasMade(final Kind kind) {
        return (content[28] & 1 << kind.number) != 0;
    }

    /** Give the directory back. */
    @Override
    public void close() throws IOException {
        try {
            store.close();
        } finally {
            lock.close();
        }
    }

    private TwinFile openStore() throws IOException {
        final List<String> names = disk.list();
        if (isUnused(disk, names)) {
            return createStore();
        }
        if (!names.contains(STORE_FILE)) {
            throw foreign(disk, names.equals(List.of(LOCK_FILE)) ? namesWithJournals(disk, names) : names);
        }
        return TwinFile.open(disk, STORE_FILE);
    }

    // Before the file of the lock is made: nothing is left in a directory of something else. A router that has begun
    // there meanwhile has made that file before all others.
    private static void refuseForeign(final Disk disk) throws IOException {
        final List<String> names = disk.list();
        if (!names.contains(LOCK_FILE)
                && !names.contains(STORE_FILE)
                && !isUnused(disk, names)
                && !disk.list().contains(LOCK_FILE)) {
            throw foreign(disk, names);
        }
    }

    private static List<String> namesWithJournals(final Disk disk, final List<String> names) throws IOException {
        final List<String> all = new ArrayList<>(names);
        for (final Kind kind : Kind.values()) {
            for (final String name : disk.directory(kind.directory).list()) {
                all.add(kind.directory + "/" + name);
            }
        }
        Collections.sort(all);
        return all;
    }

    private static DamagedFileException foreign(final Disk disk, final List<String> names) {
        return new DamagedFileException(
                disk.path(STORE_FILE),
                0,
                "not a data directory of this router, or the file that says so is missing; there are " + names);
    }

    // Nothing there, or what is left of a start that was cut short before there was a journal.
    private static boolean isUnused(final Disk disk, final List<String> names) throws IOException {
        for (final String name : names) {
            if (!name.equals(LOCK_FILE) && !(name.equals(STORE_FILE) && isUnwritten(disk, name))) {
                return false;
            }
        }
        // Last, because asking makes these directories: not in a directory that belongs to something else.
        for (final Kind kind : Kind.values()) {
            if (!disk.directory(kind.directory).list().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnwritten(final Disk disk, final String name) throws IOException {
        try (DiskFile file = disk.open(name)) {
            final byte[] bytes = new byte[(int) Math.min(file.length(), 1 << 13)];
            file.read(0, bytes, 0, bytes.length);
            for (final byte value : bytes) {
                if (value != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private TwinFile createStore() throws IOException {
        final byte[] fresh = new byte[CONTENT_LENGTH];
        final SecureRandom random = new SecureRandom();
        LittleEndian.putLong(fresh, 0, MAGIC);
        LittleEndian.putInt(fresh, 8, VERSION);
        LittleEndian.putLong(fresh, 12, random.nextLong());
        LittleEndian.putLong(fresh, 20, random.nextLong());
        disk.delete(STORE_FILE);
        final TwinFile created = TwinFile.create(disk, STORE_FILE, fresh);
        disk.forceDirectory();
        return created;
    }

    private void checkContent() {
        if (content.length < 12 || LittleEndian.getLong(content, 0) != MAGIC) {
            throw new DamagedFileException(disk.path(STORE_FILE), 0, "not a store of this router");
        }
        if (LittleEndian.getInt(content, 8) != VERSION || content.length != CONTENT_LENGTH) {
            throw new DamagedFileException(
                    disk.path(STORE_FILE),
                    8,
                    "version of the store is " + LittleEndian.getInt(content, 8) + ", not " + VERSION);
        }
    }

    // A journal that was never opened has no records, so nothing may look like one.
    private static void checkUnfinished(final Disk files, final JournalId id) throws IOException {
        for (final String name : files.list()) {
            final boolean isOurs = name.equals(Manifest.FILE_NAME) || name.equals(Segment.name(1));
            if (!isOurs || hasRecord(files, name, id)) {
                throw new DamagedFileException(
                        files.path(name), 0, "the store does not know of this journal, so this file is not of it");
            }
        }
    }

    private static void removeAll(final Disk files) throws IOException {
        for (final String name : files.list()) {
            files.delete(name);
        }
    }

    private static boolean hasRecord(final Disk files, final String name, final JournalId id) throws IOException {
        try (DiskFile file = files.open(name)) {
            final byte[] bytes = new byte[Segment.HEADER_LENGTH + Journal.MAX_FRAME_LENGTH];
            final int available = file.read(0, bytes, 0, bytes.length);
            return Frame.isValid(bytes, Segment.HEADER_LENGTH, available, new Checksum(id, 1));
        }
    }
}

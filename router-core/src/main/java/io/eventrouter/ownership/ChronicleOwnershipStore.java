package io.eventrouter.ownership;

import io.eventrouter.memory.JvmFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * An ownership store in two Chronicle Maps in one directory: one for accounts, products and customers, one for
 * devices.
 *
 * <p><b>Threading:</b> one thread puts; any thread gets. <b>Processes:</b> one at a time; a second one is refused.
 * After a stop without {@link #close()} the maps are recovered at the next start, which drops an entry whose write was
 * cut off.
 */
public final class ChronicleOwnershipStore implements OwnershipStore {
    private static final String LOCK_FILE = "lock";
    private static final String UNCLEAN_FILE = "in-use";

    private final FileChannel lockChannel;
    private final Path uncleanFile;
    private final ChronicleMap<OwnershipKey, OwnershipRecord> accounts;
    private final ChronicleMap<OwnershipKey, OwnershipRecord> devices;
    private final OwnershipKey putKey = new OwnershipKey();
    private final ThreadLocal<OwnershipKey> getKey = ThreadLocal.withInitial(OwnershipKey::new);

    /**
     * Open the store in a directory, which is made if it is not there.
     *
     * @param directory of the files.
     * @param maxDevices that there is to be room for; files with less are made anew with what is in them.
     * @param maxAccounts users, organizations, products and customers that there is to be room for.
     * @throws IllegalStateException if another router has the directory, or JVM flags are missing.
     * @throws UncheckedIOException if the files cannot be made or read.
     */
    public ChronicleOwnershipStore(final Path directory, final int maxDevices, final int maxAccounts) {
        try {
            Files.createDirectories(directory);
            lockChannel = lock(directory.resolve(LOCK_FILE));
        } catch (final IOException problem) {
            throw failed(directory, problem);
        }
        uncleanFile = directory.resolve(UNCLEAN_FILE);
        final boolean unclean = Files.exists(uncleanFile);
        boolean opened = false;
        try {
            Files.write(uncleanFile, new byte[0]);
            accounts = open("accounts", directory, maxAccounts, unclean);
            devices = open("devices", directory, maxDevices, unclean);
            opened = true;
        } catch (final IOException problem) {
            throw failed(directory, problem);
        } finally {
            if (!opened) {
                unlock();
            }
        }
    }

    @Override
    public void put(final OwnershipRecord record) {
        putKey.set(record.kind, record.idHigh, record.idLow);
        mapOf(record.kind).put(putKey, record);
    }

    @Override
    public boolean get(
            final OwnershipRecord.Kind kind, final long idHigh, final int idLow, final OwnershipRecord record) {
        final OwnershipKey key = getKey.get();
        key.set(kind, idHigh, idLow);
        if (mapOf(kind).getUsing(key, record) == null) {
            return false;
        }
        key.copyTo(record);
        return true;
    }

    @Override
    public void forEach(final Consumer<OwnershipRecord> consumer) {
        for (final OwnershipRecord.Kind kind : OwnershipRecord.Kind.values()) {
            mapOf(kind).forEach((key, record) -> {
                if (key.kind() == kind) {
                    key.copyTo(record);
                    consumer.accept(record);
                }
            });
        }
    }

    @Override
    public void close() {
        accounts.close();
        devices.close();
        try {
            Files.deleteIfExists(uncleanFile);
        } catch (final IOException problem) {
            throw new UncheckedIOException(problem);
        } finally {
            unlock();
        }
    }

    private void unlock() {
        try {
            lockChannel.close();
        } catch (final IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static UncheckedIOException failed(final Path directory, final IOException problem) {
        return new UncheckedIOException("ownership directory " + directory + ": " + problem.getMessage(), problem);
    }

    private ChronicleMap<OwnershipKey, OwnershipRecord> mapOf(final OwnershipRecord.Kind kind) {
        return kind == OwnershipRecord.Kind.DEVICE ? devices : accounts;
    }

    private static FileChannel lock(final Path file) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (final OverlappingFileLockException taken) {
            // Another router in this process has it.
        }
        if (lock == null) {
            channel.close();
            throw new IllegalStateException("another router uses the ownership directory: " + file.getParent());
        }
        return channel;
    }

    private static ChronicleMap<OwnershipKey, OwnershipRecord> open(
            final String name, final Path directory, final int maxEntries, final boolean unclean) throws IOException {
        final Path file = directory.resolve(name + ".map");
        final int room = room(file);
        if (room == 0) {
            final ChronicleMap<OwnershipKey, OwnershipRecord> map = map(name, file, maxEntries, false);
            Files.writeString(roomFile(file), Integer.toString(maxEntries));
            return map;
        }
        final ChronicleMap<OwnershipKey, OwnershipRecord> map = map(name, file, room, unclean);
        return room >= maxEntries ? map : enlarged(map, name, file, maxEntries);
    }

    private static ChronicleMap<OwnershipKey, OwnershipRecord> map(
            final String name, final Path file, final int entries, final boolean recover) throws IOException {
        // Chronicle reports its use over the network; that part is not in our dependencies, this makes sure.
        System.setProperty("chronicle.analytics.disable", "true");
        try {
            final ChronicleMapBuilder<OwnershipKey, OwnershipRecord> builder = ChronicleMapBuilder.of(
                            OwnershipKey.class, OwnershipRecord.class)
                    .name(name)
                    .keyMarshaller(OwnershipKey.Marshaller.INSTANCE)
                    .constantKeySizeBySample(new OwnershipKey())
                    .valueMarshaller(OwnershipRecordMarshaller.INSTANCE)
                    .constantValueSizeBySample(new OwnershipRecord())
                    .entries(entries);
            return recover ? builder.recoverPersistedTo(file.toFile(), true) : builder.createPersistedTo(file.toFile());
        } catch (final IllegalAccessError | ExceptionInInitializerError | NoClassDefFoundError problem) {
            throw JvmFlags.forOwnershipStore(problem);
        }
    }

    // A map cannot grow. The new file takes the place of the old one only when it is complete.
    private static ChronicleMap<OwnershipKey, OwnershipRecord> enlarged(
            final ChronicleMap<OwnershipKey, OwnershipRecord> map,
            final String name,
            final Path file,
            final int maxEntries)
            throws IOException {
        final Path newFile = file.resolveSibling(name + ".new");
        Files.deleteIfExists(newFile);
        try (ChronicleMap<OwnershipKey, OwnershipRecord> larger = map(name, newFile, maxEntries, false)) {
            map.forEach(larger::put);
        } finally {
            map.close();
        }
        Files.move(newFile, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(roomFile(file), Integer.toString(maxEntries));
        return map(name, file, maxEntries, false);
    }

    /** How many entries a file has room for, 0 if it is not there. */
    private static int room(final Path file) throws IOException {
        return Files.exists(file) && Files.exists(roomFile(file))
                ? Integer.parseInt(Files.readString(roomFile(file)).strip())
                : 0;
    }

    private static Path roomFile(final Path file) {
        return file.resolveSibling(file.getFileName() + ".room");
    }
}

package io.eventrouter.ownership;

import io.eventrouter.memory.ConstructionGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.MapSegmentContext;

/**
 * All kept records off-heap, in two Chronicle Maps: one for devices, one for the rest. In memory only and filled at
 * every start, so nothing here is ever trusted that was not read from a checked file.
 *
 * <p><b>Threading:</b> one thread puts; any thread gets.
 */
final class OwnershipView implements AutoCloseable {
    private static final int VALUE_LENGTH = OwnershipLayout.LENGTH - OwnershipLayout.KEY_LENGTH;

    /** Takes the bytes of a record. */
    interface RecordConsumer {
        /** Bytes that are valid until this returns. */
        void accept(byte[] record) throws IOException;
    }

    private final ChronicleMap<byte[], byte[]> accounts;
    private final ChronicleMap<byte[], byte[]> devices;
    private final KeyMask mask = new KeyMask();
    private final byte[] key = new byte[OwnershipLayout.KEY_LENGTH];
    private final byte[] value = new byte[VALUE_LENGTH];

    OwnershipView(final int maxDevices, final int maxAccounts) {
        try (ConstructionGuard guard = new ConstructionGuard()) {
            accounts = guard.add(map("accounts", maxAccounts));
            devices = guard.add(map("devices", maxDevices));
            guard.complete();
        }
    }

    /** Put a record in place of the one with the same kind and id. */
    void put(final byte[] bytes, final int offset) {
        System.arraycopy(bytes, offset, key, 0, key.length);
        System.arraycopy(bytes, offset + key.length, value, 0, value.length);
        mask.hide(key);
        mapOf(key).put(key, value);
    }

    /** Fill the rest of a record whose kind and id are there; false if there is none. */
    boolean get(final ByteBuffer record) {
        final byte[] keyToFind = new byte[OwnershipLayout.KEY_LENGTH];
        record.get(0, keyToFind);
        mask.hide(keyToFind);
        final byte[] found = mapOf(keyToFind).get(keyToFind);
        if (found == null) {
            return false;
        }
        record.put(keyToFind.length, found);
        return true;
    }

    /** Show all records of one kind. */
    void forEach(final OwnershipRecord.Kind kind, final Consumer<byte[]> consumer) {
        final boolean isDevice = kind == OwnershipRecord.Kind.DEVICE;
        final int end = isDevice ? parts() : accounts.segments();
        for (int part = isDevice ? accounts.segments() : 0; part < end; part++) {
            try {
                forEach(part, record -> {
                    if (record[0] == kind.ordinal()) {
                        consumer.accept(record);
                    }
                });
            } catch (final IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    /** How many parts there are to go through one by one. */
    int parts() {
        return accounts.segments() + devices.segments();
    }

    /** Show the records of one part; accounts come before devices. Others may put meanwhile, elsewhere. */
    void forEach(final int part, final RecordConsumer consumer) throws IOException {
        final boolean isOfDevices = part >= accounts.segments();
        final ChronicleMap<byte[], byte[]> map = isOfDevices ? devices : accounts;
        final byte[] record = new byte[OwnershipLayout.LENGTH];
        final IOException[] failure = {null};
        try (MapSegmentContext<byte[], byte[], ?> context =
                map.segmentContext(isOfDevices ? part - accounts.segments() : part)) {
            context.forEachSegmentEntryWhile(entry -> {
                System.arraycopy(entry.key().get(), 0, record, 0, OwnershipLayout.KEY_LENGTH);
                mask.show(record);
                System.arraycopy(entry.value().get(), 0, record, OwnershipLayout.KEY_LENGTH, VALUE_LENGTH);
                try {
                    consumer.accept(record);
                } catch (final IOException problem) {
                    failure[0] = problem;
                }
                return failure[0] == null;
            });
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    @Override
    public void close() {
        accounts.close();
        devices.close();
    }

    private ChronicleMap<byte[], byte[]> mapOf(final byte[] anyKey) {
        return anyKey[0] == OwnershipRecord.Kind.DEVICE.ordinal() ? devices : accounts;
    }

    private static ChronicleMap<byte[], byte[]> map(final String name, final int entries) {
        // Chronicle reports its use over the network; that part is not in our dependencies, this makes sure.
        System.setProperty("chronicle.analytics.disable", "true");
        final ChronicleMapBuilder<byte[], byte[]> builder = ChronicleMapBuilder.of(byte[].class, byte[].class)
                .name(name)
                .constantKeySizeBySample(new byte[OwnershipLayout.KEY_LENGTH])
                .constantValueSizeBySample(new byte[VALUE_LENGTH])
                .putReturnsNull(true)
                // It would be closed under the hands of a router that goes on while the JVM shuts down.
                .skipCloseOnExitHook(true)
                .entries(entries);
        try {
            return builder.create();
        } catch (final RuntimeException | LinkageError problem) {
            throw new IllegalStateException(
                    "Chronicle Map, which a data directory needs, does not work here: " + problem
                            + ". If that is about a class that is not found: it compiles one, for which the router and all"
                            + " that it depends on must be on the JVM's own class path, not only on that of a class loader:"
                            + " java.class.path=" + System.getProperty("java.class.path"),
                    problem);
        }
    }
}

package io.eventrouter.benchmarks.peers;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.util.ReadResolvable;
import net.openhft.chronicle.core.values.IntValue;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.values.Values;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/**
 * Chronicle Map outside of the heap, as it goes fastest: keys and values used again, so that asking makes no garbage.
 */
final class ChronicleMapLookup implements DeviceLookup {
    private final ChronicleMap<Key, IntValue> owners;
    private final Key key = new Key();
    private final IntValue value = Values.newHeapInstance(IntValue.class);

    ChronicleMapLookup(final int devices) {
        owners = ChronicleMap.of(Key.class, IntValue.class)
                .name("owners")
                .entries(devices)
                .constantKeySizeBySample(new Key())
                .keyMarshaller(Marshaller.INSTANCE)
                .create();
    }

    @Override
    public void put(final long idHigh, final int idLow, final int owner) {
        key.idHigh = idHigh;
        key.idLow = idLow;
        value.setValue(owner);
        owners.put(key, value);
    }

    @Override
    public long sumOwners(final long[] idHighs, final int[] idLows, final int first, final int count) {
        long sum = 0;
        for (int i = first; i < first + count; i++) {
            key.idHigh = idHighs[i];
            key.idLow = idLows[i];
            sum += owners.getUsing(key, value).getValue();
        }
        return sum;
    }

    @Override
    public void close() {
        owners.close();
    }

    /** The id of a device. */
    static final class Key {
        private long idHigh;
        private int idLow;

        @Override
        public boolean equals(final Object other) {
            return other instanceof Key key && idHigh == key.idHigh && idLow == key.idLow;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(idHigh * 31 + idLow);
        }
    }

    /** An id in twelve bytes. */
    static final class Marshaller implements SizedReader<Key>, SizedWriter<Key>, ReadResolvable<Marshaller> {
        static final Marshaller INSTANCE = new Marshaller();

        @Override
        public Key read(final Bytes<?> in, final long size, final Key using) {
            final Key key = using == null ? new Key() : using;
            key.idHigh = in.readLong();
            key.idLow = in.readInt();
            return key;
        }

        @Override
        public long size(final Key key) {
            return Long.BYTES + Integer.BYTES;
        }

        @Override
        public void write(final Bytes<?> out, final long size, final Key key) {
            out.writeLong(key.idHigh);
            out.writeInt(key.idLow);
        }

        @Override
        public Marshaller readResolve() {
            return INSTANCE;
        }

        @Override
        public void readMarshallable(final WireIn wire) {
            // No state.
        }

        @Override
        public void writeMarshallable(final WireOut wire) {
            // No state.
        }
    }
}

package io.eventrouter.ownership;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.util.ReadResolvable;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/** The key of a kept record: its kind and id. Mutable, to be used again. */
final class OwnershipKey {
    private static final OwnershipRecord.Kind[] KINDS = OwnershipRecord.Kind.values();

    private byte kind;
    private long idHigh;
    private int idLow;

    void set(final OwnershipRecord.Kind newKind, final long newIdHigh, final int newIdLow) {
        kind = (byte) newKind.ordinal();
        idHigh = newIdHigh;
        idLow = newIdLow;
    }

    OwnershipRecord.Kind kind() {
        return KINDS[kind];
    }

    void copyTo(final OwnershipRecord record) {
        record.kind = kind();
        record.idHigh = idHigh;
        record.idLow = idLow;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof OwnershipKey key && kind == key.kind && idHigh == key.idHigh && idLow == key.idLow;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(idHigh * 31 + idLow) + kind;
    }

    /** Kind in one byte, id in twelve. */
    static final class Marshaller
            implements SizedReader<OwnershipKey>, SizedWriter<OwnershipKey>, ReadResolvable<Marshaller> {
        static final Marshaller INSTANCE = new Marshaller();

        private static final long LENGTH = Byte.BYTES + Long.BYTES + Integer.BYTES;

        @Override
        public OwnershipKey read(final Bytes<?> in, final long size, final OwnershipKey using) {
            final OwnershipKey key = using == null ? new OwnershipKey() : using;
            key.kind = in.readByte();
            key.idHigh = in.readLong();
            key.idLow = in.readInt();
            return key;
        }

        @Override
        public long size(final OwnershipKey key) {
            return LENGTH;
        }

        @Override
        public void write(final Bytes<?> out, final long size, final OwnershipKey key) {
            out.writeByte(key.kind);
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

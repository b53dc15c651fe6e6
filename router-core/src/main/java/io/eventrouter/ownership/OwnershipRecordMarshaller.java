package io.eventrouter.ownership;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.util.ReadResolvable;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/**
 * A kept record without its key, in 28 bytes.
 *
 * <pre>
 *   0            1       2                4            8               16             20
 *   +------------+-------+----------------+------------+---------------+--------------+----------------------+
 *   | owner kind | flags | max event size | product id | owner id high | owner id low | operations per month |
 *   +------------+-------+----------------+------------+---------------+--------------+----------------------+
 * </pre>
 */
final class OwnershipRecordMarshaller
        implements SizedReader<OwnershipRecord>,
                SizedWriter<OwnershipRecord>,
                ReadResolvable<OwnershipRecordMarshaller> {
    static final OwnershipRecordMarshaller INSTANCE = new OwnershipRecordMarshaller();

    private static final long LENGTH = 28;
    private static final byte NO_OWNER = -1;
    private static final OwnershipRecord.Kind[] KINDS = OwnershipRecord.Kind.values();

    @Override
    public OwnershipRecord read(final Bytes<?> in, final long size, final OwnershipRecord using) {
        final OwnershipRecord record = using == null ? new OwnershipRecord() : using;
        final byte ownerKind = in.readByte();
        record.ownerKind = ownerKind == NO_OWNER ? null : KINDS[ownerKind];
        record.flags = in.readByte();
        record.maxEventSize = in.readShort();
        record.productId = in.readInt();
        record.ownerIdHigh = in.readLong();
        record.ownerIdLow = in.readInt();
        record.operationsPerMonth = in.readLong();
        return record;
    }

    @Override
    public long size(final OwnershipRecord record) {
        return LENGTH;
    }

    @Override
    public void write(final Bytes<?> out, final long size, final OwnershipRecord record) {
        out.writeByte(record.ownerKind == null ? NO_OWNER : (byte) record.ownerKind.ordinal());
        out.writeByte((byte) record.flags);
        out.writeShort((short) record.maxEventSize);
        out.writeInt(record.productId);
        out.writeLong(record.ownerIdHigh);
        out.writeInt(record.ownerIdLow);
        out.writeLong(record.operationsPerMonth);
    }

    @Override
    public OwnershipRecordMarshaller readResolve() {
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

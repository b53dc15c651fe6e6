package io.eventrouter.ownership;

import io.eventrouter.memory.ConstructionGuard;
import io.eventrouter.memory.IdIndex;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.Records;
import io.eventrouter.memory.SeededHash;

/**
 * What the routing thread knows about every device: 32 bytes off-heap each, two to a cache line.
 *
 * <pre>
 *   0        8        12       16       20       24              28               30
 *   +--------+--------+--------+--------+--------+---------------+----------------+-------+
 *   | id high| id low | owner  | product| usage  | subscriptions | max event size | flags |
 *   +--------+--------+--------+--------+--------+---------------+----------------+-------+
 * </pre>
 *
 * Devices are named by handles, dense from 1. Owner and product are handles of the {@link ScopeTable}, 0 for none;
 * {@code usage} is what the meter counts in the current window; {@code subscriptions} is the first element of the
 * device's chain in the matching tables.
 *
 * <p><b>Threading:</b> the routing thread only.
 */
public final class DeviceTable implements AutoCloseable {
    /** Bytes in a record. */
    public static final int RECORD_LENGTH = 32;

    /** Offset of the word that the meter owns. */
    public static final int USAGE = 20;

    private static final int RECORD_SHIFT = Integer.numberOfTrailingZeros(RECORD_LENGTH);
    private static final int ID_LOW = 8;
    private static final int OWNER = 12;
    private static final int PRODUCT = 16;
    private static final int SUBSCRIPTIONS = 24;
    private static final int MAX_EVENT_SIZE = 28;
    private static final int FLAGS = 30;

    private final OffHeapMemory records;
    private final IdIndex index;
    private final int maxDevices;
    private int count;

    /**
     * An empty table.
     *
     * @param hash that spreads the ids.
     * @param maxDevices that it takes.
     */
    public DeviceTable(final SeededHash hash, final int maxDevices) {
        this.maxDevices = maxDevices;
        try (ConstructionGuard guard = new ConstructionGuard()) {
            records = guard.add(OffHeapMemory.reserve(position(maxDevices + 1)));
            index = guard.add(new IdIndex(hash, records, RECORD_LENGTH, maxDevices));
            // Handle 0, which stands for no device, can be read like any other: all of it is 0, it has no owner and no
            // product.
            records.ensureCapacity(RECORD_LENGTH);
            guard.complete();
        }
    }

    /**
     * Find a device.
     *
     * @param idHigh first 64 bits of its id.
     * @param idLow last 32 bits of its id.
     * @return its handle, or 0 if it is not registered.
     */
    public int find(final long idHigh, final int idLow) {
        return index.find(idHigh, idLow);
    }

    /**
     * A number that a publisher takes for a handle, if it is one.
     *
     * @param number any.
     * @return the number if a device has that handle, else 0.
     */
    public int handleOrNone(final int number) {
        return Integer.compareUnsigned(number, count) <= 0 ? number : 0;
    }

    /**
     * The index of ids, for look-ups that are done step by step.
     *
     * @return the index.
     */
    public IdIndex index() {
        return index;
    }

    /**
     * The records, for reading ahead.
     *
     * @return the memory.
     */
    public OffHeapMemory records() {
        return records;
    }

    /**
     * Where a device's record starts in {@link #records()}.
     *
     * @param device handle.
     * @return the position.
     */
    public static long position(final int device) {
        return (long) device << RECORD_SHIFT;
    }

    /**
     * Add a device that is not registered yet: unclaimed, in no product, offline.
     *
     * @param idHigh first 64 bits of its id.
     * @param idLow last 32 bits of its id.
     * @param maxEventSize in bytes.
     * @return its handle, or 0 if no more devices fit.
     */
    public int add(final long idHigh, final int idLow, final int maxEventSize) {
        if (count == maxDevices) {
            return 0;
        }
        final int device = count + 1;
        final long record = position(device);
        records.ensureCapacity(record + RECORD_LENGTH);
        records.putLong(record, idHigh);
        records.putInt(record + ID_LOW, idLow);
        records.putShort(record + MAX_EVENT_SIZE, (short) maxEventSize);
        index.add(idHigh, idLow, device);
        count = device;
        return device;
    }

    /**
     * How many devices there are; their handles are 1 to this.
     *
     * @return the number.
     */
    public int count() {
        return count;
    }

    /**
     * Read a byte of each of some records, see {@link OffHeapMemory#warm}.
     *
     * @param handles of the devices.
     * @param howMany of them.
     * @return what was read, for the caller to keep.
     */
    public int warm(final int[] handles, final int howMany) {
        int read = 0;
        for (int i = 0; i < howMany; i++) {
            read += records.getByte(position(handles[i]));
        }
        return read;
    }

    /**
     * The same for handles in records.
     *
     * @param handles records, each with the handle of a device, 4 bytes.
     * @param offset of the handle in a record.
     * @param howMany of them.
     * @return what was read, for the caller to keep.
     */
    public int warm(final Records handles, final int offset, final int howMany) {
        return records.warmElements(handles, offset, howMany, RECORD_SHIFT);
    }

    public long idHigh(final int device) {
        return records.getLong(position(device));
    }

    public int idLow(final int device) {
        return records.getInt(position(device) + ID_LOW);
    }

    /**
     * Who claimed a device.
     *
     * @param device handle.
     * @return handle of the user or customer, 0 for nobody.
     */
    public int owner(final int device) {
        return records.getInt(position(device) + OWNER);
    }

    /**
     * Take those devices out that somebody claimed.
     *
     * @param owner handle of the user or customer.
     * @param handles of devices; those that are left come to the front, in their order.
     * @param howMany of them.
     * @return how many are left.
     */
    public int removeThoseOf(final int owner, final int[] handles, final int howMany) {
        int left = 0;
        for (int i = 0; i < howMany; i++) {
            final int device = handles[i];
            if (owner(device) != owner) {
                handles[left++] = device;
            }
        }
        return left;
    }

    /**
     * The product that a device is a member of, in good standing or not.
     *
     * @param device handle.
     * @return handle of the product, 0 for none.
     */
    public int product(final int device) {
        return records.getInt(position(device) + PRODUCT);
    }

    /**
     * The product that a device is in good standing in.
     *
     * @param device handle.
     * @return handle of the product, 0 for none.
     */
    public int standingProduct(final int device) {
        return (flags(device) & (DeviceFlags.QUARANTINED | DeviceFlags.DENIED)) == 0 ? product(device) : 0;
    }

    /**
     * The flags of a device.
     *
     * @param device handle.
     * @return bits of {@link DeviceFlags}.
     */
    public int flags(final int device) {
        return records.getShort(position(device) + FLAGS);
    }

    public boolean isOnline(final int device) {
        return (flags(device) & DeviceFlags.ONLINE) != 0;
    }

    public int maxEventSize(final int device) {
        return records.getShort(position(device) + MAX_EVENT_SIZE);
    }

    /**
     * Where a device's chain of subscriptions starts.
     *
     * @param device handle.
     * @return reference of an element, 0 for none.
     */
    public int subscriptions(final int device) {
        return records.getInt(position(device) + SUBSCRIPTIONS);
    }

    public void owner(final int device, final int owner) {
        records.putInt(position(device) + OWNER, owner);
    }

    public void product(final int device, final int product) {
        records.putInt(position(device) + PRODUCT, product);
    }

    public void flags(final int device, final int flags) {
        records.putShort(position(device) + FLAGS, (short) flags);
    }

    public void maxEventSize(final int device, final int maxEventSize) {
        records.putShort(position(device) + MAX_EVENT_SIZE, (short) maxEventSize);
    }

    public void subscriptions(final int device, final int element) {
        records.putInt(position(device) + SUBSCRIPTIONS, element);
    }

    /**
     * Bytes that the table holds of off-heap memory, its index included.
     *
     * @return bytes.
     */
    public long capacity() {
        return records.capacity() + index.capacity();
    }

    /**
     * Have the memory that comes next handed out; may be called on one other thread, until this object is closed.
     *
     * @return whether there was something to do.
     */
    public boolean populateAhead() {
        return records.populateAhead() | index.populateAhead();
    }

    @Override
    public void close() {
        records.close();
        index.close();
    }
}

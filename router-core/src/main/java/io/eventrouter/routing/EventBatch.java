package io.eventrouter.routing;

import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.memory.Records;
import org.agrona.UnsafeApi;

/**
 * Events that are routed together, and what was found out about each, in a record of one cache line.
 *
 * <pre>
 *   0         8          16       24       28
 *   +---------+----------+--------+--------+-------+
 *   | address | sequence | result | device | owner |
 *   +---------+----------+--------+--------+-------+
 *   32                         36        40      44       48     52
 *   +--------------------------+---------+-------+--------+------+-----------+
 *   | owner of hearing devices | product | payer | unused | hits | receivers |
 *   +--------------------------+---------+-------+--------+------+-----------+
 * </pre>
 *
 * A batch holds no commands, so nothing that a look-up depends on changes between its events: a handler's answer
 * can take a device offline, but neither entries nor the lists of subscribers change by that.
 */
final class EventBatch {
    /** Events in a batch at most: enough look-ups to keep the memory busy, few enough to stay in the cache. */
    static final int MAX_EVENTS = BatchMatcher.MAX_EVENTS;

    /** Offset of the handle of the device that made the event, or most likely did. */
    static final int DEVICE = 24;

    /** Offset of the handle of the owner. */
    static final int OWNER = 28;

    /** Offset of the handle of the product. */
    static final int PRODUCT = 36;

    /** Offset of the handle of the account that pays. */
    static final int PAYER = 40;

    private static final int SEQUENCE = 8;
    private static final int RESULT = 16;
    private static final int OWNER_OF_HEARING_DEVICES = 32;
    private static final int HITS = 48;
    private static final int RECEIVERS = 52;
    private static final int RECORD_LENGTH = 64;

    private final Records records = new Records(MAX_EVENTS, RECORD_LENGTH);

    /** Keeps the reads ahead alive: a read whose value goes nowhere is no read. */
    int sink;

    int count;

    /** How many events, from the first, have begun to be routed; other threads look when the router is given up. */
    int begun;

    /** How many events, from the first, were looked up. */
    int lookedUp;

    boolean isFull() {
        return count == MAX_EVENTS;
    }

    void add(final long address, final long sequence) {
        final long record = records.address(count++);
        UnsafeApi.putLong(record, address);
        UnsafeApi.putLong(record + SEQUENCE, sequence);
    }

    /** Forget the first events. */
    void removeFirst(final int removed) {
        for (int i = removed; i < count; i++) {
            final long from = record(i);
            final long to = record(i - removed);
            UnsafeApi.putLong(to, address(from));
            UnsafeApi.putLong(to + SEQUENCE, sequence(from));
        }
        count -= removed;
        begun = 0;
    }

    Records records() {
        return records;
    }

    /** Where the record of an event is; what is in it is read and written by the methods below. */
    long record(final int index) {
        return records.address(index);
    }

    static long address(final long record) {
        return UnsafeApi.getLong(record);
    }

    static long sequence(final long record) {
        return UnsafeApi.getLong(record + SEQUENCE);
    }

    static long result(final long record) {
        return UnsafeApi.getLong(record + RESULT);
    }

    static void result(final long record, final long result) {
        UnsafeApi.putLong(record + RESULT, result);
    }

    static int device(final long record) {
        return UnsafeApi.getInt(record + DEVICE);
    }

    static void device(final long record, final int device) {
        UnsafeApi.putInt(record + DEVICE, device);
    }

    static int owner(final long record) {
        return UnsafeApi.getInt(record + OWNER);
    }

    static void owner(final long record, final int owner) {
        UnsafeApi.putInt(record + OWNER, owner);
    }

    static int ownerOfHearingDevices(final long record) {
        return UnsafeApi.getInt(record + OWNER_OF_HEARING_DEVICES);
    }

    static void ownerOfHearingDevices(final long record, final int owner) {
        UnsafeApi.putInt(record + OWNER_OF_HEARING_DEVICES, owner);
    }

    static int product(final long record) {
        return UnsafeApi.getInt(record + PRODUCT);
    }

    static void product(final long record, final int product) {
        UnsafeApi.putInt(record + PRODUCT, product);
    }

    static int payer(final long record) {
        return UnsafeApi.getInt(record + PAYER);
    }

    static void payer(final long record, final int payer) {
        UnsafeApi.putInt(record + PAYER, payer);
    }

    /** How many entries match. */
    static int hits(final long record) {
        return UnsafeApi.getInt(record + HITS);
    }

    /** How many device subscriptions match, also such as nothing reaches right now. */
    static int receivers(final long record) {
        return UnsafeApi.getInt(record + RECEIVERS);
    }

    static void clearHits(final long record) {
        UnsafeApi.putLong(record + HITS, 0);
    }

    static void addHit(final long record, final int receivers) {
        UnsafeApi.putInt(record + HITS, hits(record) + 1);
        UnsafeApi.putInt(record + RECEIVERS, receivers(record) + receivers);
    }
}

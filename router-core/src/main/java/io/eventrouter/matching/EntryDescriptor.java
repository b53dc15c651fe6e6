package io.eventrouter.matching;

import io.eventrouter.memory.BlockMemory;

/**
 * Layout of the off-heap entry of one prefix (or whole name) in one scope, and of the elements of its subscribers.
 *
 * <pre>
 *   entry, one cache line for prefixes of up to 40 bytes
 *   0                                16      20      21    22     23          24
 *   +--------------------------------+-------+-------+-----+------+-----------+---------
 *   | the only subscriber, or        | scope | length| kind| state| size class| bytes …
 *   | first run and last run         |       |       |     |      |           |
 *   +--------------------------------+-------+-------+-----+------+-----------+---------
 *
 *   element, 16 bytes                          run of elements, its first 16 bytes
 *   0            4       8       12            0      4          8       12
 *   +------------+-------+-------+-------+     +------+----------+-------+------------+
 *   | subscriber | entry | next  | reach |     | next | previous | used  | size class |
 *   +------------+-------+-------+-------+     +------+----------+-------+------------+
 * </pre>
 *
 * {@code next} of an element chains the elements of one subscriber. {@code reach} says whom a device subscription
 * reaches, see {@link Reach}.
 */
final class EntryDescriptor {
    static final int DEVICE_KIND = EntryKind.DEVICE;
    static final int SERVICE_KIND = EntryKind.SERVICE;
    static final int EXACT_KIND = EntryKind.EXACT;

    static final int FIRST_RUN = 0;
    static final int LAST_RUN = 4;
    static final int SCOPE = 16;
    static final int LENGTH = 20;
    static final int KIND = 21;
    static final int STATE = 22;
    static final int SIZE_CLASS = 23;
    static final int BYTES = 24;

    static final byte NO_SUBSCRIBER = 0;
    static final byte ONE_SUBSCRIBER = 1;
    static final byte RUNS = 2;

    static final int ELEMENT_LENGTH = BlockMemory.UNIT_LENGTH;
    static final int ELEMENT_SUBSCRIBER = 0;
    static final int ELEMENT_ENTRY = 4;
    static final int ELEMENT_NEXT = 8;
    static final int ELEMENT_REACH = 12;

    static final int RUN_NEXT = 0;
    static final int RUN_PREVIOUS = 4;
    static final int RUN_USED = 8;
    static final int RUN_SIZE_CLASS = 12;
    static final int FIRST_RUN_SIZE_CLASS = 2;
    static final int MAX_RUN_SIZE_CLASS = 10;

    private EntryDescriptor() {}
}

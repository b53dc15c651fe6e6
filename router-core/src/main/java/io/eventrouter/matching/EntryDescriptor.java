package io.eventrouter.matching;

import io.eventrouter.memory.BlockMemory;

/**
 * Layout of the off-heap entry of one prefix (or whole name) in one scope, and of the elements of its subscribers.
 *
 * <pre>
 *   entry of one subscriber: begins like an element
 *   0            4        8          12      16      20
 *   +------------+--------+----------+-------+-------+---------
 *   | subscriber | header | next     | reach | scope | bytes …
 *   +------------+--------+----------+-------+-------+---------
 *   entry of several
 *   +------------+--------+----------+-------+-------+---------
 *   | first run  | header | last run | count | scope | bytes …
 *   +------------+--------+----------+-------+-------+---------
 *
 *   element, 16 bytes                          run of elements, its first 16 bytes
 *   0            4       8       12            0      4          8       12
 *   +------------+-------+-------+-------+     +------+----------+-------+------------+
 *   | subscriber | entry | next  | reach |     | next | previous | used  | size class |
 *   +------------+-------+-------+-------+     +------+----------+-------+------------+
 * </pre>
 *
 * The header is negative, a reference is not: so an element tells whether it is an entry itself. {@code next} of an
 * element chains the elements of one subscriber. {@code reach} says whom a device subscription reaches, see
 * {@link Reach}; integrations, Logic functions and streams have the previous element of the chain there. An entry of up
 * to 12 bytes takes 32 bytes, one of up to 28 takes 48, one of up to 44 takes 64.
 */
final class EntryDescriptor {
    static final int FIRST_RUN = 0;
    static final int HEADER = 4;
    static final int LAST_RUN = 8;
    static final int SUBSCRIBERS = 12;
    static final int SCOPE = 16;
    static final int BYTES = 20;

    /** What is read ahead of an entry, of which nobody knows yet how long it is: one of up to 20 bytes. */
    static final int LIKELY_LENGTH = BYTES + 20;

    static final int NO_SUBSCRIBER = 0;
    static final int ONE_SUBSCRIBER = 1;
    static final int RUNS = 2;

    static final int ELEMENT_LENGTH = BlockMemory.UNIT_LENGTH;
    static final int ELEMENT_SUBSCRIBER = 0;
    static final int ELEMENT_ENTRY = 4;
    static final int ELEMENT_NEXT = 8;
    static final int ELEMENT_REACH = 12;
    static final int ELEMENT_PREVIOUS = ELEMENT_REACH;

    static final int RUN_NEXT = 0;
    static final int RUN_PREVIOUS = 4;
    static final int RUN_USED = 8;
    static final int RUN_SIZE_CLASS = 12;

    /** Three units: the run's own and two elements. */
    static final int FIRST_RUN_SIZE_CLASS = 2;

    /** 16 KiB. */
    static final int MAX_RUN_SIZE_CLASS = 19;

    private static final int LENGTH_MASK = 0xFF;
    private static final int KIND_SHIFT = 8;
    private static final int STATE_SHIFT = 10;
    private static final int TWO_BITS = 3;
    private static final int SIZE_CLASS_SHIFT = 12;
    private static final int SIZE_CLASS_MASK = 0x1F;

    private EntryDescriptor() {}

    static int header(final int length, final int kind, final int sizeClass) {
        return Integer.MIN_VALUE | sizeClass << SIZE_CLASS_SHIFT | kind << KIND_SHIFT | length;
    }

    static int length(final int header) {
        return header & LENGTH_MASK;
    }

    static int kind(final int header) {
        return header >>> KIND_SHIFT & TWO_BITS;
    }

    /** Whether an entry is of a length and a kind. */
    static boolean isOf(final int header, final int length, final int kind) {
        return (header & (TWO_BITS << KIND_SHIFT | LENGTH_MASK)) == (kind << KIND_SHIFT | length);
    }

    static int state(final int header) {
        return header >>> STATE_SHIFT & TWO_BITS;
    }

    static int withState(final int header, final int state) {
        return header & ~(TWO_BITS << STATE_SHIFT) | state << STATE_SHIFT;
    }

    static int sizeClass(final int header) {
        return header >>> SIZE_CLASS_SHIFT & SIZE_CLASS_MASK;
    }
}

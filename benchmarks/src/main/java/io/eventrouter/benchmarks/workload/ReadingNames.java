package io.eventrouter.benchmarks.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What devices call their readings: thing, quantity and aggregate, such as {@code pump/pressure/mean}. Names have 11 to
 * 22 bytes, so that an event with 64 bytes of payload takes one slot of the ring. Subscriptions are to thing and
 * quantity, {@code pump/pressure/}: 100 prefixes of ten different lengths, with eight names under each.
 */
public final class ReadingNames {
    /** Prefixes in all. */
    public static final int PREFIXES = 100;

    /** Names in all. */
    public static final int NAMES = 800;

    private static final int MAX_LENGTH = 32;
    private static final int NAMES_PER_PREFIX = NAMES / PREFIXES;
    private static final String[] THINGS = {
        "pump", "boiler", "freezer", "gate", "tank", "meter", "fan", "valve", "motor", "truck"
    };
    private static final String[] QUANTITIES = {
        "pressure", "heat", "flow", "level", "current", "voltage", "rpm", "humidity", "battery", "fault"
    };
    private static final String[] AGGREGATES = {"now", "mean", "min", "max", "trend", "raw", "alarm", "delta"};

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(NAMES * MAX_LENGTH));
    private final int[] lengths = new int[NAMES];

    /** All names, in bytes. */
    public ReadingNames() {
        for (int i = 0; i < NAMES; i++) {
            final byte[] bytes = text(i).getBytes(StandardCharsets.US_ASCII);
            buffer.putBytes(offset(i), bytes);
            lengths[i] = bytes.length;
        }
    }

    /**
     * A prefix.
     *
     * @param prefix 0 to {@link #PREFIXES} - 1.
     * @return its text, which ends with a slash.
     */
    public static String prefix(final int prefix) {
        return THINGS[prefix / QUANTITIES.length] + '/' + QUANTITIES[prefix % QUANTITIES.length] + '/';
    }

    /**
     * A name.
     *
     * @param name 0 to {@link #NAMES} - 1.
     * @return its text.
     */
    public static String text(final int name) {
        return prefix(name / NAMES_PER_PREFIX) + AGGREGATES[name % NAMES_PER_PREFIX];
    }

    /**
     * The bytes of all names, outside of the heap, as those of events in a ring.
     *
     * @return the buffer.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    public int offset(final int name) {
        return name * MAX_LENGTH;
    }

    public int length(final int name) {
        return lengths[name];
    }
}

package io.eventrouter.limits;

import io.eventrouter.memory.OffHeapMemory;

/**
 * How much of everything with a limit each scope has: 12 bytes off-heap a scope, none if nothing is counted.
 *
 * <p><b>Threading:</b> one thread.
 */
final class TenantCounts implements AutoCloseable {
    /** Devices that an owner has claimed, or that are members of a product. */
    static final int DEVICES = 0;

    /** Products that an account has. */
    static final int PRODUCTS = 4;

    /** Integrations, Logic functions and streams. */
    static final int SERVICES = 8;

    private static final int RECORD_LENGTH = 12;

    private final OffHeapMemory counts;

    TenantCounts(final int maxScope) {
        counts = OffHeapMemory.reserve((maxScope + 1L) * RECORD_LENGTH);
    }

    /** Count for each scope up to one, which must be done before anything of it is counted. */
    void makeRoom(final int scope) {
        counts.ensureCapacity(position(0, scope + 1));
    }

    int get(final int what, final int scope) {
        return counts.getInt(position(what, scope));
    }

    void add(final int what, final int scope, final int change) {
        final long position = position(what, scope);
        counts.putInt(position, counts.getInt(position) + change);
    }

    long capacity() {
        return counts.capacity();
    }

    @Override
    public void close() {
        counts.close();
    }

    private static long position(final int what, final int scope) {
        return (long) scope * RECORD_LENGTH + what;
    }
}

package io.eventrouter.memory;

import org.agrona.UnsafeApi;

/**
 * Memory of the system, off the heap. There is one; tests put another in its place, which refuses or keeps account.
 *
 * <p><b>Threading:</b> any thread.
 */
public class NativeMemory {
    private static volatile NativeMemory system = new NativeMemory();

    NativeMemory() {}

    /**
     * Take memory.
     *
     * @param length in bytes.
     * @return the address of the first, whose value is anything.
     * @throws OutOfMemoryError if the system has no such range of addresses.
     */
    public static long allocate(final long length) {
        return system.take(length);
    }

    /**
     * Give memory back.
     *
     * @param address that {@link #allocate} returned.
     */
    public static void free(final long address) {
        system.giveBack(address);
    }

    static void system(final NativeMemory other) {
        system = other;
    }

    long take(final long length) {
        return UnsafeApi.allocateMemory(length);
    }

    void giveBack(final long address) {
        UnsafeApi.freeMemory(address);
    }
}

package io.eventrouter.soak;

import java.io.File;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds of the machine. Files and resident memory are known where there is {@code /proc}; elsewhere they
 * are 0 and prove nothing.
 *
 * @param atMs since the run began.
 * @param heap bytes alive behind a collection.
 * @param direct bytes in buffers outside of the heap.
 * @param resident bytes of memory that the process has.
 * @param files open files.
 * @param threads alive.
 */
record Resources(long atMs, long heap, long direct, long resident, long files, long threads) {
    private static final int PAGE_LENGTH = 4_096;

    static Resources now(final long atMs) {
        return new Resources(
                atMs,
                liveHeap(),
                directMemory(),
                residentMemory(),
                openFiles(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    // What was alive when the second collection began may be let go by cleaners of the first.
    private static long liveHeap() {
        System.gc();
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long residentMemory() {
        try {
            return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * PAGE_LENGTH;
        } catch (final IOException noProc) {
            return 0;
        }
    }

    private static long openFiles() {
        final String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }
}

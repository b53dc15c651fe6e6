package io.eventrouter.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds, in a JVM whose whole heap was touched at its start: whatever the process grows by lies
 * outside of the heap.
 *
 * @param residentBytes memory of the process that is in use.
 * @param heapBytes what is alive on the heap.
 */
record ProcessMemory(long residentBytes, long heapBytes) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long KILOBYTE = 1_024;
    private static final int MAX_COLLECTIONS = 10;

    /** Measure, when the garbage collector finds nothing more: what a cleaner holds goes one collection later. */
    static ProcessMemory now() {
        long heapBytes = collect();
        for (int i = 1; i < MAX_COLLECTIONS; i++) {
            final long before = heapBytes;
            heapBytes = collect();
            if (heapBytes >= before) {
                break;
            }
        }
        return new ProcessMemory(resident(), heapBytes);
    }

    private static long collect() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    double outsideHeapSince(final ProcessMemory before, final long things) {
        return (double) (residentBytes - before.residentBytes) / things;
    }

    double heapSince(final ProcessMemory before, final long things) {
        return (double) (heapBytes - before.heapBytes) / things;
    }

    private static long resident() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                    .findFirst()
                    .orElseThrow();
        } catch (final IOException problem) {
            throw new UncheckedIOException("resident memory is only known on Linux: " + STATUS, problem);
        }
    }
}

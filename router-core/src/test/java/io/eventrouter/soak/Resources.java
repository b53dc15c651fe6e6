package io.eventrouter.soak;

import java.io.File;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this process holds of the machine. Files and resident memory are known where there is {@code /proc}; elsewhere
 * they are 0 and prove nothing.
 *
 * @param atMs since the run began.
 * @param heap bytes alive behind a collection.
 * @param direct bytes in buffers outside of the heap.
 * @param resident bytes of memory that the process has beside the heap, which the collector makes larger and smaller by
 *     hundreds of MiB as it pleases.
 * @param files open files.
 * @param threads alive.
 */
record Resources(long atMs, long heap, long direct, long resident, long files, long threads) {
    private static final int KIB = 1_024;
    private static final Pattern START_OF_MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");
    private static final Pattern RESIDENT_OF_MAPPING = Pattern.compile("Rss: +(\\d+) kB");
    private static final Pattern BOUNDS_OF_HEAP = Pattern.compile("\\[0x([0-9a-f]+), .*?0x([0-9a-f]+)\\)");

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
        final Matcher heap = BOUNDS_OF_HEAP.matcher(heapInfo());
        final long heapStart = heap.find() ? address(heap.group(1)) : 0;
        final long heapEnd = heapStart == 0 ? 0 : address(heap.group(2));
        long resident = 0;
        boolean isHeap = false;
        try {
            for (final String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
                final Matcher start = START_OF_MAPPING.matcher(line);
                final Matcher length = RESIDENT_OF_MAPPING.matcher(line);
                if (start.matches()) {
                    isHeap = address(start.group(1)) >= heapStart && address(start.group(1)) < heapEnd;
                } else if (length.matches() && !isHeap) {
                    resident += Long.parseLong(length.group(1)) * KIB;
                }
            }
        } catch (final IOException noProc) {
            return 0;
        }
        return resident;
    }

    private static long address(final String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, 16);
    }

    private static String heapInfo() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcHeapInfo",
                            new Object[0],
                            new String[0]);
        } catch (final JMException unknown) {
            return "";
        }
    }

    private static long openFiles() {
        final String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }
}

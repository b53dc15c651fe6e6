package io.eventrouter.loadgen.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process holds. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long BYTES_PER_KIB = 1_024;

    private ResidentMemory() {}

    /** Resident bytes outside the Java heap, roughly; 0 where the system does not tell. */
    static long bytesOutsideHeap() {
        try {
            for (final String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    final String kib = line.substring(RESIDENT.length()).replaceAll("[^0-9]", "");
                    return Long.parseLong(kib) * BYTES_PER_KIB
                            - Runtime.getRuntime().totalMemory();
                }
            }
        } catch (final IOException e) {
            // Not Linux.
        }
        return 0;
    }
}

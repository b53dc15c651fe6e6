package io.eventrouter.loadgen.load;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What threads have allocated on the heap. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Bytes that a thread has allocated since it started. */
    static long bytesOf(final Thread thread) {
        return THREADS.getThreadAllocatedBytes(thread.getId());
    }
}

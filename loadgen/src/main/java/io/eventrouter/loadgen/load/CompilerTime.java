package io.eventrouter.loadgen.load;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** How long the compilers of this JVM have worked; a compilation counts when it is done. Any thread. */
final class CompilerTime {
    private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

    private CompilerTime() {}

    /** Nanoseconds so far, with a resolution of a millisecond; always 0 on a JVM that does not say. */
    static long ns() {
        return COMPILERS != null && COMPILERS.isCompilationTimeMonitoringSupported()
                ? TimeUnit.MILLISECONDS.toNanos(COMPILERS.getTotalCompilationTime())
                : 0;
    }
}

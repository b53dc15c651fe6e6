package io.eventrouter.loadgen.load;

import java.util.concurrent.ThreadFactory;

/** Makes the threads of a router and keeps the first, which routes, to know what it allocates. */
final class RoutingThread implements ThreadFactory {
    private volatile Thread routing;

    @Override
    public Thread newThread(final Runnable task) {
        final Thread thread = new Thread(task);
        thread.setDaemon(true);
        if (routing == null) {
            routing = thread;
        }
        return thread;
    }

    /** What it has allocated so far, in bytes. */
    long allocatedBytes() {
        return Allocation.bytesOf(routing);
    }
}

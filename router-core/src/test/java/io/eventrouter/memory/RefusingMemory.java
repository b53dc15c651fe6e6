package io.eventrouter.memory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.UnsafeApi;

/** A system that gives memory a number of times and then no more, and knows what was not given back. */
public final class RefusingMemory extends NativeMemory implements AutoCloseable {
    private final Set<Long> taken = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left;

    /** Takes the place of the system until it is closed. */
    public RefusingMemory(final int times) {
        left = new AtomicInteger(times);
        system(this);
    }

    /** Whether memory was asked for that was not given. */
    public boolean hasRefused() {
        return left.get() < 0;
    }

    /** Whether memory was taken and not given back. */
    public boolean isAnyTaken() {
        return !taken.isEmpty();
    }

    /**
     * How often memory was taken and not given back. That of an index stays until nobody can peek into it any more, so
     * garbage is collected first.
     */
    public int notGivenBack() {
        final long startNs = System.nanoTime();
        while (!taken.isEmpty() && System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(60)) {
            System.gc();
            UnsafeApi.fullFence();
            sleep();
        }
        return taken.size();
    }

    @Override
    long take(final long length) {
        if (left.decrementAndGet() < 0) {
            throw new OutOfMemoryError("refused: length=" + length);
        }
        final long address = super.take(length);
        taken.add(address);
        return address;
    }

    @Override
    void giveBack(final long address) {
        taken.remove(address);
        super.giveBack(address);
    }

    @Override
    public void close() {
        system(new NativeMemory());
    }

    // The thread that gives memory of collected objects back needs a processor.
    private static void sleep() {
        try {
            Thread.sleep(1);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.eventrouter.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.CloseHelper;

/**
 * What a constructor has made so far: closed, the last first, if the constructor does not come to its end.
 *
 * <pre>
 *   try (ConstructionGuard guard = new ConstructionGuard()) {
 *       first = guard.add(new First());
 *       second = guard.add(new Second());
 *       guard.complete();
 *   }
 * </pre>
 *
 * <p><b>Threading:</b> one thread.
 */
public final class ConstructionGuard implements AutoCloseable {
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    /**
     * Close something if what follows fails.
     *
     * @param <T> what it is.
     * @param closeable that was made, or null.
     * @return the same.
     */
    public <T extends AutoCloseable> T add(final T closeable) {
        if (closeable != null) {
            made.push(closeable);
        }
        return closeable;
    }

    /** Nothing can fail any more: everything stays open. */
    public void complete() {
        made.clear();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(made);
    }
}

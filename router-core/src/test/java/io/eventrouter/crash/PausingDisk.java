package io.eventrouter.crash;

import io.eventrouter.journal.Disk;
import io.eventrouter.journal.DiskFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A disk at one operation of which its process says so and waits for ever: to be killed there. */
final class PausingDisk {
    private final CrashPoint point;
    private final AtomicInteger left;
    private final Consumer<String> lines;

    private PausingDisk(final CrashPoint point, final int occurrence, final Consumer<String> lines) {
        this.point = point;
        this.left = new AtomicInteger(occurrence);
        this.lines = lines;
    }

    /** A disk that pauses when the point is reached for so many times. */
    static Disk of(final Disk disk, final CrashPoint point, final int occurrence, final Consumer<String> lines) {
        return new PausingDisk(point, occurrence, lines).around(Disk.class, disk, "");
    }

    private <T> T around(final Class<T> type, final T target, final String file) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> run(target, file, method, arguments)));
    }

    private Object run(final Object target, final String file, final Method method, final Object[] arguments)
            throws Throwable {
        final boolean isNamed = target instanceof Disk && arguments != null && arguments[0] instanceof String;
        final String name = isNamed ? (String) arguments[0] : file;
        final boolean isHere = point.isAt(method.getName(), name) && left.decrementAndGet() == 0;
        if (isHere && point.when() == CrashPoint.When.BEFORE) {
            pause();
        }
        if (isHere && point.when() == CrashPoint.When.IN_THE_MIDDLE) {
            // The last argument of a write is its length.
            arguments[3] = (int) arguments[3] / 2;
        }
        final Object result = call(target, method, arguments);
        if (isHere) {
            pause();
        }
        if (result instanceof Disk disk) {
            return around(Disk.class, disk, name);
        }
        return result instanceof DiskFile opened ? around(DiskFile.class, opened, name) : result;
    }

    private static Object call(final Object target, final Method method, final Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (final InvocationTargetException problem) {
            throw problem.getCause();
        }
    }

    private void pause() {
        lines.accept("at " + point);
        while (true) {
            LockSupport.park();
        }
    }
}

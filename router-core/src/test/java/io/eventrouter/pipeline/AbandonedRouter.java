package io.eventrouter.pipeline;

import io.eventrouter.EventRouter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Gives back the memory of a router whose process is thought to be gone: it is not closed, and nobody runs it again. */
public final class AbandonedRouter {
    private AbandonedRouter() {}

    /** Give back what is outside the heap. The disk of the router must do nothing any more. */
    public static void release(final EventRouter router) {
        try {
            final Method release = RouterPipeline.class.getDeclaredMethod("release");
            release.setAccessible(true);
            release.invoke(LaneFault.pipelineOf(router));
        } catch (final InvocationTargetException problem) {
            throw new IllegalStateException(problem.getCause());
        } catch (final ReflectiveOperationException problem) {
            throw new IllegalStateException(problem);
        }
    }
}

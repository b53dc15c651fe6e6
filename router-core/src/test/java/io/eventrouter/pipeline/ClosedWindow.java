package io.eventrouter.pipeline;

import io.eventrouter.EventRouter;
import java.lang.reflect.Field;

/** Looks at the window of usage that a router, which nobody is running just now, has closed last. */
public final class ClosedWindow {
    private ClosedWindow() {}

    /** Whether it has still to become durable: until then no other is closed and no billing month begins. */
    public static boolean isOnItsWay(final EventRouter router) {
        final BillingClock clock = (BillingClock) read(LaneFault.pipelineOf(router), "billingClock");
        final PendingCommand closing = (PendingCommand) read(clock, "closing");
        return closing != null && !closing.future.isDone();
    }

    private static Object read(final Object owner, final String name) {
        try {
            final Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (final ReflectiveOperationException problem) {
            throw new IllegalStateException(problem);
        }
    }
}

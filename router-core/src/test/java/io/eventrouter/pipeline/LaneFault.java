package io.eventrouter.pipeline;

import io.eventrouter.EventRouter;
import io.eventrouter.routing.SlotLayout;
import java.lang.reflect.Field;

/** Plants a mistake into a router that nobody is running just now. */
public final class LaneFault {
    private LaneFault() {}

    /** Let a lane forget the command that was put in last, and say that it has carried it out. */
    public static void skipLastCommand(final EventRouter router, final int lane) {
        final RouterPipeline pipeline = pipelineOf(router);
        final CommandRing ring = pipeline.lane(lane).ring();
        final long place = ring.taken();
        ring.takePending(place).answer(lane, CommandAnswer.DONE);
        SlotLayout.writeVoid(ring.address(place));
    }

    static RouterPipeline pipelineOf(final EventRouter router) {
        try {
            final Field field = EventRouter.class.getDeclaredField("pipeline");
            field.setAccessible(true);
            return (RouterPipeline) field.get(router);
        } catch (final ReflectiveOperationException problem) {
            throw new IllegalStateException(problem);
        }
    }
}

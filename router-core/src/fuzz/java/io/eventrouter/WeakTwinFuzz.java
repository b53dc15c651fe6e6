package io.eventrouter;

import io.eventrouter.identity.EntityId;

/** A mistake that random choices hardly ever meet: a fuzzer that is worth its time finds it. */
public final class WeakTwinFuzz {
    private WeakTwinFuzz() {}

    /**
     * Read an id, and fail for those that a careless reader would take for something else.
     *
     * @param bytes of the input.
     */
    public static void fuzzerTestOneInput(final byte[] bytes) {
        final EntityId id;
        try {
            id = EntityId.parse(new Choices(bytes).restAsText());
        } catch (final IllegalArgumentException refused) {
            return;
        }
        if (id.high() >>> 48 == 0xFA1L) {
            throw new AssertionError("planted: " + id);
        }
    }
}

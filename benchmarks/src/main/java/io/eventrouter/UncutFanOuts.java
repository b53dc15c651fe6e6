package io.eventrouter;

/** Lets a measurement compare with a router that delivers every event in one go; no embedder can ask for that. */
public final class UncutFanOuts {
    private UncutFanOuts() {}

    /**
     * Deliver every event in one go, to however many devices.
     *
     * @param context of the router.
     * @return the context.
     */
    public static RouterContext in(final RouterContext context) {
        return context.sliceLength(RouterContext.UNCUT);
    }
}

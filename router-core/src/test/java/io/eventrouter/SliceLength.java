package io.eventrouter;

/** Lets tests of other packages choose how long slices of fan-outs are. */
public final class SliceLength {
    private SliceLength() {}

    /** Cut fan-outs of more deliveries than this into slices of as many. */
    public static RouterContext of(final int deliveries, final RouterContext context) {
        return context.sliceLength(deliveries);
    }
}

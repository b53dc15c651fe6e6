package io.eventrouter.loadgen.load;

import org.HdrHistogram.Histogram;

/** Hears how a load is coming along, on the thread that runs it. */
public interface LoadListener {
    /** Hears nothing. */
    LoadListener NONE = new LoadListener() {};

    /**
     * The fleet is being loaded.
     *
     * @param devices that were sent.
     * @param total how many there will be.
     */
    default void onLoading(long devices, long total) {}

    /**
     * Something takes a while that is not measured.
     *
     * @param what it is.
     */
    default void onWaiting(String what) {}

    /**
     * Some times were recorded.
     *
     * @param tag what they are, as in the interval log.
     * @param second in which they were, from the start.
     * @param times in nanoseconds; valid only until this returns.
     */
    default void onInterval(String tag, long second, Histogram times) {}

    /**
     * A second is over.
     *
     * @param row of it.
     */
    default void onSecond(SecondRow row) {}
}

package io.eventrouter.loadgen.replay;

/** Hears of a replay while it runs, on the replaying thread. */
public interface ReplayListener {
    /** Hears nothing. */
    ReplayListener NONE = new ReplayListener() {
        @Override
        public void onProgress(final String what, final long count) {}

        @Override
        public void onWrongLine(final String complaint) {}
    };

    /**
     * Some of the work has been done.
     *
     * @param what is being done, such as {@code "lines replayed"}.
     * @param count how many of it so far.
     */
    void onProgress(String what, long count);

    /**
     * A line is wrong and was passed over.
     *
     * @param complaint with file, line and reason.
     */
    void onWrongLine(String complaint);
}

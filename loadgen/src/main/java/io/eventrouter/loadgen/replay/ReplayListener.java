package io.eventrouter.loadgen.replay;

import java.util.List;

/** Hears of a replay while it runs, on the replaying thread unless noted otherwise. */
public interface ReplayListener {
    /** Hears nothing. */
    ReplayListener NONE = new ReplayListener() {
        @Override
        public void onLoading(final long devices, final long total) {}

        @Override
        public void onReplaying(final long lines, final int percent) {}

        @Override
        public void onWrongLine(final String complaint) {}

        @Override
        public void onInterrupt(final List<String> outputs) {}
    };

    /**
     * Some of the fleet has been loaded.
     *
     * @param devices that were loaded.
     * @param total devices of the fleet.
     */
    void onLoading(long devices, long total);

    /**
     * Some of the trace has been replayed.
     *
     * @param lines so far.
     * @param percent of the trace; -1 if its size is not known.
     */
    void onReplaying(long lines, int percent);

    /**
     * A line is wrong and was passed over.
     *
     * @param complaint with file, line and reason.
     */
    void onWrongLine(String complaint);

    /**
     * The process is about to end in the middle of the replay. Called on a thread of its own.
     *
     * @param outputs names of the files that were asked for.
     */
    void onInterrupt(List<String> outputs);
}

package io.eventrouter.loadgen;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.load.Ceiling;
import io.eventrouter.loadgen.load.LoadListener;
import io.eventrouter.loadgen.load.LoadedRouter;
import io.eventrouter.loadgen.load.SecondRow;
import io.eventrouter.loadgen.results.ResultDirectory;
import java.io.PrintStream;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Shows how a load is coming along: one line that is written over and over on a terminal, a line for every second
 * where nobody watches. Passes what is measured on to the interval log.
 */
final class RunProgress implements LoadListener {
    private final PrintStream out;
    private final boolean isQuiet;
    private final Optional<ResultDirectory> directory;
    private final ProgressLine line;

    RunProgress(final PrintStream out, final boolean isQuiet, final Optional<ResultDirectory> directory) {
        this.out = out;
        this.isQuiet = isQuiet;
        this.directory = directory;
        this.line = new ProgressLine(out);
    }

    /** What the generator itself can do, unless that is not to be measured. */
    static Optional<Ceiling> ceiling(final LoadedRouter router, final int publishers, final long durationNs) {
        return durationNs == 0 ? Optional.empty() : Optional.of(router.ceiling(publishers, durationNs));
    }

    @Override
    public void onLoading(final long devices, final long total) {
        show("loading the fleet: " + Figures.count(devices) + " of " + Figures.count(total, "device"));
    }

    @Override
    public void onWaiting(final String what) {
        show(what);
    }

    @Override
    public void onInterval(final String tag, final long second, final Histogram times) {
        directory.ifPresent(it -> it.log(tag, second, times));
    }

    @Override
    public void onSecond(final SecondRow row) {
        say(Figures.count(row.second() + 1L) + " s: "
                + Figures.count(row.progress().offered()) + " events/s, "
                + Figures.count(row.counters().deliveries()) + " deliveries/s, p50 "
                + Figures.time(row.latency().p50Ns()) + ", p99 "
                + Figures.time(row.latency().p99Ns()) + ", p99.9 "
                + Figures.time(row.latency().p999Ns()) + ", refused "
                + Figures.count(row.progress().offered() - row.progress().accepted()) + ", operations "
                + Figures.count(row.counters().operations()));
    }

    /** Say something that is worth a line of its own where nobody watches. */
    void say(final String text) {
        if (isQuiet) {
            return;
        }
        if (line.isWatched()) {
            line.show(text);
        } else {
            out.println(text);
        }
    }

    /** Say something that stays. */
    void keep(final String text) {
        if (!isQuiet) {
            line.erase();
            out.println(text);
        }
    }

    /** Make way for the result. */
    void end() {
        line.erase();
    }

    private void show(final String text) {
        if (!isQuiet) {
            line.show(text);
        }
    }
}

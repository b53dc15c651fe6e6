package io.eventrouter.loadgen.results;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.figures.Table;
import io.eventrouter.loadgen.search.SearchOutcome;
import io.eventrouter.loadgen.search.SweepAxis;
import io.eventrouter.loadgen.search.SweepPoint;
import io.eventrouter.loadgen.search.Trial;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Tells people what came of a search or a sweep. */
public final class SearchSummary {
    private static final double NS_PER_SECOND = 1e9;

    private SearchSummary() {}

    /**
     * Print what came of a search.
     *
     * @param out takes the text.
     * @param result of the search.
     */
    public static void print(final PrintStream out, final SearchResult result) {
        RunSummary.printFleet(out, result.scenario().name(), result.fleet(), result.environment());
        result.ceiling()
                .ifPresent(ceiling -> RunSummary.printCeiling(
                        out, ceiling, result.scenario().load().publishers()));
        out.println();
        final Table table = new Table();
        table.row("trial", "events/s", "for", "deliveries/s", "p50", "p99", "p99.9", "refused", "verdict");
        for (final Trial trial : result.outcome().trials()) {
            final Histogram times = trial.figures().latencies().all();
            table.row(
                    word(trial.stage()),
                    Figures.rate(trial.rate().perSecond()),
                    Figures.seconds(trial.durationNs()),
                    Figures.rate(trial.figures().deliveredPerSecond()),
                    Figures.time(times.getValueAtPercentile(50)),
                    Figures.time(times.getValueAtPercentile(99)),
                    Figures.time(times.getValueAtPercentile(99.9)),
                    Figures.count(trial.figures().events().refused()),
                    word(trial.verdict().outcome()));
        }
        table.print(out);
        out.println();
        if (result.isInterrupted()) {
            out.println("Interrupted: this is what was found until then.");
        }
        out.println(result.outcome().sentence());
    }

    /**
     * Print what came of a sweep.
     *
     * @param out takes the text.
     * @param result of the sweep.
     */
    public static void print(final PrintStream out, final SweepResult result) {
        for (final SweepAxis axis : SweepAxis.values()) {
            final Table table = new Table();
            boolean isSwept = false;
            table.row(
                    word(axis),
                    "events/s",
                    "ns an event",
                    "deliveries/event",
                    "p99.9",
                    "subscriptions",
                    "B a device",
                    "limited by");
            for (final SweepPoint point : result.points()) {
                if (point.axis() == axis) {
                    isSwept = true;
                    row(table, point);
                }
            }
            if (isSwept) {
                table.print(out);
                out.println();
            }
        }
        if (result.isInterrupted()) {
            out.println("Interrupted: this is what was found until then.");
        }
        for (final SweepPoint point : result.points()) {
            if (point.outcome().confidence() == SearchOutcome.Confidence.UNCONFIRMED) {
                out.println(word(point.axis()) + " " + Figures.count(point.value()) + ": "
                        + point.outcome().sentence());
            }
        }
        out.println(
                "The highest rate that held the objective at each step, the rest of the scenario as it is. Router and"
                        + " generator shared this process and its "
                        + Figures.count(result.environment().processors(), "processor") + ": "
                        + result.environment().cpu());
    }

    private static void row(final Table table, final SweepPoint point) {
        final Optional<Trial> limit = point.outcome().limit();
        table.row(
                Figures.count(point.value()),
                limit.map(held -> Figures.rate(held.rate().perSecond())).orElse("none"),
                limit.map(held -> String.format(
                                Locale.ROOT, "%.0f", NS_PER_SECOND / held.rate().perSecond()))
                        .orElse(""),
                limit.map(held -> String.format(
                                Locale.ROOT,
                                "%.2f",
                                (double) held.figures().counters().deliveries()
                                        / Math.max(1, held.figures().events().accepted())))
                        .orElse(""),
                limit.map(held -> Figures.time(held.figures().latencies().all().getValueAtPercentile(99.9)))
                        .orElse(""),
                Figures.count(point.fleet().subscriptions()),
                Figures.count(
                        Math.max(0, point.fleet().routerBytes()) / point.fleet().devices()),
                word(point.outcome().boundedBy()));
    }

    private static String word(final Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

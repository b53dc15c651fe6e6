package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.page.DataTable;
import io.eventrouter.loadgen.page.KeyFigure;
import io.eventrouter.loadgen.page.LineChart;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.Tone;
import io.eventrouter.loadgen.page.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What the page says of searches for the highest rate. */
final class SearchSection {
    private final List<ReportedSearch> searches;

    SearchSection(final List<ReportedSearch> searches) {
        this.searches = searches;
    }

    void write(final Page page) {
        for (final ReportedSearch search : searches) {
            final String label = searches.size() == 1 ? "" : search.head().label() + ": ";
            page.verdict(search.head().verdict().tone(), label + word(search), search.sentence());
            keyFigures(page, search);
        }
        for (final ReportedSearch search : searches) {
            page.heading("Steps of the search"
                    + (searches.size() == 1 ? "" : ": " + search.head().label()));
            page.chart(steps(search)).chart(latencies(search)).table(trials(search));
        }
    }

    private static String word(final ReportedSearch search) {
        if (search.limit() == null) {
            return search.head().verdict() == Verdict.INVALID ? "Nothing valid was measured" : "No rate held";
        }
        return Unit.PER_SECOND.text(search.limit().ratePerSecond()) + " held";
    }

    private static void keyFigures(final Page page, final ReportedSearch search) {
        final ReportedSearch.Limit limit = search.limit();
        if (limit == null) {
            return;
        }
        final List<KeyFigure> figures = new ArrayList<>();
        figures.add(new KeyFigure(
                "Highest rate that held",
                Unit.PER_SECOND.text(limit.ratePerSecond()),
                limit.confidence().replace('-', ' ')));
        figures.add(new KeyFigure("Deliveries at that rate", Unit.PER_SECOND.text(limit.deliveriesPerSecond())));
        figures.add(new KeyFigure(
                "Lowest rate that did not",
                Unit.PER_SECOND.text(limit.upperPerSecond()),
                "bounded by " + (limit.boundedBy().equals("nothing") ? "nothing" : "the " + limit.boundedBy())));
        page.keyFigures(figures);
    }

    private static LineChart steps(final ReportedSearch search) {
        final LineChart chart = LineChart.bySteps("Rates tried, one after the other", "step", "rate", Unit.PER_SECOND);
        final double[] all = new double[search.trials().size()];
        final double[] rates = new double[all.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i + 1;
            rates[i] = search.trials().get(i).ratePerSecond();
        }
        chart.series("rate", all, rates);
        for (final Verdict verdict : List.of(Verdict.MET, Verdict.NOT_MET, Verdict.INVALID)) {
            final List<Double> numbers = new ArrayList<>();
            final List<Double> tried = new ArrayList<>();
            String outcome = "";
            for (int i = 0; i < all.length; i++) {
                final Trial trial = search.trials().get(i);
                if (trial.verdict() == verdict) {
                    numbers.add(all[i]);
                    tried.add(rates[i]);
                    outcome = trial.outcome();
                }
            }
            if (!numbers.isEmpty()) {
                chart.points(outcome, verdict.tone(), array(numbers), array(tried));
            }
        }
        if (search.limit() != null) {
            chart.level("highest rate that held", search.limit().ratePerSecond());
        }
        return chart;
    }

    private static LineChart latencies(final ReportedSearch search) {
        // A rate that was tried more than once counts as it was measured last, which is longest.
        final Map<Double, Trial> byRate = new TreeMap<>();
        search.trials().stream()
                .filter(trial -> trial.ratePerSecond() > 0)
                .forEach(trial -> byRate.put(trial.ratePerSecond(), trial));
        final LineChart chart = LineChart.growth(
                        "Latency at each rate", "rate", Unit.PER_SECOND, "latency", Unit.NANOSECONDS)
                .caption("Where the curves turn upwards, the router no longer keeps up.")
                .logarithmicY();
        search.objectives().stream()
                .filter(Objective::isLatency)
                .forEach(objective -> chart.level("objective: " + objective.words(), objective.limit()));
        final double[] rates = array(byRate.keySet());
        return chart.series("p50", rates, latencies(byRate, Trial::p50Ns))
                .series("p99", rates, latencies(byRate, Trial::p99Ns))
                .series("p99.9", rates, latencies(byRate, Trial::p999Ns));
    }

    private static double[] latencies(final Map<Double, Trial> byRate, final ToDoubleFunction<Trial> figure) {
        return byRate.values().stream().mapToDouble(figure).toArray();
    }

    private static DataTable trials(final ReportedSearch search) {
        final DataTable table = new DataTable("")
                .text("Step")
                .number("rate")
                .number("for")
                .text("outcome")
                .number("refused")
                .number("p50")
                .number("p99")
                .number("p99.9")
                .number("greatest")
                .number("lag p99.9")
                .text("why");
        int number = 1;
        for (final Trial trial : search.trials()) {
            table.row(
                    trial.verdict() == Verdict.MET
                            ? Tone.NEUTRAL
                            : trial.verdict().tone(),
                    number++ + " " + trial.stage(),
                    Unit.PER_SECOND.text(trial.ratePerSecond()),
                    Unit.NANOSECONDS.text(trial.durationNs()),
                    trial.outcome(),
                    Unit.COUNT.text(trial.refused()),
                    Unit.NANOSECONDS.text(trial.p50Ns()),
                    Unit.NANOSECONDS.text(trial.p99Ns()),
                    Unit.NANOSECONDS.text(trial.p999Ns()),
                    Unit.NANOSECONDS.text(trial.maxNs()),
                    Unit.NANOSECONDS.text(trial.lagP999Ns()),
                    trial.reason());
        }
        return table;
    }

    private static double[] array(final Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}

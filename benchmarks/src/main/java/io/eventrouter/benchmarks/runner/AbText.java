package io.eventrouter.benchmarks.runner;

import io.eventrouter.benchmarks.runner.results.AbResults;
import io.eventrouter.benchmarks.runner.results.FigureText;
import io.eventrouter.benchmarks.runner.verdict.Comparison;
import io.eventrouter.benchmarks.runner.verdict.LimitCheck;
import io.eventrouter.benchmarks.runner.verdict.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What a terminal shows of a comparison of two jars. */
final class AbText {
    private AbText() {}

    static String progress(final Comparison comparison) {
        final String name = comparison.trial().name();
        if (comparison.failure() != null) {
            return name + " FAILED: " + comparison.failure();
        }
        final List<Double> ratios = comparison.ratios();
        if (ratios.isEmpty()) {
            return comparison.limitChecks().isEmpty()
                    ? name + " measured, " + AbResults.NOTHING_JUDGED
                    : name + " measured for its limits";
        }
        final String ratio = String.format(Locale.ROOT, "%s %.3fx", name, ratios.get(ratios.size() - 1));
        return comparison.interval() == null
                ? ratio
                : ratio + ", so far " + comparison.verdict().word() + " " + FigureText.of(comparison.interval());
    }

    static void print(final AbResults results, final PrintWriter out) {
        out.println();
        out.println("Speed of the candidate as a multiple of the baseline's, with its 99.9 % interval:");
        for (final AbResults.Line line : results.benchmarks()) {
            out.printf("  %-12s  %s%n", word(line), line.benchmark());
            if (line.ratio() != null) {
                out.printf(
                        "                %s: %s after %d rounds%n",
                        line.verdict().word(),
                        FigureText.of(line.ratio()),
                        line.rounds().size());
            }
            if (line.judgesNothing()) {
                out.println("                " + AbResults.NOTHING_JUDGED);
            }
            if (line.failure() != null) {
                out.println("                " + line.failure());
            }
            line.limits().stream()
                    .filter(check -> check.missing() || check.exceeded())
                    .forEach(check -> out.println("                " + check.words()));
        }
        out.printf(
                "%s; %d of %d limits exceeded%n",
                results.countsOfVerdicts(),
                limits(results).stream().filter(LimitCheck::exceeded).count(),
                limits(results).size());
    }

    private static String word(final AbResults.Line line) {
        if (line.failed()) {
            return "FAILED";
        }
        if (line.exceedsLimit()) {
            return "OVER LIMIT";
        }
        if (line.judgesNothing()) {
            return "not judged";
        }
        if (line.verdict() == null) {
            return "limits kept";
        }
        return line.verdict() == Verdict.WORSE ? "WORSE" : line.verdict().word();
    }

    private static List<LimitCheck> limits(final AbResults results) {
        return results.benchmarks().stream()
                .flatMap(line -> line.limits().stream())
                .toList();
    }
}

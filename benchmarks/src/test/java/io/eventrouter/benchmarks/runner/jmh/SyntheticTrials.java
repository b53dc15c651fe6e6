package io.eventrouter.benchmarks.runner.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Instead of measuring, writes the files that JMH would write, and notes what it was asked for. */
public final class SyntheticTrials implements TrialRunner {
    /** Makes up what JMH measures. */
    @FunctionalInterface
    public interface Source {
        /**
         * Make up a measurement.
         *
         * @param jar that is measured.
         * @param trial that is measured.
         * @return the measurement; null if the benchmark fails.
         */
        Figures measure(Path jar, Trial trial);
    }

    /**
     * What JMH measures.
     *
     * @param scores operations a second of each iteration.
     * @param secondary other metrics, as JSON.
     */
    public record Figures(double[] scores, String secondary) {
        /** A benchmark that allocates. */
        public static Figures of(final double score, final double allocated) {
            return new Figures(new double[] {score, score}, metric("gc.alloc.rate.norm", allocated));
        }

        /** Another metric beside what is there. */
        public Figures with(final String name, final double value) {
            return new Figures(scores, secondary + ", " + metric(name, value));
        }

        private static String metric(final String name, final double value) {
            return String.format(
                    Locale.ROOT,
                    "\"%s\": {\"score\": %s, \"scoreError\": \"NaN\", \"scoreUnit\": \"B/op\","
                            + " \"rawData\": [[%s, %s]]}",
                    name,
                    value,
                    value,
                    value);
        }
    }

    /** What was asked for, in order: the name of the jar and of the trial. */
    public final List<String> asked = new ArrayList<>();

    private final Source source;

    /** Trials whose figures come from a source. */
    public SyntheticTrials(final Source source) {
        this.source = source;
    }

    @Override
    public Outcome run(final Path jar, final Trial trial, final Path results, final Path log) throws IOException {
        asked.add(jar.getFileName() + " " + trial.name());
        Files.writeString(log, "log of " + trial.name() + "\n");
        final Figures figures = source.measure(jar, trial);
        if (figures == null) {
            return new Outcome(List.of(), "java.lang.IllegalStateException: matches: expected=2, actual=1");
        }
        Files.writeString(results, json(trial, figures));
        return new Outcome(JmhResults.read(results), null);
    }

    private static String json(final Trial trial, final Figures figures) {
        final String parameters = trial.parameters().entrySet().stream()
                .map(parameter -> '"' + parameter.getKey() + "\": \"" + parameter.getValue() + '"')
                .collect(Collectors.joining(", "));
        final StringBuilder scores = new StringBuilder();
        double sum = 0;
        for (final double score : figures.scores) {
            scores.append(scores.isEmpty() ? "" : ", ").append(score);
            sum += score;
        }
        return "[{\"jmhVersion\": \"1.37\", \"benchmark\": \"" + trial.benchmark()
                + "\", \"mode\": \"thrpt\", \"measurementTime\": \""
                + Math.round(trial.measurement().seconds() * 1_000) + " ms\", \"params\": {" + parameters
                + "}, \"primaryMetric\": {\"score\": "
                + sum / figures.scores.length
                + ", \"scoreError\": \"NaN\", \"scoreConfidence\": [\"NaN\", \"NaN\"], \"scoreUnit\": \"ops/s\","
                + " \"rawData\": [[" + scores + "]]}, \"secondaryMetrics\": {" + figures.secondary + "}}]";
    }
}

package io.eventrouter.benchmarks.runner.jmh;

import io.eventrouter.benchmarks.runner.profile.Profile;
import io.eventrouter.benchmarks.runner.profile.ProfileEntry;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import io.eventrouter.loadgen.scenario.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/** The benchmarks of a jar, whichever version of the project built it. */
public final class BenchmarkJar {
    private static final String LIST = "META-INF/BenchmarkList";

    private final Path path;
    private final SortedMap<String, SortedMap<String, List<String>>> parametersOfBenchmarks;

    private BenchmarkJar(final Path path, final SortedMap<String, SortedMap<String, List<String>>> benchmarks) {
        this.path = path;
        this.parametersOfBenchmarks = benchmarks;
    }

    /**
     * Open a jar.
     *
     * @param path of the jar.
     * @return the jar.
     * @throws BadInputException if it is none with benchmarks in it.
     */
    public static BenchmarkJar open(final Path path) {
        if (Files.isDirectory(path)) {
            throw new BadInputException("a directory, not a jar: value=" + path);
        }
        if (!Files.exists(path)) {
            throw new BadInputException("no such file: value=" + path);
        }
        final SortedMap<String, SortedMap<String, List<String>>> benchmarks = new TreeMap<>();
        try (ZipFile jar = new ZipFile(path.toFile())) {
            final ZipEntry list = jar.getEntry(LIST);
            if (list == null) {
                throw new BadInputException("a jar without JMH benchmarks, as it has no " + LIST + ": value=" + path);
            }
            try (InputStream in = jar.getInputStream(list)) {
                for (final BenchmarkListEntry entry : BenchmarkList.readBenchmarkList(in)) {
                    benchmarks.put(entry.getUsername(), parametersOf(entry));
                }
            }
        } catch (final ZipException e) {
            throw new BadInputException("not a jar: value=" + path + " (" + e.getMessage() + ")");
        } catch (final IOException e) {
            throw new BadInputException("cannot read the jar: value=" + path + " (" + FileComplaint.describe(e) + ")");
        }
        return new BenchmarkJar(path, benchmarks);
    }

    /**
     * All benchmarks with their parameters and the values that they take by themselves.
     *
     * @return parameters by full name of the method.
     */
    public SortedMap<String, SortedMap<String, List<String>>> parametersOfBenchmarks() {
        return parametersOfBenchmarks;
    }

    /**
     * Whether this jar can measure a trial that was planned for another one.
     *
     * @param trial to measure.
     * @return true if benchmark and parameters are there.
     */
    public boolean has(final Trial trial) {
        final SortedMap<String, List<String>> parameters = parametersOfBenchmarks.get(trial.benchmark());
        return parameters != null
                && parameters.keySet().equals(trial.parameters().keySet());
    }

    /**
     * What a profile measures with this jar.
     *
     * @param profile that names benchmarks.
     * @return the trials, in the order of the profile.
     * @throws BadInputException if the profile names a benchmark or parameter that the jar does not have, a value that
     *     the benchmark does not take, or a figure to compare by that it does not report.
     */
    public List<Trial> plan(final Profile profile) {
        final List<Trial> trials = new ArrayList<>();
        for (final ProfileEntry entry : profile.benchmarks()) {
            for (final String benchmark : find(entry)) {
                checkComparedBy(benchmark, entry.comparedBy());
                for (final SortedMap<String, String> values : combinations(benchmark, entry.parameters())) {
                    trials.add(new Trial(
                            benchmark,
                            values,
                            entry.forks() == null ? profile.forks() : entry.forks(),
                            entry.warmup() == null ? profile.warmup() : entry.warmup(),
                            entry.measurement() == null ? profile.measurement() : entry.measurement(),
                            entry));
                }
            }
        }
        return trials;
    }

    /**
     * The name of a benchmark without its package.
     *
     * @param benchmark full name of the method.
     * @return class and method.
     */
    public static String shortName(final String benchmark) {
        final int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }

    private void checkComparedBy(final String benchmark, final String name) {
        if (name == null || name.equals(ProfileEntry.SCORE)) {
            return;
        }
        final SortedSet<String> known = new TreeSet<>(List.of(ProfileEntry.SCORE, Measurement.ALLOCATION));
        known.addAll(BenchmarkCounters.of(path, benchmark));
        if (!known.contains(name)) {
            throw new BadInputException(shortName(benchmark) + " reports no such figure: comparedBy=" + name
                    + Nearest.question(name, known) + " (there are " + String.join(", ", known) + ")");
        }
    }

    // A word that is not among a parameter's own words is misspelt in all likelihood, and where its own are whole
    // numbers it is one. Otherwise that shows only in a JVM that has started, after all that stands before it in the
    // profile; or never, if any other word means the same.
    private static void checkValues(
            final String benchmark, final String parameter, final List<String> own, final List<String> asked) {
        final long numbers = own.stream().filter(BenchmarkJar::isWholeNumber).count();
        for (final String value : asked) {
            if (numbers == 0 && !own.contains(value)) {
                throw new BadInputException(
                        shortName(benchmark) + " has no such value of its own: " + parameter + "=" + value
                                + Nearest.question(value, own) + " (there are " + String.join(", ", own)
                                + "; what else it may know, jmh -p hands to it)");
            }
            if (numbers == own.size() && !isWholeNumber(value)) {
                throw new BadInputException(
                        shortName(benchmark) + " takes whole numbers only: " + parameter + "=" + value);
            }
        }
    }

    private static boolean isWholeNumber(final String value) {
        return value.matches("-?[0-9]+");
    }

    private List<String> find(final ProfileEntry entry) {
        final List<String> found = parametersOfBenchmarks.keySet().stream()
                .filter(benchmark -> entry.names(shortName(benchmark)))
                .toList();
        if (found.isEmpty()) {
            final String name = entry.benchmark();
            throw new BadInputException("no such benchmark: value=" + name + Nearest.question(name, names())
                    + " (benchmarks list prints all)");
        }
        return found;
    }

    private SortedSet<String> names() {
        final SortedSet<String> names = new TreeSet<>();
        for (final String benchmark : parametersOfBenchmarks.keySet()) {
            final String name = shortName(benchmark);
            names.add(name);
            names.add(name.substring(0, name.indexOf('.')));
        }
        return names;
    }

    private List<SortedMap<String, String>> combinations(
            final String benchmark, final Map<String, List<String>> asked) {
        final SortedMap<String, List<String>> parameters = new TreeMap<>(parametersOfBenchmarks.get(benchmark));
        asked.forEach((name, values) -> {
            if (!parameters.containsKey(name)) {
                throw new BadInputException(shortName(benchmark) + " has no such parameter: value=" + name + "; "
                        + Nearest.hint(name, parameters.keySet()));
            }
            checkValues(benchmark, name, parameters.get(name), values);
        });
        parameters.putAll(asked);
        List<SortedMap<String, String>> combinations = List.of(new TreeMap<>());
        for (final Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            final List<SortedMap<String, String>> longer = new ArrayList<>();
            for (final SortedMap<String, String> combination : combinations) {
                for (final String value : parameter.getValue()) {
                    final SortedMap<String, String> with = new TreeMap<>(combination);
                    with.put(parameter.getKey(), value);
                    longer.add(with);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    private static SortedMap<String, List<String>> parametersOf(final BenchmarkListEntry entry) {
        final SortedMap<String, List<String>> parameters = new TreeMap<>();
        if (entry.getParams().hasValue()) {
            entry.getParams().get().forEach((name, values) -> parameters.put(name, Arrays.asList(values)));
        }
        return parameters;
    }
}

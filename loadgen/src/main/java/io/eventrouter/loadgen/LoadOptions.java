package io.eventrouter.loadgen;

import io.eventrouter.RouterContext;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.results.ResultDirectory;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Quantities;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.loadgen.scenario.Resizing;
import io.eventrouter.loadgen.scenario.RouterSetup;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What {@code run}, {@code search} and {@code sweep} have in common: a scenario, and what is changed about it. */
final class LoadOptions {
    /** A rate such as 200k/s. */
    static final class RateValue implements ITypeConverter<Rate> {
        @Override
        public Rate convert(final String value) {
            final Rate rate = converted(() -> Quantities.rate(value));
            if (rate.isNever()) {
                throw new TypeConversionException("must be above 0/s: value=" + value);
            }
            return rate;
        }
    }

    /** A duration such as 20s, in nanoseconds. */
    static final class DurationValue implements ITypeConverter<Long> {
        @Override
        public Long convert(final String value) {
            return converted(() -> Quantities.durationNs(value));
        }
    }

    /** A number such as 10k. */
    static final class NumberValue implements ITypeConverter<Long> {
        @Override
        public Long convert(final String value) {
            return converted(() -> Quantities.number(value));
        }
    }

    @Parameters(
            paramLabel = "SCENARIO",
            converter = Choices.FileName.class,
            description = "A scenario file, or the name of a scenario that ships with the program: see loadgen"
                    + " scenarios.")
    private String scenario;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            converter = Choices.FileName.class,
            description = "Write all results into this directory, which is made.")
    private String out;

    @Option(
            names = "--devices",
            paramLabel = "N",
            converter = NumberValue.class,
            description = "How many devices in all, such as 10k; the groups of the scenario keep their proportions.")
    private Long devices;

    @Option(
            names = "--publishers",
            paramLabel = "N",
            converter = NumberValue.class,
            description = "How many publishing threads.")
    private Long publishers;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationValue.class,
            description = "How long to warm up, such as 5s; not measured. Search and sweep go on until the JVM has"
                    + " compiled what it runs, 10s longer at most.")
    private Long warmUpNs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Choices.Seed.class,
            description = "The seed of everything random.")
    private Long seed;

    @Option(
            names = "--era",
            paramLabel = "ERA",
            converter = Choices.EraChoice.class,
            description = "after-2023-03 or before-2023-03: which delivery rules hold.")
    private Era era;

    @Option(
            names = "--product-scope",
            paramLabel = "POLICY",
            converter = Choices.ProductScopeChoice.class,
            description = "all, unclaimed-only or hook-and-api-only: what devices hear through their product.")
    private ProductScope productScope;

    @Option(
            names = "--ceiling",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationValue.class,
            description = "How long to measure what the generator itself can do, against a router that does nothing"
                    + " (default 1s); 0s leaves it out.")
    private long ceilingNs;

    @Option(names = "--quiet", description = "No progress, only the result.")
    private boolean quiet;

    ScenarioFile file() {
        final ScenarioFile file = ScenarioFile.load(scenario);
        return new ScenarioFile(file.source(), file.text(), changed(file.scenario()));
    }

    /** The directory for the results, if there is to be one. */
    Optional<ResultDirectory> directory() {
        return Optional.ofNullable(out).map(ResultDirectory::create);
    }

    long ceilingNs() {
        return ceilingNs;
    }

    boolean isQuiet() {
        return quiet;
    }

    private Scenario changed(final Scenario read) {
        requiredNs("--ceiling", ceilingNs, 0);
        Scenario changed = seed == null ? read : read.withSeed(required("--seed", seed, 0, Long.MAX_VALUE));
        if (devices != null) {
            final int groups = changed.fleet().devices().size();
            changed = Resizing.withDevices(
                    changed, (int) required("--devices", devices, groups, RouterContext.MAX_MAX_DEVICES));
        }
        final RouterSetup router = changed.router();
        changed = changed.withRouter(new RouterSetup(
                era == null ? router.era() : era,
                productScope == null ? router.productScope() : productScope,
                router.ringSlots(),
                router.idle()));
        Load load = changed.load();
        if (publishers != null) {
            load = load.withPublishers((int) required("--publishers", publishers, 1, Load.MAX_PUBLISHERS));
        }
        if (warmUpNs != null) {
            load = load.withWarmUpNs(requiredNs("--warm-up", warmUpNs, 0));
        }
        return changed.withLoad(load);
    }

    /** Check the value of an option. */
    static long required(final String option, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new BadInputException(option + ": must be in [" + min + ", " + max + "]: value=" + value);
        }
        return value;
    }

    /** Check a duration of an option, which none may exceed that a load may not. */
    static long requiredNs(final String option, final long ns, final long minNs) {
        if (ns < minNs || ns > Load.MAX_DURATION_NS) {
            throw new BadInputException(option + ": must be " + Quantities.durationText(minNs) + " to "
                    + Quantities.durationText(Load.MAX_DURATION_NS) + ": value=" + Quantities.durationText(ns));
        }
        return ns;
    }

    private static <T> T converted(final Supplier<T> conversion) {
        try {
            return conversion.get();
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}

package io.eventrouter.loadgen;

import io.eventrouter.loadgen.fleet.Plans;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.plan.Behaviour;
import io.eventrouter.loadgen.plan.FleetPlanner;
import io.eventrouter.loadgen.plan.MachineEstimate;
import io.eventrouter.loadgen.plan.MachineRate;
import io.eventrouter.loadgen.plan.MeasuredRate;
import io.eventrouter.loadgen.plan.PlanCsv;
import io.eventrouter.loadgen.plan.PlanReport;
import io.eventrouter.loadgen.plan.PlanResult;
import io.eventrouter.loadgen.plan.PriceCsv;
import io.eventrouter.loadgen.plan.ResponseSizes;
import io.eventrouter.loadgen.plan.ScenarioPlanner;
import io.eventrouter.loadgen.plan.TracePlanner;
import io.eventrouter.loadgen.scenario.Quantities;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import io.eventrouter.loadgen.scenario.ShippedScenarios;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans a month of a fleet: data operations, blocks, prices and machines. */
@Command(
        name = "plan",
        header = "Find out what a month of a fleet costs: operations, blocks, price, machines, under every rule.",
        description = {
            "",
            "Counts what every account pays in a month: what its devices publish, every delivery to a subscribed"
                    + " device, every chunk of an answer, every attempt; before and after March 2023 and under each"
                    + " product-scope side by side. Tells which subscription causes it, what it costs on each plan,"
                    + " and how many machines would route it.",
            "",
            "A scenario says what its fleet publishes, and a sample of that goes through the router. A fleet file"
                    + " does not say what it publishes, so that has to be said: with --event for each event, or with"
                    + " a trace of some time.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "Exit status: 0 fine, 2 an option or a file is wrong, 1 anything else.",
            "",
            "Examples:",
            "  loadgen plan fleet.json --event temp --every 10min --payload-bytes 40 --response-bytes 600",
            "  loadgen plan fleet.json --event temp --publishes-per-day 144 --payload-bytes 40 \\",
            "      --event alert --every 1day --payload-bytes 20 --from api-product:30301 --response-bytes 0",
            "  loadgen plan fleet.json --trace hour.ndjson --covers 1h",
            "  loadgen plan hook-response-unscoped"
        })
final class PlanCommand implements Callable<Integer> {
    private static final String DEFAULT_SAMPLE = "20k";
    private static final long LEAST_SAMPLE = 100;
    private static final long MOST_SAMPLE = 10_000_000;
    private static final double MOST_PEAK = 1_000_000;
    private static final double MOST_HEADROOM = 0.95;

    @Parameters(
            paramLabel = "FLEET.json|SCENARIO",
            converter = Choices.FileName.class,
            description = "A fleet, as for loadgen replay; or a scenario, as for loadgen run: a file whose name ends in"
                    + " .yaml or .yml, or the name of one that ships with the program.")
    private String fleet;

    @ArgGroup(exclusive = false, multiplicity = "0..*", heading = "Each event:%n", order = 1)
    private List<EventOptions> events = new ArrayList<>();

    @Option(
            names = "--response-bytes",
            paramLabel = "[ID=]SIZE",
            description = "How long the answers of an integration are, or of all others without an id; 0 for none."
                    + " Required for every integration that is triggered.")
    private List<String> responses = List.of();

    @Option(
            names = "--trace",
            paramLabel = "TRACE.ndjson",
            converter = Choices.FileName.class,
            description = "What happened in some time, instead of --event.")
    private String trace;

    @Option(names = "--covers", paramLabel = "TIME", description = "The time that the trace covers, such as 1h.")
    private String covers;

    @Option(
            names = "--days",
            converter = Choices.Days.class,
            paramLabel = "N",
            defaultValue = "31",
            description = "Days of the month, 28 to 31; 31 by default, as a plan has to hold in the longest.")
    private int days;

    @Option(
            names = "--prices",
            paramLabel = "PRICES.json",
            converter = Choices.FileName.class,
            description = "Plans and their prices; without it those that ship with the program.")
    private String prices;

    @Option(
            names = "--measured",
            paramLabel = "DIR",
            converter = Choices.FileName.class,
            description = "What one machine does: a directory that loadgen run, search or sweep wrote.")
    private String measured;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events a second that one machine routes, if there is no directory; 2,500,000 is assumed.")
    private String rate;

    @Option(
            names = "--delivery-rate",
            paramLabel = "N",
            description = "Deliveries a second that one machine makes; 75,000,000 are assumed.")
    private String deliveryRate;

    @Option(
            names = "--peak-factor",
            converter = Choices.Factor.class,
            paramLabel = "X",
            defaultValue = "5",
            description = "The load of the busiest moment, as a multiple of the average; 5 is assumed.")
    private double peakFactor;

    @Option(
            names = "--headroom",
            paramLabel = "SHARE",
            defaultValue = "50%",
            description = "What share of a machine is to stay free at the busiest moment; 50%% is assumed.")
    private String headroom;

    @Option(
            names = "--sample-events",
            paramLabel = "N",
            description = "How many events of each source of a scenario are sampled, at most; 20k by default.")
    private String sampleEvents;

    @Option(names = "--csv", description = "Print the operations of every account and product as CSV, for programs.")
    private boolean isCsv;

    @Option(names = "--price-csv", description = "Print the price of every account on every plan as CSV, for programs.")
    private boolean isPriceCsv;

    @Override
    public Integer call() {
        if (days < 28 || days > 31) {
            throw new BadInputException("--days: must be in [28, 31]: value=" + days);
        }
        if (isCsv && isPriceCsv) {
            throw new BadInputException("--price-csv: prints something else than --csv, so only one may be given");
        }
        final Plans plans = prices == null ? Plans.load() : Plans.read(TextSource.ofFile(prices));
        final MachineRate machine = machine();
        final double share = share();
        final double peak = peakFactor();
        final PlanResult plan = plan();
        if (isCsv || isPriceCsv) {
            plan.warnings().forEach(System.err::println);
        }
        if (isCsv) {
            PlanCsv.print(plan, System.out);
        } else if (isPriceCsv) {
            PriceCsv.print(plan, plans, System.out);
        } else {
            new PlanReport(plan, plans, MachineEstimate.of(plan, machine, peak, share), System.out).print();
        }
        return ExitStatus.FINE;
    }

    private PlanResult plan() {
        final ProgressLine progress = new ProgressLine(System.err);
        try {
            return isScenario() ? planScenario(progress::show) : planFleet(progress::show);
        } catch (final ArithmeticException e) {
            throw new BadInputException(fleet + ": a month of this is more than can be counted, " + Long.MAX_VALUE
                    + " data operations; see whether every event is published as often as you mean");
        } finally {
            progress.erase();
        }
    }

    private boolean isScenario() {
        return fleet.endsWith(".yaml")
                || fleet.endsWith(".yml")
                || ShippedScenarios.names().contains(fleet)
                // The complaint about a name that is misspelt comes from where scenarios are looked for.
                || !fleet.contains(".")
                        && !Files.exists(TextSource.ofFile(fleet).path());
    }

    private PlanResult planScenario(final Consumer<String> progress) {
        final ScenarioFile scenario = ScenarioFile.load(fleet);
        if (!(events.isEmpty() && responses.isEmpty() && trace == null && covers == null)) {
            throw new BadInputException(fleet + ": a scenario says what is published and answered, so --event,"
                    + " --response-bytes, --trace and --covers may not be given with it");
        }
        final String most = sampleEvents == null ? DEFAULT_SAMPLE : sampleEvents;
        final long sample = OptionValue.quantity("--sample-events", () -> Quantities.number(most));
        if (sample < LEAST_SAMPLE || sample > MOST_SAMPLE) {
            throw new BadInputException(
                    "--sample-events: must be in [" + LEAST_SAMPLE + ", " + MOST_SAMPLE + "]: value=" + sampleEvents);
        }
        return ScenarioPlanner.plan(scenario, sample, days, progress);
    }

    private PlanResult planFleet(final Consumer<String> progress) {
        final TextSource file = TextSource.ofFile(fleet);
        if (!Files.exists(file.path())) {
            throw new BadInputException(fleet + ": no such file");
        }
        if (sampleEvents != null) {
            throw new BadInputException("--sample-events: is for scenarios only, as of a fleet file every event is"
                    + " counted: value=" + sampleEvents);
        }
        if (trace == null && events.isEmpty()) {
            throw new BadInputException("what the fleet publishes is not known: give --event NAME with --every TIME and"
                    + " --payload-bytes SIZE, or --trace TRACE.ndjson with --covers TIME");
        }
        if (trace != null && !(events.isEmpty() && responses.isEmpty())) {
            throw new BadInputException("--trace: says what is published and answered, so neither --event nor"
                    + " --response-bytes may be given with it");
        }
        if ((trace == null) != (covers == null)) {
            throw new BadInputException(
                    trace == null
                            ? "--covers: is for --trace only"
                            : "--covers: is missing; which time does the trace cover?");
        }
        if (trace != null) {
            return TracePlanner.plan(
                    file, TextSource.ofFile(trace), OptionValue.seconds("--covers", covers), days, progress);
        }
        final List<Behaviour> behaviours =
                events.stream().map(EventOptions::behaviour).toList();
        return FleetPlanner.plan(file, behaviours, responseSizes(), days, progress);
    }

    private ResponseSizes responseSizes() {
        final Map<String, Integer> byIntegration = new HashMap<>();
        int otherwise = ResponseSizes.UNKNOWN;
        for (final String response : responses) {
            final int split = response.lastIndexOf('=');
            final int length = OptionValue.bytes("--response-bytes", response.substring(split + 1), Integer.MAX_VALUE);
            final boolean isFirst = split < 0
                    ? otherwise == ResponseSizes.UNKNOWN
                    : byIntegration.put(response.substring(0, split).toLowerCase(Locale.ROOT), length) == null;
            if (!isFirst) {
                throw new BadInputException("--response-bytes: is there twice: value=" + response);
            }
            otherwise = split < 0 ? length : otherwise;
        }
        return new ResponseSizes(byIntegration, otherwise);
    }

    private MachineRate machine() {
        if (measured != null) {
            if (rate != null || deliveryRate != null) {
                throw new BadInputException(
                        "--measured: says what a machine does, so neither --rate nor --delivery-rate may be given");
            }
            return MeasuredRate.of(measured);
        }
        return new MachineRate(
                rate == null ? MachineRate.ASSUMED_EVENTS_PER_SECOND : OptionValue.positive("--rate", rate),
                deliveryRate == null
                        ? MachineRate.ASSUMED_DELIVERIES_PER_SECOND
                        : OptionValue.positive("--delivery-rate", deliveryRate),
                false,
                (rate == null ? "events assumed from docs/performance.md" : "events as given")
                        + (deliveryRate == null
                                ? ", deliveries assumed from docs/performance.md"
                                : ", deliveries as given")
                        + (rate == null || deliveryRate == null
                                ? "; measure yours with loadgen search and give --measured DIR"
                                : ""));
    }

    private double peakFactor() {
        if (!(peakFactor >= 1 && peakFactor <= MOST_PEAK)) {
            throw new BadInputException("--peak-factor: must be in [1, 1000000]: value=" + peakFactor);
        }
        return peakFactor;
    }

    private double share() {
        final double share = OptionValue.quantity("--headroom", () -> Quantities.share(headroom, 100));
        if (share > MOST_HEADROOM) {
            throw new BadInputException("--headroom: must be at most 95%: value=" + headroom);
        }
        return share;
    }
}

package io.eventrouter.oracle;

import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares what a subject did in one step with what the oracle did. */
public final class Comparison {
    private static final Set<RouterCounter> EXACT = EnumSet.of(
            RouterCounter.EVENTS_ACCEPTED,
            RouterCounter.EVENTS_ROUTED,
            RouterCounter.EVENTS_UNROUTABLE,
            RouterCounter.EVENTS_DROPPED_PAUSED,
            RouterCounter.DEVICES_MATCHED,
            RouterCounter.DELIVERIES_TO_DEVICES,
            RouterCounter.DELIVERIES_TO_INTEGRATIONS,
            RouterCounter.DELIVERIES_TO_LOGIC_FUNCTIONS,
            RouterCounter.DELIVERIES_TO_STREAMS,
            RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED,
            RouterCounter.SERVICES_SKIPPED_NOT_ATTEMPTED,
            RouterCounter.DELIVERIES_HANDLER_FAILED,
            RouterCounter.DEVICES_TIMED_OUT,
            RouterCounter.ATTEMPT_REPORTS_APPLIED,
            RouterCounter.ATTEMPT_REPORTS_REFUSED,
            RouterCounter.COMMANDS_APPLIED,
            RouterCounter.COMMANDS_REFUSED,
            RouterCounter.PUBLISH_OPERATIONS,
            RouterCounter.SUBSCRIBE_OPERATIONS);

    private static final Set<String> COUNTED_ALONE = Set.of(
            "SUBSCRIPTION_LIMIT",
            "OWNER_DEVICE_LIMIT",
            "PRODUCT_DEVICE_LIMIT",
            "PRODUCT_LIMIT",
            "SERVICE_LIMIT",
            "DEVICE_SUBSCRIBE_RATE",
            "ACCOUNT_SUBSCRIBE_RATE",
            "DEVICE_LIMIT",
            "ACCOUNT_LIMIT",
            "STORAGE_FULL",
            "STORAGE_UNAVAILABLE");

    private final List<String> findings = new ArrayList<>();

    private Comparison() {}

    /** Every way in which a step went wrong; empty if it did not. */
    static List<String> ofStep(final Step step, final Outcome expected, final Outcome actual) {
        final Offered offered = new Offered(step, expected.refusals(), actual.refusals());
        return ofRun(List.of(offered), expected, actual, Handed::recipient);
    }

    /**
     * Every way in which several steps went wrong that were done together; empty if none did.
     *
     * @param offered the steps, and whether each was refused.
     * @param expected of all of them together.
     * @param actual of all of them together.
     * @param orderedBy deliveries for which this is the same have an order; those for which it is null have none.
     * @return a paragraph for each.
     */
    public static List<String> ofRun(
            final List<Offered> offered,
            final Outcome expected,
            final Outcome actual,
            final Function<Handed, String> orderedBy) {
        final Comparison comparison = new Comparison();
        comparison.findings.addAll(actual.problems());
        comparison.compareDeliveries(expected.deliveries(), actual.deliveries(), orderedBy);
        comparison.compareCounters(expected, actual);
        comparison.compareThresholds(expected.thresholds(), actual.thresholds());
        offered.stream().filter(offer -> !offer.isEmptyAnswer()).forEach(comparison::compareRefusals);
        comparison.compareRefusedCommands(offered, actual);
        comparison.compareRefusedEvents(offered, actual);
        return comparison.findings;
    }

    /** What several steps did before they were cut off: some of what was expected, and nothing else. */
    public static List<String> ofCutRun(final Outcome expected, final List<Handed> actual) {
        final Comparison comparison = new Comparison();
        comparison.list("EXTRA deliveries", minus(actual, expected.deliveries()));
        return comparison.findings;
    }

    /** Every way in which several steps went wrong that nobody waited between; the sums are those of all of them. */
    static List<String> ofSteps(
            final List<Step> steps, final List<Outcome> expected, final List<Outcome> actual, final Outcome sums) {
        final Comparison comparison = new Comparison();
        comparison.findings.addAll(sums.problems());
        for (int i = 0; i < steps.size(); i++) {
            final int findings = comparison.findings.size();
            comparison.compareDeliveries(
                    expected.get(i).deliveries(), actual.get(i).deliveries(), Handed::recipient);
            final Offered offered = new Offered(
                    steps.get(i), expected.get(i).refusals(), actual.get(i).refusals());
            if (!offered.isEmptyAnswer() && !(steps.get(i) instanceof Step.Report)) {
                comparison.compareRefusals(offered);
            }
            if (comparison.findings.size() > findings) {
                comparison.findings.add("in step: " + Scenario.describe(steps.get(i)));
            }
        }
        final Outcome all = Outcome.sum(expected);
        comparison.compareDeliveries(all.deliveries(), sums.deliveries(), Handed::recipient);
        comparison.compareCounters(all, sums);
        comparison.compareThresholds(all.thresholds(), sums.thresholds());
        return comparison.findings;
    }

    /** Every row and total that differs. */
    public static List<String> ofUsage(final Usage expected, final Usage actual) {
        final Comparison comparison = new Comparison();
        final Map<String, Operations> expectedLines = expected.lines();
        final Map<String, Operations> actualLines = actual.lines();
        final Set<String> keys = new TreeSet<>(expectedLines.keySet());
        keys.addAll(actualLines.keySet());
        keys.forEach(key -> comparison.compare("usage of " + key, expectedLines.get(key), actualLines.get(key)));
        return comparison.findings;
    }

    private void compareDeliveries(
            final List<Handed> expected, final List<Handed> actual, final Function<Handed, String> orderedBy) {
        list("MISSING deliveries", minus(expected, actual));
        list("EXTRA deliveries", minus(actual, expected));
        if (findings.isEmpty()) {
            compare("order", inOrder(expected, orderedBy), inOrder(actual, orderedBy));
        }
    }

    private static Map<String, List<Handed>> inOrder(
            final List<Handed> deliveries, final Function<Handed, String> orderedBy) {
        return deliveries.stream()
                .filter(delivery -> orderedBy.apply(delivery) != null)
                .collect(Collectors.groupingBy(orderedBy, TreeMap::new, Collectors.toList()));
    }

    /** What is left of one multiset when another is taken away. */
    private static <T> List<T> minus(final List<T> from, final List<T> taken) {
        final Map<T, Integer> counts = new LinkedHashMap<>();
        from.forEach(element -> counts.merge(element, 1, Integer::sum));
        taken.forEach(element -> counts.computeIfPresent(element, (key, count) -> count - 1));
        final List<T> left = new ArrayList<>();
        counts.forEach((element, count) -> {
            for (int i = 0; i < count; i++) {
                left.add(element);
            }
        });
        return left;
    }

    private void compareThresholds(final List<String> expected, final List<String> actual) {
        list("MISSING thresholds", minus(expected, actual));
        list("EXTRA thresholds", minus(actual, expected));
    }

    private void compareRefusals(final Offered offered) {
        final Set<String> expected = offered.expected();
        final Set<String> actual = offered.actual();
        final boolean isRight =
                expected.isEmpty() ? actual.isEmpty() : actual.size() == 1 && expected.containsAll(actual);
        if (!isRight) {
            findings.add("refusal of " + Scenario.describe(offered.step()) + ": expected "
                    + (expected.isEmpty() ? "none" : "one of " + expected) + " but was " + actual);
        }
    }

    private void compareCounters(final Outcome expected, final Outcome actual) {
        EXACT.forEach(counter -> compareCounter(counter, expected, actual));
        // Which reason comes first when a device is both offline and too small is nobody's business: the sum counts.
        final long skipped = sum("DEVICES_SKIPPED_", actual);
        compare("devices skipped", sum("DEVICES_SKIPPED_", expected), skipped);
        compare(
                "devices matched = delivered + skipped",
                actual.counted(RouterCounter.DEVICES_MATCHED),
                actual.counted(RouterCounter.DELIVERIES_TO_DEVICES) + skipped);
        compare(
                "events accepted = routed + unroutable + dropped",
                actual.counted(RouterCounter.EVENTS_ACCEPTED),
                actual.counted(RouterCounter.EVENTS_ROUTED)
                        + actual.counted(RouterCounter.EVENTS_UNROUTABLE)
                        + actual.counted(RouterCounter.EVENTS_DROPPED_PAUSED));
    }

    /** A refused event is counted under its reason; a refused answer as one event or as one for each chunk. */
    private void compareRefusedEvents(final List<Offered> offered, final Outcome actual) {
        long refused = 0;
        for (final String reason : reasons(offered)) {
            final List<Offered> forReason = offered.stream()
                    .filter(offer -> offer.isEvent() && offer.actual().contains(reason))
                    .toList();
            final long atMost = forReason.stream().mapToLong(Offered::events).sum();
            final long counted = sum("EVENTS_REFUSED_" + reason, actual);
            refused += counted;
            if (counted < forReason.size() || counted > atMost) {
                findings.add("EVENTS_REFUSED_" + reason + ": expected " + forReason.size() + " to " + atMost
                        + " but was " + counted);
            }
        }
        compare("events refused for other reasons", 0L, sum("EVENTS_REFUSED_", actual) - refused);
    }

    private static Set<String> reasons(final List<Offered> offered) {
        return offered.stream()
                .filter(Offered::isEvent)
                .flatMap(offer -> offer.actual().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A command that is refused for a limit or by the disk is counted under that, once, and no other is. */
    private void compareRefusedCommands(final List<Offered> offered, final Outcome actual) {
        final List<String> refusals = offered.stream()
                .filter(offer -> offer.step() instanceof Step.Apply)
                .flatMap(offer -> offer.actual().stream())
                .filter(COUNTED_ALONE::contains)
                .toList();
        compare("commands refused for what is counted alone", (long) refusals.size(), sum("COMMANDS_REFUSED_", actual));
        for (final String refusal : Set.copyOf(refusals)) {
            compare(
                    "commands refused for " + refusal,
                    refusals.stream().filter(refusal::equals).count(),
                    sum("COMMANDS_REFUSED_" + refusal, actual));
        }
    }

    private void compareCounter(final RouterCounter counter, final Outcome expected, final Outcome actual) {
        compare("counter " + counter, expected.counted(counter), actual.counted(counter));
    }

    private static long sum(final String prefix, final Outcome outcome) {
        return outcome.counted().entrySet().stream()
                .filter(entry -> entry.getKey().name().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void compare(final String what, final Object expected, final Object actual) {
        if (!Objects.equals(expected, actual)) {
            findings.add(what + ": expected " + expected + " but was " + actual);
        }
    }

    private void list(final String title, final List<?> elements) {
        if (!elements.isEmpty()) {
            final StringBuilder finding = new StringBuilder(title)
                    .append(" (")
                    .append(elements.size())
                    .append("):");
            elements.forEach(element -> finding.append("\n  ").append(element));
            findings.add(finding.toString());
        }
    }
}

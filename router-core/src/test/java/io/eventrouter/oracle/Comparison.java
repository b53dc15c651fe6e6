package io.eventrouter.oracle;

import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares what a subject did in one step with what the oracle did. */
final class Comparison {
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
            RouterCounter.COMMANDS_APPLIED,
            RouterCounter.COMMANDS_REFUSED,
            RouterCounter.PUBLISH_OPERATIONS,
            RouterCounter.SUBSCRIBE_OPERATIONS);

    private final List<String> findings = new ArrayList<>();

    private Comparison() {}

    /** Every way in which a step went wrong; empty if it did not. */
    static List<String> ofStep(final Step step, final Outcome expected, final Outcome actual) {
        final Comparison comparison = new Comparison();
        comparison.findings.addAll(actual.problems());
        comparison.compareDeliveries(expected.deliveries(), actual.deliveries());
        comparison.compareCounters(step, expected, actual);
        comparison.compareThresholds(expected.thresholds(), actual.thresholds());
        if (!isEmptyAnswer(step)) {
            comparison.compareRefusals(expected.refusals(), actual.refusals());
            comparison.compareRefusedEvents(step, actual);
        }
        return comparison.findings;
    }

    /** Every way in which several steps went wrong that nobody waited between; the sums are those of all of them. */
    static List<String> ofSteps(
            final List<Step> steps, final List<Outcome> expected, final List<Outcome> actual, final Outcome sums) {
        final Comparison comparison = new Comparison();
        comparison.findings.addAll(sums.problems());
        final Tally all = new Tally();
        for (int i = 0; i < steps.size(); i++) {
            final int findings = comparison.findings.size();
            comparison.compareDeliveries(
                    expected.get(i).deliveries(), actual.get(i).deliveries());
            if (!isEmptyAnswer(steps.get(i)) && !(steps.get(i) instanceof Step.Report)) {
                comparison.compareRefusals(
                        expected.get(i).refusals(), actual.get(i).refusals());
            }
            if (comparison.findings.size() > findings) {
                comparison.findings.add("in step: " + Scenario.describe(steps.get(i)));
            }
            all.add(expected.get(i));
        }
        comparison.compareDeliveries(all.outcome().deliveries(), sums.deliveries());
        comparison.compareCounters(null, all.outcome(), sums);
        comparison.compareCounter(RouterCounter.ATTEMPT_REPORTS_APPLIED, all.outcome(), sums);
        comparison.compareCounter(RouterCounter.ATTEMPT_REPORTS_REFUSED, all.outcome(), sums);
        comparison.compareThresholds(all.outcome().thresholds(), sums.thresholds());
        return comparison.findings;
    }

    static List<String> ofUsage(final Usage expected, final Usage actual) {
        final Comparison comparison = new Comparison();
        final Map<String, Operations> expectedLines = expected.lines();
        final Map<String, Operations> actualLines = actual.lines();
        final Set<String> keys = new TreeSet<>(expectedLines.keySet());
        keys.addAll(actualLines.keySet());
        keys.forEach(key -> comparison.compare("usage of " + key, expectedLines.get(key), actualLines.get(key)));
        return comparison.findings;
    }

    private void compareDeliveries(final List<Handed> expected, final List<Handed> actual) {
        list("MISSING deliveries", minus(expected, actual));
        list("EXTRA deliveries", minus(actual, expected));
        if (findings.isEmpty() && !namesByRecipient(expected).equals(namesByRecipient(actual))) {
            findings.add("order: expected " + namesByRecipient(expected) + " but was " + namesByRecipient(actual));
        }
    }

    private static Map<String, List<String>> namesByRecipient(final List<Handed> deliveries) {
        final Map<String, List<String>> names = new HashMap<>();
        deliveries.forEach(delivery -> names.computeIfAbsent(delivery.recipient(), recipient -> new ArrayList<>())
                .add(delivery.name()));
        return names;
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

    private void compareRefusals(final Set<String> expected, final Set<String> actual) {
        final boolean isRight =
                expected.isEmpty() ? actual.isEmpty() : actual.size() == 1 && expected.containsAll(actual);
        if (!isRight) {
            findings.add(
                    "refusal: expected " + (expected.isEmpty() ? "none" : "one of " + expected) + " but was " + actual);
        }
    }

    private void compareCounters(final Step step, final Outcome expected, final Outcome actual) {
        EXACT.forEach(counter -> compareCounter(counter, expected, actual));
        if (step instanceof Step.Report) {
            compareCounter(RouterCounter.ATTEMPT_REPORTS_APPLIED, expected, actual);
            compareCounter(RouterCounter.ATTEMPT_REPORTS_REFUSED, expected, actual);
        }
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
    private void compareRefusedEvents(final Step step, final Outcome actual) {
        final long refused = sum("EVENTS_REFUSED_", actual);
        final boolean isEvent = step instanceof Step.Publish || step instanceof Step.HookResponse;
        if (!isEvent || actual.refusals().isEmpty()) {
            compare("events refused", 0L, refused);
            return;
        }
        final int offered = step instanceof Step.HookResponse response
                ? NaiveHooks.events(response).size()
                : 1;
        final String reason = "EVENTS_REFUSED_" + actual.refusals().iterator().next();
        final long forReason = sum(reason, actual);
        compare("events refused for other reasons than " + reason, 0L, refused - forReason);
        if (forReason < 1 || forReason > offered) {
            findings.add(reason + ": expected 1 to " + offered + " but was " + forReason);
        }
    }

    private static boolean isEmptyAnswer(final Step step) {
        return step instanceof Step.HookResponse response && response.body().length() == 0;
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

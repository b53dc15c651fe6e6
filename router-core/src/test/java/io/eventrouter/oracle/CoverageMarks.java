package io.eventrouter.oracle;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.status.RouterCounter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the situations that scenarios reached: a comparison proves nothing about what never happened. */
public final class CoverageMarks {
    private final Map<String, LongAdder> marks = new ConcurrentHashMap<>();

    public Map<String, Long> counts() {
        final Map<String, Long> counts = new TreeMap<>();
        marks.forEach((mark, count) -> counts.put(mark, count.sum()));
        return counts;
    }

    /** Note what is about to happen, while the oracle is still in the state before it. */
    public void before(final Step step, final NaiveRouter oracle) {
        if (step instanceof Step.Publish publish) {
            beforeEvent(publish.event(), oracle);
        } else if (step instanceof Step.HookResponse response) {
            beforeAnswer(response);
        } else if (step instanceof Step.Report report) {
            beforeReport(report, oracle);
        }
    }

    /** Note what a step has led to. */
    public void after(final Step step, final NaiveRouter oracle, final Outcome outcome) {
        if (outcome.refusals().stream().anyMatch(refusal -> refusal.endsWith("_RATE_EXCEEDED"))) {
            note(oracle.limits.hasGoneBack(), "event refused after the clock was set back");
        }
        note(oracle.limits.hasRefilled(), "event let in again by a bucket that has refilled");
        final String kind = step instanceof Step.Apply ? "command refused: " : "event refused: ";
        outcome.refusals().forEach(refusal -> note(kind + refusal));
        outcome.counted().forEach((counter, count) -> note(count > 0, "counted: " + counter));
        note(!outcome.thresholds().isEmpty(), "threshold told");
        final boolean timedOut = outcome.counted(RouterCounter.DEVICES_TIMED_OUT) > 0;
        note(timedOut && step instanceof Step.Report, "offline by reported attempts");
        note(timedOut && !(step instanceof Step.Report), "offline by returned outcome");
        if (step instanceof Step.HookResponse && outcome.refusals().isEmpty()) {
            note(timedOut, "offline between two chunks");
            note(outcome.counted(RouterCounter.EVENTS_ROUTED) > 1, "several chunks routed");
        }
        if (step instanceof Step.Publish publish) {
            afterEvent(publish.event(), oracle, outcome);
        }
    }

    private void beforeEvent(final Publication event, final NaiveRouter oracle) {
        final boolean isKnown = !event.hasDevice() || oracle.fleet.devices.containsKey(event.id());
        if (!isKnown) {
            return;
        }
        final NaiveRules rules = oracle.rules;
        final Set<String> scopes = rules.scopesOf(event);
        for (final NaiveDevice device : oracle.fleet.devices.values()) {
            if (rules.matches(device, event, scopes)) {
                beforeMatch(event, device, rules, scopes);
            }
            note(isCaseTwin(device, event), "name equals a prefix but for case");
            note(
                    rules.isSystemEvent(event)
                            && device.subscriptions.stream().anyMatch(event.name()::startsWith)
                            && !device.id.equals(event.id()),
                    "system event subscribed to by another device");
        }
        if (event.hasDevice()) {
            final NaiveDevice publisher = oracle.fleet.devices.get(event.id());
            note(publisher.quarantined && publisher.productId != 0, "quarantined member publishes");
            note(publisher.denied && publisher.productId != 0, "denied member publishes");
        }
    }

    private void beforeMatch(
            final Publication event, final NaiveDevice device, final NaiveRules rules, final Set<String> scopes) {
        final boolean throughOwner = rules.hearsThroughOwner(device, event, scopes);
        final boolean throughProduct = rules.hearsThroughProduct(device, event, scopes);
        note(throughOwner && throughProduct, "matched through owner and product");
        note(throughOwner && !throughProduct, "matched through owner only");
        note(!throughOwner && throughProduct && device.isClaimed(), "matched through product only, claimed");
        note(!throughOwner && throughProduct && !device.isClaimed(), "matched through product only, unclaimed");
        note(throughOwner && rules.fleet.customers.containsKey(device.owner), "matched through a customer");
        note(
                throughOwner
                        && rules.policies.isBefore()
                        && event.origin() == EventOrigin.API_PRODUCT
                        && device.productId != event.productId(),
                "caller's device outside the product matched");
        note(device.subscriptions.stream().filter(event.name()::startsWith).count() > 1, "two prefixes matched");
        note(device.subscriptions.contains(event.name()), "name is the prefix");
        note(event.name().length() == 64 && device.subscriptions.contains(event.name()), "prefix of 64 bytes");
        note(device.id.equals(event.publisher()), "own event matched");
        note(rules.isSystemEvent(event), "system event matched its device");
        final int room = device.maxEventSize - event.payload().length();
        note(room == 0, "payload just fits");
        note(room == -1, "payload is one byte too long for the device");
        note(event.payload().length() == 0, "empty payload matched");
        note(event.payload().length() % 1_024 == 1 && room >= 0, "one byte into the next operation");
        note(event.origin() == EventOrigin.HOOK && room < 0, "hook event is too long for the device");
        note(
                rules.isPaused(rules.accountOf(device)) && event.origin() == EventOrigin.HOOK,
                "hook event for a device of a paused account");
    }

    private static boolean isCaseTwin(final NaiveDevice device, final Publication event) {
        return device.subscriptions.stream()
                .anyMatch(prefix -> prefix.equalsIgnoreCase(event.name()) && !prefix.equals(event.name()));
    }

    private void beforeAnswer(final Step.HookResponse response) {
        note(response.body().length() == 0, "empty answer");
        note(response.body().length() > NaiveHooks.MAX_BODY_LENGTH, "answer cut");
        note(response.body().length() == NaiveHooks.CHUNK_LENGTH, "answer of exactly one chunk");
        note(response.topics().unchunked() && !response.error(), "unchunked answer");
        note(response.topics().unchunked() && response.error(), "error of an unchunked integration");
    }

    private void beforeReport(final Step.Report report, final NaiveRouter oracle) {
        final NaiveDevice device = oracle.fleet.devices.get(report.device());
        if (device != null && report.operationsPerAttempt() > 0) {
            final AccountId account = oracle.rules.accountOf(device);
            final boolean isLater = report.outcome().attempts() > 1;
            note(isLater && account == null, "report for a device without account");
            note(isLater && oracle.rules.isPaused(account), "report while the account is paused");
            note(isLater && account != null, "further attempts reported");
            note(report.outcome() == AttemptOutcome.FAILED && !device.online, "failure reported of an offline device");
        }
    }

    private void afterEvent(final Publication event, final NaiveRouter oracle, final Outcome outcome) {
        if (!outcome.refusals().isEmpty()) {
            return;
        }
        note("event accepted: " + event.origin());
        note(oracle.rules.isSystemEvent(event), "system event accepted: " + event.origin());
        final long readers = outcome.deliveries().stream()
                .filter(delivery -> delivery.operations() == 0)
                .count();
        note(readers > 2, "three free subscribers of one event");
        note(outcome.counted(RouterCounter.PUBLISH_OPERATIONS) > 1, "publish of several operations");
        note(
                oracle.usage().rows().keySet().stream()
                                .filter(row -> row.device().equals(event.id()))
                                .count()
                        > 1,
                "device with several usage rows");
    }

    /** Note a situation if it is there. */
    public void note(final boolean condition, final String mark) {
        if (condition) {
            note(mark);
        }
    }

    /** Note a situation. */
    public void note(final String mark) {
        marks.computeIfAbsent(mark, key -> new LongAdder()).increment();
    }
}

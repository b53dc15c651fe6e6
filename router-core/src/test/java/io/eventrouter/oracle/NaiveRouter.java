package io.eventrouter.oracle;

import io.eventrouter.command.Command;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The oracle: routes by asking every question of {@link NaiveRules} about everything, for every event.
 *
 * <p>It shares nothing with the router but commands, ids and enums, and has no index, no cache and no buffer.
 */
public class NaiveRouter {
    final NaiveFleet fleet = new NaiveFleet();
    final NaiveRules rules;
    final NaiveLimits limits;
    private final NaiveRefusals refusals = new NaiveRefusals(fleet);
    private final NaiveCommands commands;
    private final NaiveMeter meter = new NaiveMeter(fleet);
    private final Map<EntityId, AttemptOutcome> answers = new HashMap<>();
    private final Set<String> leftOut = new HashSet<>();
    private Tally tally = new Tally();

    public NaiveRouter(final Policies policies) {
        this(policies, NaiveRules::new, NaiveLimits::new);
    }

    NaiveRouter(
            final Policies policies,
            final BiFunction<NaiveFleet, Policies, NaiveRules> rules,
            final Function<NaiveRules, NaiveLimits> limits) {
        this.rules = rules.apply(fleet, policies);
        this.limits = limits.apply(this.rules);
        this.commands = new NaiveCommands(fleet, policies.subscriptionsPerDevice(), this.limits);
    }

    /** Do one step, but refuse events with these names at their place in the order. */
    public Outcome perform(final Step step, final Set<String> refusedNames) {
        leftOut.addAll(refusedNames);
        final Outcome outcome = perform(step);
        leftOut.clear();
        return outcome;
    }

    /** Do one step and everything that follows from it. */
    public Outcome perform(final Step step) {
        tally = new Tally();
        if (step instanceof Step.Apply apply) {
            submit(apply.command());
        } else if (step instanceof Step.Publish publish) {
            publish(List.of(publish.event()));
        } else if (step instanceof Step.HookResponse response) {
            publish(hookEvents(response));
        } else if (step instanceof Step.Report report) {
            report(report);
        } else if (step instanceof Step.Answer answer) {
            answers.put(answer.device(), answer.outcome());
        } else if (step instanceof Step.Advance advance) {
            limits.advance(advance.milliseconds());
        }
        return tally.outcome();
    }

    public Usage usage() {
        return meter.usage();
    }

    /** What has to outlive the router, in words. */
    public SortedMap<String, String> kept() {
        return KeptState.of(fleet);
    }

    /** A router that knows what this one has to keep, and nothing else: no sessions, no free subscribers, no usage. */
    NaiveRouter copyOfKept(final Policies others) {
        final NaiveRouter copy = new NaiveRouter(others);
        copy.fleet.keep(fleet);
        return copy;
    }

    /** Know what another one knows, and have counted nothing. */
    public void restart(final NaiveRouter other) {
        meter.forget();
        fleet.clear();
        fleet.keep(other.fleet);
    }

    /** The calendar has come to another month. */
    public void beginBillingMonth() {
        meter.beginMonth();
    }

    /** Refuse to register more than this. */
    public void limit(final int maxDevices, final int maxAccounts) {
        fleet.maxDevices = maxDevices;
        fleet.maxAccounts = maxAccounts;
    }

    /** Carry out a command, and return every reason for which it may be refused. */
    Set<Refusal> apply(final Command command) {
        return commands.apply(command);
    }

    List<Publication> hookEvents(final Step.HookResponse response) {
        return NaiveHooks.events(response);
    }

    private void submit(final Command command) {
        final Set<Refusal> reasons = apply(command);
        tally.refuse(reasons.stream().map(Refusal::name).collect(Collectors.toSet()));
        count(reasons.isEmpty() ? RouterCounter.COMMANDS_APPLIED : RouterCounter.COMMANDS_REFUSED);
        // A router gives one of the reasons; as a subject the oracle gives the first.
        tally.outcome().refusals().stream()
                .limit(1)
                .flatMap(reason -> Stream.of(RouterCounter.values())
                        .filter(counter -> counter.name().equals("COMMANDS_REFUSED_" + reason)))
                .forEach(this::count);
    }

    private void publish(final List<Publication> events) {
        final TreeSet<String> reasons = new TreeSet<>();
        events.forEach(event -> reasons.addAll(refusals.of(event)));
        if (reasons.isEmpty() && events.size() == 1) {
            reasons.addAll(limits.publish(events.get(0)));
        }
        if (reasons.isEmpty()) {
            events.stream().filter(event -> !leftOut.contains(event.name())).forEach(this::accept);
        } else {
            tally.refuse(reasons);
            count(RouterCounter.valueOf("EVENTS_REFUSED_" + reasons.first()));
            events.forEach(this::refused);
        }
    }

    /** Nothing happens to an event that was refused. */
    void refused(final Publication event) {}

    void accept(final Publication event) {
        count(RouterCounter.EVENTS_ACCEPTED);
        limits.published(event);
        final Set<String> scopes = rules.scopesOf(event);
        if (scopes.isEmpty()) {
            count(RouterCounter.EVENTS_UNROUTABLE);
        } else if (rules.isDropped(event)) {
            count(RouterCounter.EVENTS_DROPPED_PAUSED);
        } else {
            count(RouterCounter.EVENTS_ROUTED);
            route(event, scopes);
        }
    }

    private void route(final Publication event, final Set<String> scopes) {
        if (event.origin() == EventOrigin.DEVICE) {
            chargePublish(event);
        }
        final List<NaiveDevice> receivers = new ArrayList<>();
        fleet.devices.values().stream()
                .filter(device -> rules.matches(device, event, scopes))
                .filter(this::isReachable)
                .filter(device -> isSmallEnough(device, event))
                .filter(this::isNotPaused)
                .forEach(receivers::add);
        receivers.forEach(device -> deliverToDevice(device, event, scopes));
        deliverToFreeSubscribers(event, scopes);
        // The handler's answers take effect directly behind the event, not between two of its receivers.
        receivers.stream()
                .filter(device -> answerOf(device) != AttemptOutcome.NOT_ATTEMPTED)
                .forEach(device -> conclude(device, operationsPerAttempt(event), answerOf(device)));
    }

    void chargePublish(final Publication event) {
        charge(
                fleet.devices.get(event.id()),
                new Operations(rules.units(event.payload().length()), 0));
    }

    boolean isReachable(final NaiveDevice device) {
        count(RouterCounter.DEVICES_MATCHED);
        return countUnless(device.online, RouterCounter.DEVICES_SKIPPED_OFFLINE);
    }

    private boolean isSmallEnough(final NaiveDevice device, final Publication event) {
        return countUnless(rules.fits(device, event), RouterCounter.DEVICES_SKIPPED_TOO_LARGE);
    }

    boolean isNotPaused(final NaiveDevice device) {
        return countUnless(!rules.isPaused(rules.accountOf(device)), RouterCounter.DEVICES_SKIPPED_PAUSED);
    }

    void deliverToDevice(final NaiveDevice device, final Publication event, final Set<String> scopes) {
        final long perAttempt = operationsPerAttempt(event);
        hand("device:" + device.id, event, scopes, perAttempt * answerOf(device).attempts());
        if (answerOf(device) == AttemptOutcome.NOT_ATTEMPTED) {
            count(RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED);
        } else {
            count(RouterCounter.DELIVERIES_TO_DEVICES);
            charge(device, new Operations(0, perAttempt));
        }
    }

    private void deliverToFreeSubscribers(final Publication event, final Set<String> scopes) {
        fleet.integrations.values().stream()
                .filter(integration -> rules.triggers(integration, event, scopes))
                .forEach(integration -> {
                    count(RouterCounter.DELIVERIES_TO_INTEGRATIONS);
                    hand("integration:" + integration.id(), event, scopes, 0);
                });
        fleet.functions.values().stream()
                .filter(function -> rules.runs(function, event, scopes))
                .forEach(function -> {
                    count(RouterCounter.DELIVERIES_TO_LOGIC_FUNCTIONS);
                    hand("logic:" + function.id(), event, scopes, 0);
                });
        fleet.streams.values().stream()
                .filter(stream -> rules.shows(stream, event, scopes))
                .forEach(stream -> {
                    count(RouterCounter.DELIVERIES_TO_STREAMS);
                    hand("stream:" + stream.id(), event, scopes, 0);
                });
    }

    long operationsPerAttempt(final Publication event) {
        return rules.isSystemEvent(event) ? 0 : rules.units(event.payload().length());
    }

    AttemptOutcome answerOf(final NaiveDevice device) {
        final AttemptOutcome answer = answers.get(device.id);
        return answer == null ? AttemptOutcome.PENDING : answer;
    }

    private void report(final Step.Report report) {
        final NaiveDevice device = fleet.devices.get(report.device());
        // No device takes more than 16 KiB.
        final boolean isValid = report.operationsPerAttempt() >= 0
                && report.operationsPerAttempt() <= 16
                && report.outcome() != AttemptOutcome.NOT_ATTEMPTED;
        if (!isValid) {
            tally.refuse(Set.of("INVALID_REPORT"));
        }
        if (device == null) {
            tally.refuse(Set.of("UNKNOWN_DEVICE"));
        }
        if (device == null || !isValid) {
            count(RouterCounter.ATTEMPT_REPORTS_REFUSED);
        } else {
            count(RouterCounter.ATTEMPT_REPORTS_APPLIED);
            conclude(device, report.operationsPerAttempt(), report.outcome());
        }
    }

    /** The attempts of a delivery have ended: those behind the first are charged, and three failures end presence. */
    void conclude(final NaiveDevice device, final long perAttempt, final AttemptOutcome outcome) {
        if (!rules.isPaused(rules.accountOf(device))) {
            charge(device, new Operations(0, (outcome.attempts() - 1) * perAttempt));
        }
        if (outcome == AttemptOutcome.FAILED && device.online) {
            device.online = false;
            count(RouterCounter.DEVICES_TIMED_OUT);
        }
    }

    void charge(final NaiveDevice device, final Operations operations) {
        final AccountId account = rules.accountOf(device);
        if (account != null) {
            count(RouterCounter.PUBLISH_OPERATIONS, operations.publish());
            count(RouterCounter.SUBSCRIBE_OPERATIONS, operations.subscribe());
            tally.tell(meter.charge(account, rules.productOf(device), device.id, operations));
        }
    }

    private void hand(
            final String recipient, final Publication event, final Set<String> scopes, final long operations) {
        final EntityId publisher = event.publisher();
        tally.hand(new Handed(
                recipient,
                event.name(),
                operations,
                event.payload().length(),
                event.payload().checksum(),
                publisher == null ? "none" : publisher.toString(),
                scopes.toString()));
    }

    private boolean countUnless(final boolean condition, final RouterCounter counter) {
        if (!condition) {
            count(counter);
        }
        return condition;
    }

    private void count(final RouterCounter counter) {
        count(counter, 1);
    }

    private void count(final RouterCounter counter, final long increment) {
        tally.count(counter, increment);
    }
}

package io.eventrouter.oracle;

import io.eventrouter.command.Command;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.EntityId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The oracle with a mistake about effects: what commands change, what is handed over and what is charged. */
final class MistakenRouter extends NaiveRouter {
    private final Mistake mistake;
    private final List<Step> steps;
    private int position;
    private Command late;

    MistakenRouter(final Mistake mistake, final Scenario scenario) {
        super(
                scenario.policies(),
                (fleet, policies) -> new MistakenRules(mistake, fleet, policies),
                rules -> new MistakenLimits(mistake, rules));
        this.mistake = mistake;
        this.steps = scenario.steps();
    }

    @Override
    public Outcome perform(final Step step) {
        position++;
        if (mistake == Mistake.CLAIM_ONE_STEP_EARLY && isClaim(position)) {
            super.apply(((Step.Apply) steps.get(position)).command());
        }
        final Outcome outcome = super.perform(step);
        if (late != null && !isClaim(position - 1)) {
            super.apply(late);
            late = null;
        }
        return outcome;
    }

    @Override
    Set<Refusal> apply(final Command command) {
        if (mistake == Mistake.CLAIM_ONE_STEP_LATE && isClaim(position - 1)) {
            return applyLate((Command.Claim) command);
        }
        final NaiveDevice device = fleet.devices.get(deviceOf(command));
        return device == null ? super.apply(command) : applyToDevice(command, device);
    }

    private Set<Refusal> applyLate(final Command.Claim claim) {
        if (!fleet.devices.containsKey(claim.device()) || !fleet.hasOwner(claim.owner())) {
            return super.apply(claim);
        }
        if (late != null) {
            super.apply(late);
        }
        late = claim;
        return EnumSet.noneOf(Refusal.class);
    }

    private Set<Refusal> applyToDevice(final Command command, final NaiveDevice device) {
        final MistakenRules mistakenRules = (MistakenRules) rules;
        final List<String> subscriptions = new ArrayList<>(device.subscriptions);
        final EntityId owner = device.owner;
        final boolean quarantined = device.quarantined;
        final boolean denied = device.denied;
        if (mistake == Mistake.FORGET_TO_MOVE_ON_UNCLAIM && command instanceof Command.Unclaim
                || mistake == Mistake.FORGET_TO_MOVE_BETWEEN_PRODUCTS && command instanceof Command.AddToProduct) {
            mistakenRules.rememberScopes(device);
        }
        final Set<Refusal> refusals = super.apply(command);
        if (forgetsSubscriptions(command)) {
            device.subscriptions.clear();
            device.subscriptions.addAll(subscriptions);
        }
        if (mistake == Mistake.SECOND_CLAIM_IGNORED && command instanceof Command.Claim && owner != null) {
            device.owner = owner;
        }
        if (mistake == Mistake.REMOVAL_KEEPS_FLAGS && command instanceof Command.RemoveFromProduct) {
            device.quarantined = quarantined;
            device.denied = denied;
        }
        if (mistake == Mistake.ADDING_CLEARS_FLAGS && command instanceof Command.AddToProduct) {
            device.quarantined = false;
            device.denied = false;
        }
        return refusals;
    }

    private boolean forgetsSubscriptions(final Command command) {
        return mistake == Mistake.FORGET_UNSUBSCRIBE && command instanceof Command.Unsubscribe
                || mistake == Mistake.FORGET_UNSUBSCRIBE_ALL && command instanceof Command.UnsubscribeAll
                || mistake == Mistake.FORGET_END_OF_SESSION && command instanceof Command.EndSession;
    }

    private static EntityId deviceOf(final Command command) {
        if (command instanceof Command.Claim claim) {
            return claim.device();
        }
        if (command instanceof Command.Unclaim unclaim) {
            return unclaim.device();
        }
        if (command instanceof Command.AddToProduct add) {
            return add.device();
        }
        if (command instanceof Command.RemoveFromProduct remove) {
            return remove.device();
        }
        if (command instanceof Command.Unsubscribe unsubscribe) {
            return unsubscribe.device();
        }
        if (command instanceof Command.UnsubscribeAll unsubscribe) {
            return unsubscribe.device();
        }
        return command instanceof Command.EndSession end ? end.device() : null;
    }

    private boolean isClaim(final int index) {
        return index < steps.size()
                && steps.get(index) instanceof Step.Apply apply
                && apply.command() instanceof Command.Claim;
    }

    @Override
    List<Publication> hookEvents(final Step.HookResponse response) {
        final List<Publication> events = new ArrayList<>(super.hookEvents(response));
        final int excess = response.body().length() - NaiveHooks.MAX_BODY_LENGTH;
        if (mistake == Mistake.HOOK_BODY_NOT_CUT && excess > 0) {
            final Publication last = events.remove(events.size() - 1);
            final Payload longer =
                    new Payload(last.payload().start(), last.payload().length() + excess);
            events.add(new Publication(last.origin(), last.id(), 0, last.name(), longer));
        }
        if (mistake == Mistake.HOOK_LAST_CHUNK_LOST && events.size() > 1) {
            events.remove(events.size() - 1);
        }
        return events;
    }

    @Override
    void refused(final Publication event) {
        if (mistake == Mistake.COUNT_BEFORE_REFUSE
                && event.origin() == EventOrigin.DEVICE
                && fleet.devices.containsKey(event.id())) {
            chargePublish(event);
        }
    }

    @Override
    boolean isReachable(final NaiveDevice device) {
        return super.isReachable(device) || mistake == Mistake.OFFLINE_RECEIVES;
    }

    @Override
    boolean isNotPaused(final NaiveDevice device) {
        return super.isNotPaused(device) || mistake == Mistake.PAUSED_RECEIVES;
    }

    @Override
    void deliverToDevice(final NaiveDevice device, final Publication event, final Set<String> scopes) {
        super.deliverToDevice(device, event, scopes);
        final long prefixes = device.subscriptions.stream()
                .filter(prefix -> rules.matchesPrefix(prefix, event.name()))
                .count();
        final boolean isTwice = mistake == Mistake.TWICE_FOR_OVERLAPPING_PREFIXES && prefixes > 1
                || mistake == Mistake.TWICE_FOR_TWO_SCOPES
                        && rules.hearsThroughOwner(device, event, scopes)
                        && rules.hearsThroughProduct(device, event, scopes);
        if (isTwice) {
            super.deliverToDevice(device, event, scopes);
        }
        if (mistake == Mistake.NOT_ATTEMPTED_IS_CHARGED && answerOf(device) == AttemptOutcome.NOT_ATTEMPTED) {
            charge(device, new Operations(0, operationsPerAttempt(event)));
        }
        if (mistake == Mistake.HOOKS_ARE_CHARGED && event.origin() == EventOrigin.HOOK) {
            chargePublish(event);
        }
    }

    @Override
    long operationsPerAttempt(final Publication event) {
        return mistake == Mistake.SYSTEM_EVENTS_ARE_CHARGED
                ? rules.units(event.payload().length())
                : super.operationsPerAttempt(event);
    }

    @Override
    void conclude(final NaiveDevice device, final long perAttempt, final AttemptOutcome outcome) {
        final boolean online = device.online;
        if (mistake == Mistake.PAUSED_PAYS_FOR_REPORTS && rules.isPaused(rules.accountOf(device))) {
            charge(device, new Operations(0, (outcome.attempts() - 1) * perAttempt));
        }
        super.conclude(device, mistake == Mistake.COUNT_ATTEMPTS_ONCE ? 0 : perAttempt, outcome);
        if (mistake == Mistake.FAILED_STAYS_ONLINE) {
            device.online = online;
        }
    }
}

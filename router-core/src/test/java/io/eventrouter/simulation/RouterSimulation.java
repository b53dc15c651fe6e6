package io.eventrouter.simulation;

import io.eventrouter.oracle.Comparison;
import io.eventrouter.oracle.CoverageMarks;
import io.eventrouter.oracle.Handed;
import io.eventrouter.oracle.NaiveRouter;
import io.eventrouter.oracle.Offered;
import io.eventrouter.oracle.Outcome;
import io.eventrouter.oracle.Step;
import io.eventrouter.status.RouterCounter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs a log through the real router and the oracle, on one thread, and compares all that comes out of the router
 * whenever it has come to rest.
 */
final class RouterSimulation {
    private final SimulationSettings settings;
    private final SimulatedRouter router;
    private final NaiveRouter oracle;
    private final CoverageMarks marks;
    private final List<String> findings = new ArrayList<>();
    private long nextMonthMs;

    private RouterSimulation(final SimulationSettings settings, final Flaw flaw, final CoverageMarks marks) {
        this.settings = settings;
        this.marks = marks;
        router = flaw.router(settings);
        oracle = flaw.oracle(settings);
        oracle.limit(settings.maxDevices(), settings.maxAccounts());
        nextMonthMs = monthBehind(settings.startMs());
    }

    /** Where a simulation goes wrong, or null if it does not. */
    static Failure run(final SimulationLog log) {
        return run(log, Flaw.NONE, new CoverageMarks());
    }

    /** Where a simulation goes wrong in which a flaw is planted; and note what situations it comes to. */
    static Failure run(final SimulationLog log, final Flaw flaw, final CoverageMarks marks) {
        final RouterSimulation simulation = new RouterSimulation(log.settings(), flaw, marks);
        try {
            return simulation.run(log.actions());
        } finally {
            simulation.router.close();
        }
    }

    private Failure run(final List<Action> actions) {
        for (int i = 0; i <= actions.size(); i++) {
            final Action action = i == actions.size() ? new Action.Settle() : actions.get(i);
            try {
                perform(action);
            } catch (final RuntimeException | Error problem) {
                findings.add(Failure.describe(problem));
            }
            if (!findings.isEmpty()) {
                return new Failure(i, action, findings);
            }
        }
        return null;
    }

    private void perform(final Action action) {
        if (action instanceof Action.Put put) {
            put(put.step());
        } else if (action instanceof Action.Run run) {
            marks.note("run for some rounds");
            router.run(run.rounds());
        } else if (action instanceof Action.Settle) {
            settle();
        } else if (action instanceof Action.Behave behave) {
            settle();
            router.handlers().behave(behave.recipient(), behave.behavior());
            tellOracleOfAnswers();
        } else if (action instanceof Action.React react) {
            router.handlers().react(react.recipient(), react.step());
        } else if (action instanceof Action.MoveClock move) {
            moveClock(move.milliseconds());
        }
    }

    private void put(final Step step) {
        if (step instanceof Step.Answer answer) {
            // What a handler answers is outside the order of the ring.
            settle();
            router.handlers().answer(answer.device(), answer.outcome());
            oracle.perform(new Step.Answer(answer.device(), router.handlers().answerOf("device:" + answer.device())));
            return;
        }
        if (settings.lanes() > 1 && Steps.grants(step)) {
            settle();
        }
        router.offer(step);
        if (Steps.registers(step)) {
            // Publishers refuse ids whose registration was not acknowledged.
            settle();
        }
    }

    private void tellOracleOfAnswers() {
        router.handlers()
                .devices()
                .forEach(device ->
                        oracle.perform(new Step.Answer(device, router.handlers().answerOf("device:" + device))));
    }

    // Ticks have their place in the ring too, so that nothing else may be in it while the clock moves.
    private void moveClock(final long milliseconds) {
        settle();
        router.moveClock(milliseconds);
        marks.note(milliseconds < 0, "clock went back");
        if (router.nowMs() >= nextMonthMs) {
            marks.note("month began");
            oracle.beginBillingMonth();
            nextMonthMs = monthBehind(router.nowMs());
        }
        settle();
    }

    private void settle() {
        router.drain();
        final List<Offer> offers = router.takeOffers();
        final List<Offered> offered = new ArrayList<>();
        final List<Outcome> outcomes = new ArrayList<>();
        if (!offers.isEmpty() && offers.get(0).isRefusedForPendingOnly()) {
            findings.add("refused for pending fan-outs when there were none: " + offers.get(0).step);
        }
        for (final Offer offer : offers) {
            final Outcome outcome = offer.isBackPressured() ? backPressured(offer) : expect(offer);
            outcomes.add(outcome);
            note(offer);
            offered.add(new Offered(offer.step, outcome.refusals(), refusalsOf(offer, outcome)));
        }
        final Outcome expected = Outcome.sum(outcomes);
        expected.counted().put(RouterCounter.DELIVERIES_HANDLER_FAILED, faulty(expected.deliveries()));
        findings.addAll(Comparison.ofRun(offered, expected, router.takeOutcome(), order()));
        findings.addAll(Comparison.ofUsage(oracle.usage(), router.usage()));
        marks.note(settings.lanes() > 1, "two lanes");
        marks.note(offers.size() > 1, "several things in the ring");
        marks.note(router.handlers().commandsWithoutRoom() > 0, "handler found no room for a command");
        marks.note(!expected.thresholds().isEmpty(), "threshold told");
    }

    /** A report that is refused at its place in the order is only counted. */
    private static Set<String> refusalsOf(final Offer offer, final Outcome expected) {
        final boolean isCountedOnly = offer.step instanceof Step.Report && offer.result >= 0;
        return isCountedOnly ? expected.refusals() : offer.refusals();
    }

    private Outcome expect(final Offer offer) {
        marks.before(offer.step, oracle);
        final Outcome outcome = oracle.perform(offer.step, offer.refusedForPending());
        marks.after(offer.step, oracle, outcome);
        if (!offer.refusedForPending().isEmpty()) {
            outcome.refusals().add(Offer.TOO_MANY_PENDING_FAN_OUTS);
        }
        return outcome;
    }

    private void note(final Offer offer) {
        final String kind = offer.step.getClass().getSimpleName();
        marks.note(offer.byHandler, "handler offered: " + kind);
        marks.note(offer.isFanOutPending, "fan-out was pending at: " + kind);
        marks.note(!offer.refusedForPending().isEmpty(), "refused for pending fan-outs");
        marks.note(offer.wasHeard() && router.handlers().behaviorOf("refusals").isFault(), "refusal handler threw");
    }

    private Outcome backPressured(final Offer offer) {
        marks.note("ring was full");
        return new Outcome(
                Set.of("BACK_PRESSURED"),
                List.of(),
                List.of(),
                offer.step instanceof Step.Report ? Map.of(RouterCounter.ATTEMPT_REPORTS_REFUSED, 1L) : Map.of(),
                List.of());
    }

    private long faulty(final List<Handed> deliveries) {
        return deliveries.stream()
                .filter(delivery ->
                        router.handlers().behaviorOf(delivery.recipient()).isFault())
                .peek(delivery ->
                        marks.note("handler threw: " + router.handlers().behaviorOf(delivery.recipient())))
                .count();
    }

    /** On several lanes only what comes of one publisher has an order. */
    private Function<Handed, String> order() {
        return settings.lanes() == 1
                ? Handed::recipient
                : delivery ->
                        delivery.publisher().equals("none") ? null : delivery.recipient() + " " + delivery.publisher();
    }

    private static long monthBehind(final long epochMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(epochMs), ZoneOffset.UTC)
                .withDayOfMonth(1)
                .plusMonths(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
    }
}

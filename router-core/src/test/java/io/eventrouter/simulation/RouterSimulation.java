package io.eventrouter.simulation;

import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.oracle.Comparison;
import io.eventrouter.oracle.CoverageMarks;
import io.eventrouter.oracle.Handed;
import io.eventrouter.oracle.KeptLedger;
import io.eventrouter.oracle.NaiveRouter;
import io.eventrouter.oracle.Offered;
import io.eventrouter.oracle.Outcome;
import io.eventrouter.oracle.Step;
import io.eventrouter.oracle.Usage;
import io.eventrouter.status.RouterCounter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Runs a log through the real router and the oracle, on one thread, and compares all that comes out of the router
 * whenever it has come to rest, and all that it has left whenever it has crashed.
 */
final class RouterSimulation {
    /** Longer than a router waits to try a disk again that has failed. */
    private static final long PATIENCE_MS = 2_000;

    private final Machine machine;
    private final SimulatedRouter router;
    private final NaiveRouter oracle;
    private final KeptLedger ledger;
    private final CoverageMarks marks;
    private final List<Offer> unanswered = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> expectedThresholds = new ArrayList<>();
    private final List<String> actualThresholds = new ArrayList<>();
    private SimulationSettings settings;
    /** Whether the oracle has seen everything that was counted. */
    private boolean isCountedFromStart = true;
    /** Whether a power cut may have taken records that were told of, as the policy allows. */
    private boolean isUsageCut;

    private long nextMonthMs;

    /** Whether a month that had to wait began while events were on their way: the oracle cannot say at which. */
    private boolean isMonthUncertain;

    private RouterSimulation(final SimulationSettings settings, final Flaw flaw, final CoverageMarks marks) {
        this.settings = settings;
        this.marks = marks;
        machine = flaw.machine(settings);
        router = flaw.router(machine);
        oracle = flaw.oracle(settings);
        ledger = new KeptLedger(settings.policies());
        start();
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
            // A router that closes waits for a disk that fails, and by the time of the real world.
            simulation.machine.stopNoMore();
            simulation.machine.fail(DiskFault.NONE);
            simulation.machine.moveClock(PATIENCE_MS);
            simulation.router.close();
        }
    }

    private Failure run(final List<Action> actions) {
        for (int i = 0; i <= actions.size(); i++) {
            final Action action = i == actions.size() ? new Action.Settle() : actions.get(i);
            try {
                performUntilStopped(action);
            } catch (final RuntimeException | Error problem) {
                findings.add(Failure.describe(problem));
            }
            if (!findings.isEmpty()) {
                return new Failure(i, action, findings);
            }
        }
        return null;
    }

    private void performUntilStopped(final Action action) {
        try {
            perform(action);
        } catch (final SimulatedDisk.Stopped stopped) {
            marks.note("stopped in the middle of an operation of the disk");
        }
        if (machine.process().hasEnded()) {
            crash(machine.powerSeedOfStop(), List.of());
        }
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
        } else if (settings.keeps()) {
            performOnDisk(action);
        }
    }

    private void performOnDisk(final Action action) {
        if (action instanceof Action.FailDisk fail) {
            failDisk(fail.fault());
        } else if (action instanceof Action.StopAtDisk stop) {
            machine.stopAt(stop.operation(), stop.powerSeed());
        } else if (action instanceof Action.Crash crash) {
            crash(crash.powerSeed(), crash.stopsAtStart());
        } else if (action instanceof Action.Restart restart) {
            restart(restart);
        } else if (action instanceof Action.AcknowledgeUsage acknowledge) {
            marks.note("usage acknowledged");
            router.acknowledgeUsage(acknowledge.butLast());
        }
    }

    private void put(final Step step) {
        if (step instanceof Step.Answer answer) {
            // What a handler answers is outside the order of the ring.
            settle();
            router.handlers().answer(answer.device(), answer.outcome());
            tellOracleOfAnswers();
            return;
        }
        if (settings.lanes() > 1 && Steps.grants(step)) {
            settle();
        }
        offer(step);
        if (Steps.registers(step)) {
            // Publishers refuse ids whose registration was not acknowledged.
            settle();
        }
    }

    private void offer(final Step step) {
        try {
            router.offer(step);
        } catch (final IllegalStateException noRoom) {
            if (machine.fault() == DiskFault.NONE) {
                throw noRoom;
            }
            marks.note("no room in the journal while the disk failed");
        }
    }

    private void tellOracleOfAnswers() {
        for (final EntityId device : router.handlers().devices()) {
            oracle.perform(new Step.Answer(device, router.handlers().answerOf("device:" + device)));
        }
    }

    // Ticks have their place in the ring too, so that nothing else may be in it while the clock moves.
    private void moveClock(final long milliseconds) {
        settle();
        jump(milliseconds);
        settle();
        if (settings.sync() == SyncPolicy.Kind.INTERVAL
                && milliseconds >= settings.syncIntervalMs()
                && machine.fault() == DiskFault.NONE) {
            ledger.makeAnsweredCertain();
        }
    }

    private void jump(final long milliseconds) {
        // A month begins with a window, and no window is closed before the last one is durable.
        final boolean isWaiting = router.isClosedWindowOnItsWay();
        machine.moveClock(milliseconds);
        marks.note(milliseconds < 0, "clock went back");
        beginMonthIfDue(isWaiting);
    }

    private void beginMonthIfDue(final boolean isWaiting) {
        if (machine.nowMs() < nextMonthMs) {
            return;
        }
        if (isWaiting) {
            marks.note("month had to wait for the disk");
        } else {
            marks.note("month began");
            oracle.beginBillingMonth();
            nextMonthMs = monthBehind(machine.nowMs());
        }
    }

    private void failDisk(final DiskFault fault) {
        settle();
        marks.note("disk: " + fault);
        machine.fail(fault);
        if (fault == DiskFault.NONE) {
            jump(PATIENCE_MS);
        }
        settle();
        if (fault == DiskFault.NONE) {
            beginMonthIfDue(false);
        }
    }

    private void settle() {
        router.drain();
        // While the disk fails, no window becomes durable, and none is told of.
        final Usage usage = machine.fault() == DiskFault.NONE ? router.usage() : null;
        if (machine.process().hasEnded()) {
            return;
        }
        final List<Offer> offers = router.takeOffers();
        final List<Offered> offered = new ArrayList<>();
        final Outcome expected = expect(offers, offered);
        expected.counted().put(RouterCounter.DELIVERIES_HANDLER_FAILED, faulty(expected.deliveries()));
        final Outcome actual = router.takeOutcome();
        hold(expected.thresholds(), expectedThresholds, usage != null);
        hold(actual.thresholds(), actualThresholds, usage != null);
        findings.addAll(Comparison.ofRun(offered, expected, actual, order()));
        if (usage != null) {
            checkUsage(usage);
        }
        checkAnswers(offers);
        marks.note(settings.lanes() > 1, "two lanes");
        marks.note(offers.size() > 1, "several things in the ring");
        marks.note(router.handlers().commandsWithoutRoom() > 0, "handler found no room for a command");
        router.takeTolerated().forEach(message -> marks.note("told of the disk"));
        isMonthUncertain |=
                machine.fault() != DiskFault.NONE && machine.nowMs() >= nextMonthMs && !router.isClosedWindowOnItsWay();
    }

    // While the disk fails, thresholds are not told of; behind a crash the oracle cannot say which are.
    private void hold(final List<String> thresholds, final List<String> held, final boolean isTold) {
        held.addAll(thresholds);
        thresholds.clear();
        if (isTold && isCountedFromStart && !isMonthUncertain) {
            thresholds.addAll(held);
        }
        if (isTold) {
            held.clear();
        }
    }

    // What was counted of events that a crash met on their way is not for the oracle to say; but then, too, totals must
    // be the sum of the records, each of them once.
    private void checkUsage(final Usage usage) {
        if (isCountedFromStart) {
            findings.addAll(Comparison.ofUsage(oracle.usage(), usage));
        } else if (!isUsageCut) {
            findings.addAll(Comparison.ofUsage(Usage.ofRows(usage.rows()), usage));
            router.consumer().checkNothingIsMissing();
            marks.note(!usage.rows().isEmpty(), "usage over several lives");
        }
    }

    /** What the oracle does with offers. */
    private Outcome expect(final List<Offer> offers, final List<Offered> offered) {
        final List<Outcome> outcomes = new ArrayList<>();
        if (!offers.isEmpty() && offers.get(0).isRefusedForPendingOnly()) {
            findings.add("refused for pending fan-outs when there were none: " + offers.get(0).step);
        }
        for (final Offer offer : offers) {
            final Outcome outcome = offer.isLeftOut() ? leftOut(offer) : expect(offer);
            outcomes.add(outcome);
            note(offer);
            offered.add(new Offered(offer.step, outcome.refusals(), refusalsOf(offer, outcome)));
        }
        return Outcome.sum(outcomes);
    }

    /** A report that is refused at its place in the order is only counted. */
    private static Set<String> refusalsOf(final Offer offer, final Outcome expected) {
        final boolean isCountedOnly = offer.step instanceof Step.Report && offer.result >= 0;
        return isCountedOnly ? expected.refusals() : offer.refusals();
    }

    private Outcome expect(final Offer offer) {
        if (offer.step instanceof Step.Apply apply && Steps.isKept(apply.command()) && offer.entry == null) {
            offer.entry = ledger.offer(apply.command());
            offer.tellEntry();
        }
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

    /** It has no place in the order, because there was no room in the ring or on the disk. */
    private Outcome leftOut(final Offer offer) {
        marks.note("left out: " + offer.refusals());
        if (offer.isStorageRefusal() && machine.fault() == DiskFault.NONE) {
            findings.add("refused for a disk that works: " + offer.step);
        }
        return new Outcome(
                offer.refusals(),
                List.of(),
                List.of(),
                offer.step instanceof Step.Report ? Map.of(RouterCounter.ATTEMPT_REPORTS_REFUSED, 1L) : Map.of(),
                List.of());
    }

    /** Everything is answered as soon as the disk works; what is answered is certain if that is the policy. */
    private void checkAnswers(final List<Offer> offers) {
        offers.stream().filter(offer -> !offer.isAnswered()).forEach(unanswered::add);
        unanswered.removeIf(Offer::isAnswered);
        marks.note(!unanswered.isEmpty(), "in force and not acknowledged, while the disk failed");
        if (machine.fault() == DiskFault.NONE) {
            unanswered.forEach(offer -> findings.add("never answered: " + offer.step));
        }
        if (settings.sync() == SyncPolicy.Kind.EVERY_BATCH) {
            ledger.makeAnsweredCertain();
        }
        ledger.advance();
        findings.addAll(ledger.takeFindings());
    }

    private long faulty(final List<Handed> deliveries) {
        return deliveries.stream()
                .map(delivery -> router.handlers().behaviorOf(delivery.recipient()))
                .filter(Behavior::isFault)
                .peek(behavior -> marks.note("handler threw: " + behavior))
                .count();
    }

    /** On several lanes only what comes of one publisher has an order. */
    private Function<Handed, String> order() {
        return settings.lanes() == 1
                ? Handed::recipient
                : delivery ->
                        delivery.publisher().equals("none") ? null : delivery.recipient() + " " + delivery.publisher();
    }

    private void crash(final long powerSeed, final List<Integer> stopsAtStart) {
        noteCrash(powerSeed);
        final Outcome expected = expect(router.takeOffers(), new ArrayList<>());
        findings.addAll(Comparison.ofCutRun(expected, router.takeDeliveries()));
        isCountedFromStart = false;
        isUsageCut |= powerSeed != 0 && settings.sync() != SyncPolicy.Kind.EVERY_BATCH;
        machine.end(powerSeed);
        router.abandon();
        if (powerSeed == 0 || settings.sync() == SyncPolicy.Kind.EVERY_BATCH) {
            ledger.makeAnsweredCertain();
        }
        marks.note(ledger.uncertain() > 0, "crash with changes in flight");
        final long keptBefore = ledger.kept();
        final long lostBefore = ledger.lost();
        findings.addAll(ledger.settle(machine.kept()));
        marks.note(ledger.kept() > keptBefore, "changes in flight were kept");
        marks.note(ledger.lost() > lostBefore, "changes in flight were lost");
        for (final int operation : stopsAtStart) {
            startAndStop(operation);
        }
        start();
    }

    private void noteCrash(final long powerSeed) {
        marks.note(powerSeed == 0 ? "killed" : "power was cut");
        marks.note(powerSeed != 0 && machine.unforcedBlocks() > 0, "power was cut with blocks that were not forced");
        marks.note(!unanswered.isEmpty(), "crash while the disk failed");
    }

    /** Start in vain: the disk stops the process. */
    private void startAndStop(final int operation) {
        machine.stopAt(operation, 0);
        try {
            router.start(settings);
        } catch (final SimulatedDisk.Stopped stopped) {
            marks.note("stopped while it started");
        }
        machine.end(0);
        router.abandon();
        checkKept(machine.kept());
    }

    private void checkKept(final SortedMap<String, String> kept) {
        if (!ledger.state().equals(kept)) {
            findings.add("KEPT changed while nobody changed it: " + ledger.state() + " is now " + kept);
        }
    }

    private void restart(final Action.Restart restart) {
        failDisk(DiskFault.NONE);
        if (machine.process().hasEnded()) {
            return;
        }
        machine.stopNoMore();
        router.close();
        isCountedFromStart = false;
        ledger.makeAnsweredCertain();
        final SortedMap<String, String> kept = machine.kept();
        findings.addAll(ledger.settle(kept));
        final long devices =
                kept.keySet().stream().filter(key -> key.startsWith("device:")).count();
        final boolean fits = devices <= restart.maxDevices() && kept.size() - devices <= restart.maxAccounts();
        final SimulationSettings before = settings;
        settings = settings.resized(restart.maxDevices(), restart.maxAccounts());
        try {
            start();
            if (!fits) {
                findings.add("started although not everything fits: " + settings);
            }
        } catch (final IllegalStateException refused) {
            if (fits) {
                throw refused;
            }
            marks.note("started with too little room");
            settings = before;
            start();
        }
        marks.note("restarted");
    }

    /** Start with what was left; sessions, free subscribers and usage are gone. */
    private void start() {
        router.start(settings);
        unanswered.clear();
        oracle.restart(ledger.restarted());
        oracle.limit(settings.maxDevices(), settings.maxAccounts());
        ledger.limit(settings.maxDevices(), settings.maxAccounts());
        tellOracleOfAnswers();
        nextMonthMs = monthBehind(machine.nowMs());
        router.takeTolerated().forEach(message -> marks.note("told at the start: " + message.split(" ", 2)[0]));
        if (settings.keeps()) {
            checkKept(machine.kept());
        }
        final SortedMap<String, String> expected = ledger.devices();
        final SortedMap<String, String> actual = router.ownership(ledger.deviceIds());
        if (!expected.equals(actual)) {
            findings.add("OWNERSHIP expected " + expected + " but was " + actual);
        }
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

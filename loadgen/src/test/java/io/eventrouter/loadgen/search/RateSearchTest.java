package io.eventrouter.loadgen.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.load.StopSignal;
import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.loadgen.scenario.Rate;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Against a router that is a rule about rates. */
final class RateSearchTest {
    private static final long TRIAL_NS = 1_000_000_000L;
    private static final long CONFIRM_NS = 4_000_000_000L;
    private static final Rate FROM = new Rate(1_000_000);

    private int made;

    @Test
    void findsTheLimitWithinThePrecision() {
        final SearchOutcome outcome = search((stage, rate) -> rate <= 12_345_678);

        final long found = outcome.limit().orElseThrow().rate().milliPerSecond();
        assertTrue(found <= 12_345_678 && found * 1.05 >= 12_345_678 * 0.999, "found=" + found);
        assertTrue(outcome.upper().orElseThrow().milliPerSecond() > 12_345_678);
        assertEquals(SearchOutcome.Confidence.CONFIRMED, outcome.confidence());
        assertEquals(SearchOutcome.BoundedBy.ROUTER, outcome.boundedBy());
        assertEquals(Trial.Stage.CONFIRM, outcome.limit().get().stage());
        assertEquals(Verdict.Outcome.MET, outcome.verdict());
        assertTrue(outcome.sentence().contains("longer run of 4.00 s"), outcome.sentence());
        assertFalse(outcome.sentence().contains("tried again"), outcome.sentence());
    }

    @Test
    void goesDownWhenTheFirstRateIsTooHigh() {
        final SearchOutcome outcome = search((stage, rate) -> rate <= 9_999);

        final long found = outcome.limit().orElseThrow().rate().milliPerSecond();
        assertTrue(found <= 9_999 && found * 1.05 >= 9_990, "found=" + found);
    }

    @Test
    void goesBackALittleWhenALongerRunDoesNotHold() {
        final SearchOutcome outcome =
                search((stage, rate) -> rate <= (stage == Trial.Stage.CONFIRM ? 5_000_000 : 6_000_000));

        final long found = outcome.limit().orElseThrow().rate().milliPerSecond();
        assertTrue(found <= 5_000_000 && found >= 4_300_000, "found=" + found);
        assertEquals(SearchOutcome.Confidence.CONFIRMED_AFTER_RETREAT, outcome.confidence());
    }

    @Test
    void saysWhenNoLongerRunHolds() {
        final SearchOutcome outcome = search((stage, rate) -> stage != Trial.Stage.CONFIRM && rate <= 6_000_000);

        assertEquals(SearchOutcome.Confidence.UNCONFIRMED, outcome.confidence());
        assertEquals(Verdict.Outcome.NOT_MET, outcome.verdict());
        assertTrue(outcome.limit().isPresent());
        final Trial last = outcome.trials().get(outcome.trials().size() - 1);
        assertTrue(
                outcome.sentence()
                        .endsWith("So nothing is confirmed, and there is no rate to plan with: at "
                                + Figures.rate(last.rate().perSecond())
                                + " events/s longer runs still failed: so says the rule. Short trials are lucky here:"
                                + " search again with a longer --trial."),
                outcome.sentence());
    }

    @Test
    void saysWhenNoRateHolds() {
        final SearchOutcome outcome = search((stage, rate) -> false);

        assertEquals(Optional.empty(), outcome.limit());
        assertEquals(Verdict.Outcome.NOT_MET, outcome.verdict());
        assertTrue(outcome.sentence().startsWith("No rate held the objective"), outcome.sentence());
        assertTrue(outcome.sentence().contains("whether this fleet can meet the objective"), outcome.sentence());
    }

    @Test
    void doesNotGoDownToTrialsWithoutAnEvent() {
        final SearchOutcome outcome = search((stage, rate) -> false);

        // A trial takes a second: 1,000 events a second, halved ten times, is less than one event.
        assertEquals(
                Math.round(FROM.milliPerSecond() / 1024.0),
                outcome.upper().orElseThrow().milliPerSecond());
        assertEquals(2 * 11, outcome.trials().size());
    }

    @Test
    void onlyARateThatFailsTwiceHasFailed() {
        // Every third trial is spoilt by something else on the machine.
        final SearchOutcome outcome = search((stage, rate) -> rate <= 12_345_678 && made % 3 != 0);

        final long found = outcome.limit().orElseThrow().rate().milliPerSecond();
        assertTrue(found >= 12_345_678 * 0.85 && found <= 12_345_678, "found=" + found);
        assertTrue(outcome.sentence().contains("held only when tried again"), outcome.sentence());
    }

    @Test
    void aFirstTrialThatIsSpoiltNeitherHalvesTheRateNorIsHidden() {
        final SearchOutcome outcome = search((stage, rate) -> rate <= 12_345_678 && made != 1);

        assertEquals(FROM, outcome.trials().get(1).rate());
        assertEquals(2 * FROM.milliPerSecond(), outcome.trials().get(2).rate().milliPerSecond());
        assertEquals(Verdict.Outcome.NOT_MET, outcome.trials().get(0).verdict().outcome());
        assertEquals(Verdict.Outcome.MET, outcome.trials().get(1).verdict().outcome());
        assertTrue(
                outcome.sentence()
                        .endsWith("One rate held only when tried again: verdicts of single trials are unsure here."),
                outcome.sentence());
    }

    @Test
    void aConfirmingRunThatIsSpoiltIsMadeAgainAndCostsNoRate() {
        for (final Verdict.Outcome spoilt : List.of(Verdict.Outcome.NOT_MET, Verdict.Outcome.INVALID)) {
            final SearchOutcome outcome = confirming(spoilt, Verdict.Outcome.MET);

            assertEquals(List.of(spoilt, Verdict.Outcome.MET), outcomesOfConfirmations(outcome));
            assertEquals(SearchOutcome.Confidence.CONFIRMED, outcome.confidence(), spoilt.toString());
            assertEquals(
                    confirmations(outcome).get(0).rate(),
                    outcome.limit().orElseThrow().rate());
            assertTrue(outcome.sentence().contains("One rate held only when tried again"), outcome.sentence());
        }
    }

    @Test
    void goesBackOnlyWhenTwoConfirmingRunsFailAndReportsTheRateThatDid() {
        final SearchOutcome outcome = confirming(Verdict.Outcome.NOT_MET, Verdict.Outcome.NOT_MET, Verdict.Outcome.MET);

        final List<Trial> confirmations = confirmations(outcome);
        assertEquals(3, confirmations.size());
        assertEquals(confirmations.get(0).rate(), confirmations.get(1).rate());
        assertEquals(
                Math.round(confirmations.get(0).rate().milliPerSecond() * 0.9),
                outcome.limit().orElseThrow().rate().milliPerSecond());
        assertEquals(confirmations.get(0).rate(), outcome.upper().orElseThrow());
        assertEquals(SearchOutcome.Confidence.CONFIRMED_AFTER_RETREAT, outcome.confidence());
    }

    @Test
    void invalidConfirmingRunsAreNoFailures() {
        final SearchOutcome outcome = confirming(
                Verdict.Outcome.INVALID, Verdict.Outcome.NOT_MET, Verdict.Outcome.INVALID, Verdict.Outcome.MET);

        assertEquals(4, confirmations(outcome).size());
        assertEquals(SearchOutcome.Confidence.CONFIRMED, outcome.confidence());
        assertEquals(
                confirmations(outcome).get(0).rate(),
                outcome.limit().orElseThrow().rate());
    }

    @Test
    void endsAtTheSameRateWhenItsConfirmingRunsStayInvalid() {
        final SearchOutcome outcome =
                confirming(Verdict.Outcome.INVALID, Verdict.Outcome.INVALID, Verdict.Outcome.INVALID);

        final List<Trial> confirmations = confirmations(outcome);
        assertEquals(3, confirmations.size());
        assertEquals(1, confirmations.stream().map(Trial::rate).distinct().count());
        assertEquals(confirmations.get(0).rate(), outcome.limit().orElseThrow().rate());
        assertEquals(SearchOutcome.Confidence.UNCONFIRMED, outcome.confidence());
        assertTrue(outcome.sentence().contains("3 longer runs at"), outcome.sentence());
        assertTrue(outcome.sentence().contains("said nothing about the router: so says the rule"), outcome.sentence());
        assertTrue(
                outcome.sentence().contains("nothing is confirmed, and there is no rate to plan with: what an invalid"),
                outcome.sentence());
        assertTrue(outcome.sentence().contains("search again when nothing else runs on"), outcome.sentence());
    }

    @Test
    void makesAConfirmingRunNotAgainWhenItIsAskedToEnd() {
        final StopSignal stop = new StopSignal();
        final SearchOutcome outcome = run(
                (stage, rate) -> {
                    if (stage == Trial.Stage.CONFIRM) {
                        stop.request();
                        return Verdict.Outcome.INVALID;
                    }
                    return rate <= 5_000_000 ? Verdict.Outcome.MET : Verdict.Outcome.NOT_MET;
                },
                stop);

        assertEquals(1, confirmations(outcome).size());
        assertFalse(outcome.sentence().contains("longer runs"), outcome.sentence());
    }

    @Test
    void saysWhenItWasTheGeneratorThatFailed() {
        final SearchOutcome outcome = run(
                (stage, rate) -> rate <= 5_000_000 ? Verdict.Outcome.MET : Verdict.Outcome.INVALID, new StopSignal());

        assertEquals(SearchOutcome.BoundedBy.GENERATOR, outcome.boundedBy());
        assertTrue(outcome.sentence().contains("the router may do more"), outcome.sentence());
    }

    @Test
    void endsWhenItIsAskedTo() {
        final StopSignal stop = new StopSignal();
        final SearchOutcome outcome = run(
                (stage, rate) -> {
                    if (made == 3) {
                        stop.request();
                    }
                    return Verdict.Outcome.MET;
                },
                stop);

        assertEquals(3, outcome.trials().size());
        assertEquals(SearchOutcome.BoundedBy.NOTHING, outcome.boundedBy());
        assertEquals(SearchOutcome.Confidence.UNCONFIRMED, outcome.confidence());
    }

    /** A search whose confirming runs come out as given, one after the other; trials hold up to a rate. */
    private SearchOutcome confirming(final Verdict.Outcome... outcomes) {
        final Iterator<Verdict.Outcome> next = List.of(outcomes).iterator();
        return run(
                (stage, rate) -> stage == Trial.Stage.CONFIRM
                        ? next.next()
                        : rate <= 5_000_000 ? Verdict.Outcome.MET : Verdict.Outcome.NOT_MET,
                new StopSignal());
    }

    private static List<Trial> confirmations(final SearchOutcome outcome) {
        return outcome.trials().stream()
                .filter(trial -> trial.stage() == Trial.Stage.CONFIRM)
                .toList();
    }

    private static List<Verdict.Outcome> outcomesOfConfirmations(final SearchOutcome outcome) {
        return confirmations(outcome).stream()
                .map(trial -> trial.verdict().outcome())
                .toList();
    }

    private SearchOutcome search(final BiFunction<Trial.Stage, Long, Boolean> holds) {
        return run(
                (stage, rate) -> holds.apply(stage, rate) ? Verdict.Outcome.MET : Verdict.Outcome.NOT_MET,
                new StopSignal());
    }

    private SearchOutcome run(final BiFunction<Trial.Stage, Long, Verdict.Outcome> rule, final StopSignal stop) {
        final Trials trials = (stage, rate, durationNs) -> {
            made++;
            return new Trial(
                    stage,
                    rate,
                    durationNs,
                    null,
                    new Verdict(rule.apply(stage, rate.milliPerSecond()), List.of(), List.of("so says the rule")));
        };
        return new RateSearch(trials, stop, TRIAL_NS, CONFIRM_NS, 0.05).run(FROM);
    }
}

package io.eventrouter.loadgen.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.loadgen.load.Verdict.Outcome;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Objective;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 1,000 events with one delivery each; an objective of 1 ms and nothing refused; lag of up to 5 ms allowed. */
final class VerdictTest {
    private static final long MS = 1_000_000;
    private static final Scenario SCENARIO =
            ScenarioFile.parse("test", "test", """
            devices: [{name: d, count: 1, publishes: [{name: x, every: 1s}]}]
            load: {max-lag: 5ms}
            objective: {p99: 1ms, refused: 1%}
            """).scenario();

    private long latencyNs = MS / 2;
    private long handoverNs = MS / 2;
    private long lagNs = MS / 10;
    private long inTime = 1_000;
    private long accepted = 1_000;
    private long refusedLate;
    private Map<String, Long> refusedAtPlace = Map.of();
    private long excused;
    private boolean isDrained = true;
    private int delivered = 1_000;
    private long compilingNs = 200 * MS;

    @Test
    void isMetWhenEverythingHolds() {
        accepted = 990;
        assertVerdict(Outcome.MET, "every part of the objective holds");
    }

    @Test
    void isNotMetWhenTheRouterIsTooSlow() {
        latencyNs = 3 * MS;
        handoverNs = 2 * MS;
        assertVerdict(Outcome.NOT_MET, "p99 was 3.00");
    }

    @Test
    void isInvalidWhenOnlyTheGeneratorMadeItLate() {
        latencyNs = 3 * MS;
        handoverNs = MS / 2;
        assertVerdict(Outcome.INVALID, "counted from the hand-over it holds");
    }

    @Test
    void isNotMetWhenTooManyAreRefused() {
        accepted = 989;
        assertVerdict(Outcome.NOT_MET, "1.1000% of the events were refused, more than 1.0000%");
    }

    @Test
    void isNotMetWhenTooManyAreRefusedAtTheirPlace() {
        accepted = 995;
        refusedAtPlace = Map.of("too many pending fan-outs", 6L);
        assertVerdict(Outcome.NOT_MET, "1.1000% of the events were refused, more than 1.0000%");
    }

    @Test
    void isInvalidWhenTheyWereRefusedBecauseTheGeneratorWasLate() {
        accepted = 900;
        refusedLate = 95;
        assertVerdict(Outcome.INVALID, "but while the generator was late");
    }

    @Test
    void isInvalidWhenTheGeneratorDidNotKeepTheSchedule() {
        inTime = 998;
        assertVerdict(Outcome.INVALID, "only 99.80% of the events were handed over before the end");
    }

    @Test
    void isNotMetWhenTheScheduleWasHeldUpByTheRouter() {
        inTime = 900;
        excused = 120;
        assertVerdict(Outcome.NOT_MET, "had to wait for room in the router");
    }

    @Test
    void isInvalidWhenTheGeneratorWasLaterThanItMayBe() {
        lagNs = 6 * MS;
        assertVerdict(Outcome.INVALID, "more than max-lag, 5.000 ms");
    }

    @Test
    void isNotMetWhenTheRouterDoesNotGetThroughAtAll() {
        isDrained = false;
        assertVerdict(Outcome.NOT_MET, "had not delivered everything");
        delivered = 0;
        assertVerdict(Outcome.NOT_MET, "had not delivered everything");
    }

    @Test
    void judgesNoLatencyWhereNothingWasDelivered() {
        delivered = 0;
        assertVerdict(Outcome.INVALID, "nothing was delivered, so there is no latency to judge");
        assertEquals(
                List.of("refused"),
                Verdict.of(SCENARIO.objective(), SCENARIO.load(), figures()).checks().stream()
                        .map(Verdict.Check::figure)
                        .toList());
    }

    @Test
    void saysThatTheJvmWasStillCompilingWhenSomethingWasMissed() {
        compilingNs = 201 * MS;
        assertVerdict(Outcome.MET, "every part of the objective holds");
        latencyNs = 3 * MS;
        handoverNs = 2 * MS;
        assertVerdict(Outcome.NOT_MET, "the JVM was still compiling, 0.20 s of 1.00 s");

        compilingNs = 200 * MS;
        assertEquals(
                1,
                Verdict.of(SCENARIO.objective(), SCENARIO.load(), figures())
                        .reasons()
                        .size());
    }

    @Test
    void saysNothingAboutAnObjectiveThatThereIsNot() {
        final Verdict verdict = Verdict.of(new Objective(List.of(), 0, false), SCENARIO.load(), figures());
        assertEquals(Outcome.NONE, verdict.outcome());
    }

    private void assertVerdict(final Outcome outcome, final String reason) {
        final Load load = SCENARIO.load();
        final Verdict verdict = Verdict.of(SCENARIO.objective(), load, figures());
        assertEquals(outcome, verdict.outcome(), verdict.reasons().toString());
        assertTrue(
                String.join("; ", verdict.reasons()).contains(reason),
                verdict.reasons().toString());
    }

    private LoadFigures figures() {
        final Latencies latencies = new Latencies();
        final IntervalHistograms histograms = new IntervalHistograms(DeliveryRecorder.HANDOVER + 1);
        for (int i = 0; i < delivered; i++) {
            histograms.record(RecipientKind.DEVICE.ordinal(), latencyNs);
            histograms.record(DeliveryRecorder.HANDOVER, handoverNs);
        }
        for (int i = 0; i < 1_000; i++) {
            latencies.lag().recordValue(lagNs);
        }
        histograms.finish(latencies::addDeliveries);
        return new LoadFigures(
                Instant.EPOCH,
                Ended.COMPLETE,
                new EventCounts(1_000, 1_000, inTime, accepted, refusedLate, excused, Map.of(), refusedAtPlace, 0, 0),
                0,
                0,
                null,
                latencies,
                List.of(),
                Map.of(),
                1_000 * MS,
                MS,
                isDrained,
                compilingNs,
                0,
                0);
    }
}

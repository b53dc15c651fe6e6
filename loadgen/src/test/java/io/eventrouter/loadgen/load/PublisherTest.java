package io.eventrouter.loadgen.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.HookTopics;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Phase;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Time is what the test says it is. */
final class PublisherTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = 77_777;

    private static final Scenario SCENARIO =
            ScenarioFile.parse("test", "test", """
            accounts: [{name: a}]
            products: [{name: p, account: a}]
            devices: [{name: d, count: 10, product: p, publishes: [{name: asked, every: 1s}]}]
            integrations: [{name: i, product: p, event: ask, response-size: 5B}]
            """).scenario();
    private static final Scenario UNANSWERED = ScenarioFile.parse(
                    "test", "test", "devices: [{name: d, count: 10, publishes: [{name: x, every: 1s}]}]")
            .scenario();

    /** Takes events and remembers when they were due. */
    private final class Sink implements EventSink {
        private final List<Long> dueNs = new ArrayList<>();
        private final List<Integer> batches = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        private int room = Integer.MAX_VALUE;

        @Override
        public int publishAll(final EventDraft[] drafts, final int count, final long[] results) {
            batches.add(count);
            int accepted = 0;
            for (int i = 0; i < count; i++) {
                dueNs.add(EventStamp.dueNs(drafts[i].correlationId()));
                log.add("event");
                results[i] = accepted < room ? dueNs.size() : PublishResult.BACK_PRESSURED;
                accepted += results[i] >= 0 ? 1 : 0;
            }
            room -= accepted;
            return accepted;
        }

        @Override
        public long publishAnswer(final HookTopics topics, final boolean isError, final EventDraft draft) {
            log.add("answer " + draft.nameBuffer().getStringWithoutLengthAscii(0, draft.nameLength()) + " "
                    + draft.payloadLength() + " bytes");
            return 0;
        }
    }

    private final Sink sink = new Sink();
    private long nowNs = START_NS;

    @Test
    void publishesNothingBeforeItIsDue() {
        final Publisher publisher = publisher(UNANSWERED, PublisherChanges.NONE);

        publisher.runOnce(START_NS);
        publisher.runOnce(START_NS);
        assertEquals(List.of(0L), sink.dueNs);

        nowNs = START_NS + MS - 1;
        publisher.runOnce(START_NS);
        assertEquals(List.of(0L), sink.dueNs);

        nowNs = START_NS + MS;
        publisher.runOnce(START_NS);
        assertEquals(List.of(0L, MS), sink.dueNs);
    }

    @Test
    void aLatePublisherNeitherSkipsNorShiftsAnEvent() {
        final Publisher publisher = publisher(UNANSWERED, PublisherChanges.NONE);
        nowNs = START_NS + 50 * MS + MS / 2;

        runUntilIdle(publisher);

        assertEquals(51, sink.dueNs.size());
        for (int n = 0; n <= 50; n++) {
            assertEquals(n * MS, sink.dueNs.get(n));
        }
        assertEquals(List.of(16, 16, 16, 3), sink.batches);
        final Histogram lags = lags(publisher);
        assertEquals(51, lags.getTotalCount());
        assertTrue(lags.valuesAreEquivalent(lags.getMaxValue(), 50 * MS + MS / 2));
        assertTrue(lags.valuesAreEquivalent(lags.getMinValue(), MS / 2));
    }

    @Test
    void aRefusedEventIsCountedAndNotTriedAgain() {
        final Publisher publisher = publisher(UNANSWERED, PublisherChanges.NONE);
        sink.room = 10;
        nowNs = START_NS + 15 * MS;

        runUntilIdle(publisher);

        assertEquals(16, sink.dueNs.size());
        assertEquals(16, publisher.counts().offered());
        assertEquals(10, publisher.counts().accepted());
        assertEquals(6, publisher.counts().refused(PublishResult.BACK_PRESSURED));
        // Of those that were refused, events 10 to 15, the first was 5 ms late, which is as late as it may be.
        assertEquals(0, publisher.counts().refusedLate());
    }

    @Test
    void whatIsRefusedWhileItIsTooLateIsToldApart() {
        final Publisher publisher = publisher(UNANSWERED, PublisherChanges.NONE);
        sink.room = 2;
        nowNs = START_NS + 15 * MS;

        runUntilIdle(publisher);

        // Events 2 to 9 were more than 5 ms late, 10 to 15 were not.
        assertEquals(14, publisher.counts().refused(PublishResult.BACK_PRESSURED));
        assertEquals(8, publisher.counts().refusedLate());
    }

    @Test
    void whatIsHandedOverAfterTheEndIsNotInTime() {
        final Publisher publisher = publisher(UNANSWERED, PublisherChanges.NONE);
        nowNs = START_NS + 60 * MS;
        runUntilIdle(publisher);
        nowNs = START_NS + 101 * MS;
        runUntilIdle(publisher);

        assertEquals(100, publisher.counts().offered());
        assertEquals(61, publisher.counts().inTime());
        assertFalse(publisher.runOnce(START_NS));
    }

    @Test
    void givesUpWhenItIsHopelesslyLateAndSaysWhatIsLeft() {
        final Publisher publisher = publisher(UNANSWERED, PublisherChanges.NONE);
        nowNs = START_NS + 3_000 * MS;

        publisher.run(START_NS, new StopSignal());

        assertTrue(publisher.hasGivenUp());
        assertEquals(16, publisher.counts().offered());
        assertEquals(84, publisher.skipped(Arrivals.NONE));
    }

    @Test
    void stopsWhenItIsAskedTo() {
        final Publisher publisher = publisher(UNANSWERED, PublisherChanges.NONE);
        final StopSignal stop = new StopSignal();
        stop.request();

        publisher.run(START_NS, stop);

        assertEquals(0, publisher.counts().offered());
        assertFalse(publisher.isThrough());
        assertEquals(6, publisher.skipped(6 * MS));
    }

    @Test
    void anAnswerComesDirectlyBehindTheEventThatTriggeredIt() {
        final Publisher publisher = publisher(SCENARIO, PublisherChanges.NONE);
        nowNs = START_NS + MS;

        runUntilIdle(publisher);

        assertEquals(List.of("event", "answer asked 5 bytes", "event", "answer asked 5 bytes"), sink.log);
        assertEquals(2, publisher.counts().answers());
    }

    @Test
    void aRefusedEventIsNotAnswered() {
        final Publisher publisher = publisher(SCENARIO, PublisherChanges.NONE);
        sink.room = 0;

        runUntilIdle(publisher);

        assertEquals(List.of("event"), sink.log);
    }

    @Test
    void changesOfTheFleetHaveTheirPlaceBetweenTheEvents() {
        final Publisher publisher = publisher(UNANSWERED, new OneChange(2 * MS, false));
        nowNs = START_NS + 4 * MS;

        runUntilIdle(publisher);

        assertEquals(List.of("event", "event", "change", "event", "event", "event"), sink.log);
        assertEquals(5, lags(publisher).getTotalCount());
    }

    @Test
    void lagBehindAChangeThatWaitedForRoomIsExcusedUntilItHasCaughtUp() {
        final Publisher publisher = publisher(UNANSWERED, new OneChange(2 * MS, true));
        nowNs = START_NS + 4 * MS;
        runUntilIdle(publisher);
        nowNs = START_NS + 5 * MS;
        runUntilIdle(publisher);

        assertEquals(3, publisher.counts().excused());
        assertEquals(3, lags(publisher).getTotalCount());
    }

    /** A change that does or does not have to wait for room. */
    private final class OneChange implements PublisherChanges {
        private final boolean waits;
        private long dueNs;
        private boolean isCatchingUp;

        private OneChange(final long dueNs, final boolean waits) {
            this.dueNs = dueNs;
            this.waits = waits;
        }

        @Override
        public long dueNs() {
            return dueNs;
        }

        @Override
        public void perform() {
            sink.log.add("change");
            dueNs = Arrivals.NONE;
            isCatchingUp = waits;
        }

        @Override
        public void caughtUp() {
            isCatchingUp = false;
        }

        @Override
        public boolean isCatchingUp() {
            return isCatchingUp;
        }
    }

    /** 100 events, one every millisecond; late from 5 ms on, hopelessly from 2 s on. */
    private Publisher publisher(final Scenario scenario, final PublisherChanges changes) {
        final Load load = new Load(
                Optional.empty(), false, 1, 0, 5 * MS, List.of(new Phase.Constant(100 * MS, Phase.RelativeRate.FULL)));
        return new Publisher(
                () -> nowNs,
                new EventMix(scenario, new FleetPlan(scenario)),
                sink,
                changes,
                new Schedule(load, new Rate(1_000_000)).arrivals(0, 1, 0),
                new PublisherLimits(100 * MS, 5 * MS, 2_000 * MS, true));
    }

    private void runUntilIdle(final Publisher publisher) {
        int before = -1;
        while (before != sink.log.size()) {
            before = sink.log.size();
            publisher.runOnce(START_NS);
        }
    }

    private static Histogram lags(final Publisher publisher) {
        final Histogram lags = IntervalHistograms.newHistogram();
        publisher.lags().finish(interval -> lags.add(interval.of(0)));
        return lags;
    }
}

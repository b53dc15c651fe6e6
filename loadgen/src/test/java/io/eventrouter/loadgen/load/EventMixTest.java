package io.eventrouter.loadgen.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Phase;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class EventMixTest {
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final int EVENTS = 300_000;
    private static final String TEXT = """
            accounts: [{name: a}, {name: ann, kind: user, count: 3}]
            products: [{name: p, account: a, count: 7}]
            devices:
              - name: d
                count: 1000
                product: p
                spread: {zipf: 1}
                publishes:
                  - {name: "x/{topic}/{device}", every: 1s, size: {uniform: [1B, 900B]}, topics: 100, skew: {zipf: 1}}
                  - {name: y, every: 2s}
            broadcasts:
              - {name: z, product: p, every: 1s}
              - {name: w, account: ann, every: 1s}
            """;

    @Test
    void theSameSeedGivesTheSameEventsInWhateverOrderTheyAreAskedFor() {
        final EventMix mix = mix(TEXT, 1);
        final List<String> forwards = new ArrayList<>();
        final List<String> backwards = new ArrayList<>();
        for (int n = 0; n < 10_000; n++) {
            forwards.add(event(mix, n));
            backwards.add(event(mix, 9_999 - n));
        }
        Collections.reverse(backwards);

        assertEquals(forwards, backwards);
        assertEquals(forwards.subList(0, 100), events(mix(TEXT, 1), 100));
        assertNotEquals(forwards.subList(0, 100), events(mix(TEXT, 2), 100));
    }

    @Test
    void everyEventIsOneThatTheRouterTakesAndNamedAfterItsDevice() {
        final EventMix mix = mix(TEXT, 1);
        int named = 0;
        for (int n = 0; n < 10_000; n++) {
            final EventDraft draft = fill(mix, n);
            final String name = name(draft);
            if (name.startsWith("x/")) {
                assertTrue(name.endsWith("/" + EntityId.toText(draft.idHigh(), draft.idLow())), name);
                named++;
            }
            assertTrue("xyzw".indexOf(name.charAt(0)) >= 0, name);
            assertEquals(0, draft.validate(), name);
        }
        assertTrue(named > 6_000);
    }

    @Test
    void aMixForWarmingUpHasSomeOfEachKind() {
        final EventMix rare = mix(TEXT.replace("w, account: ann, every: 1s", "w, account: ann, every: 365day"), 1);

        assertEquals(0, eventsNamedW(rare));
        final long some = eventsNamedW(rare.withShareOfAtLeast(1 / 100.0));
        assertTrue(some > 50 && some < 150, "some=" + some);
    }

    private static long eventsNamedW(final EventMix mix) {
        return IntStream.range(0, 10_000)
                .filter(n -> name(fill(mix, n)).equals("w"))
                .count();
    }

    @Test
    void makingEventsAllocatesNothing() {
        final Scenario scenario = ScenarioFile.load("unclaimed-fleet").scenario();
        final Rate rate = new Rate(Rate.MAX_MILLI_PER_SECOND);
        final Phase.Constant hour = new Phase.Constant(HOUR_NS, Phase.RelativeRate.FULL);
        final Load load = new Load(Optional.of(rate), false, 1, 0, HOUR_NS, List.of(hour));
        final long startNs = System.nanoTime();
        final Publisher publisher = new Publisher(
                SystemNanoClock.INSTANCE,
                new EventMix(scenario, new FleetPlan(scenario)),
                new EventSink.Nothing(),
                PublisherChanges.NONE,
                new Schedule(load, rate).arrivals(0, 1, 0),
                new PublisherLimits(HOUR_NS, HOUR_NS, HOUR_NS, false));
        publishUpTo(EVENTS, publisher, startNs);

        final long before = Allocation.bytesOf(Thread.currentThread());
        publishUpTo(2 * EVENTS, publisher, startNs);
        final long allocated = Allocation.bytesOf(Thread.currentThread()) - before;

        assertEquals(0, (double) allocated / EVENTS, 0.1);
    }

    private static void publishUpTo(final long events, final Publisher publisher, final long startNs) {
        while (publisher.counts().offered() < events) {
            publisher.runOnce(startNs);
        }
    }

    @Test
    @Timeout(300)
    void theCeilingIsWhatTheGeneratorDoes() {
        final Scenario scenario = ScenarioFile.load("unclaimed-fleet").scenario();
        final EventMix mix = new EventMix(scenario, new FleetPlan(scenario));
        long durationNs = 50_000_000;
        Ceiling ceiling;
        do {
            // However long it takes on a machine that has other things to do.
            durationNs *= 2;
            ceiling = Ceiling.measure(mix, 1, durationNs);
        } while (ceiling.eventsPerSecond() * durationNs / 2 < EVENTS * 1e9);

        assertEquals(0, ceiling.allocatedBytesPerEvent(), 0.1);
    }

    private static EventMix mix(final String text, final long seed) {
        final Scenario scenario =
                ScenarioFile.parse("test", "test", text).scenario().withSeed(seed);
        return new EventMix(scenario, new FleetPlan(scenario));
    }

    private static List<String> events(final EventMix mix, final int count) {
        final List<String> events = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            events.add(event(mix, n));
        }
        return events;
    }

    private static EventDraft fill(final EventMix mix, final long n) {
        final EventDraft draft = new EventDraft();
        mix.fill(draft, mix.bits(n), NameTable.scratch());
        return draft;
    }

    private static String name(final EventDraft draft) {
        return draft.nameBuffer().getStringWithoutLengthAscii(0, draft.nameLength());
    }

    private static String event(final EventMix mix, final long n) {
        final EventDraft draft = fill(mix, n);
        return draft.origin() + " " + EntityId.toText(draft.idHigh(), draft.idLow()) + " " + draft.productId() + " "
                + name(draft) + " " + draft.payloadLength();
    }
}

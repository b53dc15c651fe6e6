package io.eventrouter.loadgen.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LoadedRouterTest {
    private static final String EVERYTHING = """
            accounts: [{name: acme, count: 2}, {name: ann, kind: user}]
            products: [{name: p, account: acme, count: 3}]
            devices:
              - name: claimed
                count: 1000
                product: p
                spread: {zipf: 1}
                claimed-by: customers
                claimed-share: 70%
                devices-per-owner: 3
                claims: 100/s
                online: 90%
                session: 3s
                attempts: {first: 90%, second: 5%, third: 3%, never: 2%}
                subscriptions: ["{device}/hook-response/", {prefix: "t/{topic}", share: 20%, topics: 50, count: 2}]
                publishes:
                  - {name: "t/{topic}/v", every: 1s, size: {uniform: [0B, 2KiB]}, topics: 50, skew: {zipf: 1}}
                  - {name: ask, every: 5s}
              - {name: mine, count: 50, claimed-by: account, owner: ann, claimed-share: 50%,
                 subscriptions: [m], publishes: [{name: mine, every: 1s}]}
              - {name: nowhere, count: 5, publishes: [{name: lost, every: 1s}]}
            integrations:
              - {name: asked, product: p, event: ask, response-size: {uniform: [1B, 1500B]}, error-share: 10%}
              - {name: own, account: ann, event: mine, response-size: 10B}
              - {name: all, account: acme, event: t}
            logic: [{name: l, product: p, event: t/topic1/v}]
            streams: [{name: s, account: acme}]
            broadcasts: [{name: t/topic3, product: p, every: 10s}, {name: m, account: ann, every: 10s}]
            reconnect-storm: {after: 200ms, share: 20%, rate: 1k/s}
            load: {rate: 20k/s, warm-up: 100ms, max-lag: 1h, phases: [{for: 300ms}, {for: 500ms, rate: 50%, to: 150%}]}
            router: {ring-slots: 262144}
            """;

    @Test
    void theSameScenarioAndSeedGiveTheSameCounts() {
        final List<Long> first = counts(run(EVERYTHING, 1));

        assertEquals(first, counts(run(EVERYTHING, 1)));
        assertNotEquals(first, counts(run(EVERYTHING, 2)));
    }

    @Test
    void aFleetIsNotLoadedToItsEndWhenItIsAskedToStop() {
        final Scenario scenario = ScenarioFile.parse("test", "test", EVERYTHING.replace("count: 1000", "count: 100k"))
                .scenario();
        final StopSignal stop = new StopSignal();
        stop.request();

        final ReplayFailedException interrupted =
                assertThrows(ReplayFailedException.class, () -> LoadedRouter.launch(scenario, stop, LoadListener.NONE));

        assertEquals("interrupted while the fleet was loaded, so nothing ran", interrupted.getMessage());
    }

    @Test
    void theSumsAddUp() {
        final LoadFigures figures = run(EVERYTHING, 3);
        final CounterSample counters = figures.counters();
        final EventCounts events = figures.events();

        assertEquals(Ended.COMPLETE, figures.ended());
        assertEquals(6_000 + 10_000, events.scheduled());
        assertEquals(events.scheduled(), events.offered());
        assertEquals(events.offered(), events.accepted());
        assertEquals(0, figures.changesFailed());
        assertTrue(figures.changes() > 200 * 3, "changes=" + figures.changes());
        assertTrue(events.answers() > 0);
        assertEquals(
                counters.get(RouterCounter.EVENTS_ACCEPTED),
                counters.get(RouterCounter.EVENTS_ROUTED) + counters.get(RouterCounter.EVENTS_UNROUTABLE));
        // What three failed attempts have made of a device and what changed meanwhile is delivered too.
        assertTrue(counters.get(RouterCounter.DEVICES_TIMED_OUT) > 0);
        for (final RouterCounter deliveries : List.of(
                RouterCounter.DELIVERIES_TO_DEVICES,
                RouterCounter.DELIVERIES_TO_INTEGRATIONS,
                RouterCounter.DELIVERIES_TO_LOGIC_FUNCTIONS,
                RouterCounter.DELIVERIES_TO_STREAMS)) {
            assertTrue(counters.get(deliveries) > 0, deliveries.toString());
        }
        assertEquals(
                counters.get(RouterCounter.DELIVERIES_TO_DEVICES),
                figures.latencies().of(RecipientKind.DEVICE).getTotalCount());
        assertEquals(counters.deliveries(), figures.latencies().all().getTotalCount());
        assertEquals(counters.deliveries(), figures.latencies().handover().getTotalCount());
        assertEquals(
                counters.operations(),
                figures.accounts().values().stream()
                        .mapToLong(totals -> totals.total())
                        .sum());
    }

    /** An answer of 98 chunks for everybody: more fan-outs at once than may be pending. */
    @Test
    void whatIsRefusedAtItsPlaceIsCountedWithItsReasonAndAgainstTheObjective() {
        final String scenario = """
                accounts: [{name: acme}]
                products: [{name: p, account: acme}]
                devices: [{name: d, count: 10k, product: p, subscriptions: [hook-response/],
                           publishes: [{name: ask, every: 1s}]}]
                integrations: [{name: i, product: p, event: ask, response-size: 49KiB,
                                response-topic: "hook-response/{{PARTICLE_EVENT_NAME}}"}]
                load: {rate: 10/s, warm-up: 0s, max-lag: 1h, phases: [{for: 100ms}]}
                objective: {refused: 0%}
                """;
        final LoadFigures figures = run(scenario, 1);
        final EventCounts events = figures.events();

        assertEquals(1, events.accepted());
        assertEquals(0, events.refused());
        assertEquals(1, events.answers());
        assertTrue(events.refusedAtPlace() > 0);
        assertEquals(
                Set.of("too many pending fan-outs"),
                events.refusedAtPlaceByCode().keySet());
        assertEquals(
                1 + 98,
                figures.counters().get(RouterCounter.EVENTS_ROUTED) + events.refusedAtPlace(),
                "with 98 chunks");
        final Scenario parsed = ScenarioFile.parse("test", "test", scenario).scenario();
        assertEquals(
                Verdict.Outcome.NOT_MET,
                Verdict.of(parsed.objective(), parsed.load(), figures).outcome());
    }

    @Test
    void theSecondsAddUpToTheWhole() {
        final List<String> tags = new ArrayList<>();
        final long[] recorded = new long[1];
        final LoadFigures figures = run(EVERYTHING, 3, new StopSignal(), new LoadListener() {
            @Override
            public void onInterval(final String tag, final long second, final Histogram times) {
                tags.add(tag);
                recorded[0] += tag.equals("device") ? times.getTotalCount() : 0;
            }
        });

        assertEquals(figures.latencies().of(RecipientKind.DEVICE).getTotalCount(), recorded[0]);
        assertTrue(tags.containsAll(List.of("device", "integration", "logic", "stream", "handover", "lag", "change")));
        assertEquals(
                figures.events().offered(),
                figures.seconds().stream()
                        .mapToLong(row -> row.progress().offered())
                        .sum());
        assertEquals(
                figures.counters().deliveries(),
                figures.seconds().stream()
                        .mapToLong(row -> row.counters().deliveries())
                        .sum());
        assertEquals(
                figures.events().scheduled(),
                figures.seconds().stream()
                        .mapToLong(row -> row.progress().scheduled())
                        .sum());
    }

    /** A load leaves that which was not delivered when it no longer waits. */
    @Test
    void whatALoadHasLeftIsNotCountedInTheNext() {
        final Scenario scenario = ScenarioFile.parse("test", "test", """
                accounts: [{name: a, kind: user}]
                devices: [{name: d, count: 10, claimed-by: account, owner: a, subscriptions: [x],
                           publishes: [{name: x, every: 1s}]}]
                load: {rate: 1k/s, warm-up: 0s, max-lag: 1h, phases: [{for: 100ms}]}
                """).scenario();
        try (LoadedRouter router = LoadedRouter.launch(scenario, new StopSignal(), LoadListener.NONE)) {
            // Nothing is routed, so this thread may record.
            router.recorder().histograms().record(RecipientKind.DEVICE.ordinal(), 1_000_000);

            final LoadFigures figures =
                    router.run(scenario.load(), EarlyDecision.NEVER, new StopSignal(), LoadListener.NONE);

            assertTrue(figures.counters().deliveries() > 0);
            assertEquals(
                    figures.counters().deliveries(), figures.latencies().all().getTotalCount());
        }
    }

    @Test
    void severalPublishersOfferTheSameEvents() {
        final String unchanging = """
                accounts: [{name: a}]
                products: [{name: p, account: a, count: 2}]
                devices:
                  - {name: d, count: 300, product: p, subscriptions: [{prefix: "t/{topic}", topics: 9}],
                     publishes: [{name: "t/{topic}", every: 1s, topics: 9, size: {uniform: [1B, 3KiB]}}]}
                load: {rate: 20k/s, publishers: COUNT, warm-up: 0s, max-lag: 1h, phases: [{for: 300ms}]}
                router: {ring-slots: 131072}
                """;

        assertEquals(
                counts(run(unchanging.replace("COUNT", "1"), 1)), counts(run(unchanging.replace("COUNT", "3"), 1)));
    }

    @Test
    void aLoadThatIsStoppedReportsWhatRan() {
        final StopSignal stop = new StopSignal();
        final String longer = EVERYTHING.replace("for: 300ms", "for: 600s");
        final LoadFigures figures = run(longer, 1, stop, new LoadListener() {
            @Override
            public void onSecond(final SecondRow row) {
                stop.request();
            }
        });

        assertEquals(Ended.INTERRUPTED, figures.ended());
        assertTrue(figures.events().offered() > 0);
        assertTrue(figures.events().scheduled() < 600 * 20_000);
        assertTrue(figures.isDrained());
    }

    private static LoadFigures run(final String text, final long seed) {
        return run(text, seed, new StopSignal(), LoadListener.NONE);
    }

    private static LoadFigures run(
            final String text, final long seed, final StopSignal stop, final LoadListener listener) {
        final Scenario scenario =
                ScenarioFile.parse("test", "test", text).scenario().withSeed(seed);
        try (LoadedRouter router = LoadedRouter.launch(scenario, new StopSignal(), LoadListener.NONE)) {
            return router.run(scenario.load(), EarlyDecision.NEVER, stop, listener);
        }
    }

    /** Everything that a load counts, but for how late something was. */
    private static List<Long> counts(final LoadFigures figures) {
        final List<Long> counts = new ArrayList<>();
        for (final RouterCounter counter : RouterCounter.values()) {
            counts.add(figures.counters().get(counter));
        }
        counts.add(figures.events().offered());
        counts.add(figures.events().answers());
        counts.add(figures.changes());
        return counts;
    }
}

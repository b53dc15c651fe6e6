package io.eventrouter.loadgen.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ScenarioFileTest {
    private static final String FULL = """
            name: everything
            about: all keys
            seed: 7
            accounts:
              - {name: acme, kind: organization, plan: plus, blocks: 3, count: 2}
              - {name: ann, kind: user}
            products:
              - {name: p, account: acme, count: 5}
            devices:
              - name: d
                count: 1.5k
                product: p
                spread: {zipf: 1.2}
                claimed-by: account
                owner: ann
                claimed-share: 12.5%
                claims: 3/min
                max-event-size: 2KiB
                online: 90%
                session: 6h
                attempts: {first: 90%, second: 5%, third: 4%, never: 1%}
                subscriptions:
                  - "{device}/x"
                  - {prefix: "t/{topic}/", share: 50%, topics: 10, count: 3}
                publishes:
                  - {name: "t/{topic}/v", every: 10s, size: {uniform: [1B, 3B]}, topics: 10, skew: {zipf: 1}}
            integrations:
              - {name: i, account: acme, products: [p], event: t, response-size: {exponential: 1KiB, max: 4KiB},
                 response-topic: r, error-topic: e, error-share: 1%, unchunked: true}
            logic: [{name: l, product: p, event: t/topic0/v}]
            streams: [{name: s, product: p, prefix: t, count: 2}]
            broadcasts: [{name: all, product: p, every: 1h, size: 5}]
            reconnect-storm: {after: 1s, share: 50%, rate: 100/s}
            router: {era: before-2023-03, product-scope: unclaimed-only, ring-slots: 4096, idle: spin}
            load:
              rate: 1k/s
              arrivals: poisson
              publishers: 2
              warm-up: 1s
              max-lag: 2ms
              phases:
                - {for: 1s}
                - {for: 1s, rate: 50%}
                - {for: 2s, rate: 10/s, to: 200%}
                - {for: 3s, steps: [10/s, 20/s]}
                - {for: 4s, burst: 100, every: 500ms}
            objective: {p50: 1us, p99.9: 1ms, max: 1s, refused: 0.1%}
            search: {from: 5/s, trial: 1s, confirm: 2s, precision: 1%}
            sweep: {devices: [1k, 10k], subscriptions: [0, 4], fan-out: [1], publishers: [1, 2], trial: 3s}
            """;

    @Test
    void readsEveryKey() {
        final Scenario scenario = parse(FULL);

        assertEquals("everything", scenario.name());
        assertEquals(7, scenario.seed());
        assertEquals(10, scenario.fleet().productCount());
        final DeviceGroup devices = scenario.fleet().devices().get(0);
        assertEquals(1_500, devices.count());
        assertEquals(188, devices.claimedCount());
        assertEquals(1_350, devices.onlineCount());
        assertEquals("ann", devices.claiming().account().orElseThrow().name());
        assertEquals(new Rate(50), devices.claiming().changes());
        assertEquals(1.15, devices.attempts().mean(), 1e-12);
        assertEquals(
                new SubscriptionPattern(Template.parse("t/{topic}/"), 0.5, 10, 3),
                devices.subscriptions().get(1));
        assertEquals(2, devices.publishes().get(0).size().mean());
        final IntegrationGroup integration = scenario.fleet().integrations().get(0);
        assertTrue(integration.topics().unchunked());
        assertTrue(integration.isTriggeredBy(devices, "t/topic1/v"));
        assertEquals(
                List.of(
                        new Phase.Constant(1_000_000_000, new Phase.RelativeRate(1)),
                        new Phase.Constant(1_000_000_000, new Phase.RelativeRate(0.5)),
                        new Phase.Ramp(2_000_000_000, new Phase.OwnRate(new Rate(10_000)), new Phase.RelativeRate(2)),
                        new Phase.Steps(
                                3_000_000_000L,
                                List.of(new Phase.OwnRate(new Rate(10_000)), new Phase.OwnRate(new Rate(20_000)))),
                        new Phase.Bursts(4_000_000_000L, 100, 500_000_000)),
                scenario.load().phases());
        assertEquals(0.001, scenario.objective().refusedShare());
        assertEquals(
                new Objective.LatencyLimit("p99.9", 99.9, 1_000_000),
                scenario.objective().latencies().get(1));
        assertEquals(Optional.of(new Rate(5_000)), scenario.search().from());
        assertEquals(List.of(1_000, 10_000), scenario.sweep().devices());
        assertEquals(new Rate(1_000_000), scenario.rate());
    }

    @Test
    void withoutARateTheLoadIsWhatTheFleetPublishesByItself() {
        final Scenario scenario = parse("""
                products: [{name: p, account: a}]
                accounts: [{name: a}]
                devices:
                  - {name: d, count: 600, product: p, publishes: [{name: x, every: 1min}, {name: y, every: {uniform: [1min, 3min]}}]}
                broadcasts: [{name: z, product: p, every: 500ms}]
                """);

        assertEquals(new Rate(10_000 + 5_000 + 2_000), scenario.rate());
    }

    @Test
    void isNamedAsItsFile(@TempDir final Path directory) throws Exception {
        final Path file = directory.resolve("my-fleet.yaml");
        Files.writeString(file, "devices: [{name: d, count: 1, publishes: [{name: x, every: 1s}]}]");

        assertEquals("my-fleet", ScenarioFile.load(file.toString()).scenario().name());
    }

    @ParameterizedTest
    @MethodSource("io.eventrouter.loadgen.scenario.ShippedScenarios#names")
    void everyShippedScenarioCanBeRead(final String name) {
        final ScenarioFile file = ScenarioFile.load(name);

        assertEquals(name, file.scenario().name());
        assertEquals("shipped:" + name, file.source());
        assertTrue(file.scenario().objective().isSet());
    }

    private static Scenario parse(final String text) {
        return ScenarioFile.parse("test.yaml", "test", text).scenario();
    }
}

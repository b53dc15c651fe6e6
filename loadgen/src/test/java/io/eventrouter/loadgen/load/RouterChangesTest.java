package io.eventrouter.loadgen.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RouterChangesTest {
    private static final int CHANGES = 10;

    /** All of them are: the router has none of the devices. */
    @Test
    void everyCommandThatIsRefusedIsCounted() {
        final Scenario scenario = ScenarioFile.parse("test", "test", """
                devices: [{name: d, count: 100, subscriptions: [t], publishes: [{name: t, every: 1s}]}]
                reconnect-storm: {after: 0s, share: 100%, rate: 1k/s}
                """).scenario();
        final FleetChanges fleet = new FleetChanges(scenario, new FleetPlan(scenario));
        final ChangeLatency latency = new ChangeLatency();
        try (EventRouter router = EventRouter.launch(new RouterContext()
                .maxDevices(1_000)
                .maxAccounts(1_000)
                .deliveryHandler(delivery -> AttemptOutcome.ACKNOWLEDGED_FIRST))) {
            fleet.start(TimeUnit.SECONDS.toNanos(1));
            final RouterChanges changes = new RouterChanges(() -> 0, fleet, router, latency, 0);
            for (int i = 0; i < CHANGES; i++) {
                changes.perform();
            }
            // It is answered behind all of them.
            router.usageSnapshot().join();

            assertTrue(changes.commands() >= 3 * CHANGES, "commands=" + changes.commands());
            assertEquals(changes.commands(), latency.failed());
        }
        latency.read(times -> assertEquals(0, times.getTotalCount()));
    }
}

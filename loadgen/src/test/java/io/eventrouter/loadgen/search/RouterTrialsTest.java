package io.eventrouter.loadgen.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.load.Ended;
import io.eventrouter.loadgen.load.LoadListener;
import io.eventrouter.loadgen.load.LoadedRouter;
import io.eventrouter.loadgen.load.StopSignal;
import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RouterTrialsTest {
    private static final String ALWAYS_MET = """
            accounts: [{name: acme}]
            products: [{name: p, account: acme}]
            devices: [{name: d, count: 20, product: p, subscriptions: [x], publishes: [{name: x, every: 1s}]}]
            load: {rate: 1k/s, warm-up: 0s, max-lag: 1h}
            objective: {p99: 1h}
            """;
    private static final Rate RATE = new Rate(1_000_000);

    @Test
    void aTrialThatWasInterruptedHasNotHeld() {
        final Scenario scenario = ScenarioFile.parse("test", "test", ALWAYS_MET).scenario();
        final StopSignal stop = new StopSignal();
        try (LoadedRouter router = LoadedRouter.launch(scenario, stop, LoadListener.NONE)) {
            final RouterTrials trials = new RouterTrials(router, scenario.load(), stop, stage -> LoadListener.NONE);
            assertTrue(trials.run(Trial.Stage.GROW, RATE, TimeUnit.MILLISECONDS.toNanos(100))
                    .holds());
            stop.request();

            final Trial interrupted = trials.run(Trial.Stage.CONFIRM, RATE, TimeUnit.MINUTES.toNanos(1));

            assertEquals(Ended.INTERRUPTED, interrupted.figures().ended());
            assertFalse(interrupted.holds());
            assertEquals(Verdict.Outcome.INVALID, interrupted.verdict().outcome());
            assertEquals(List.of("it was interrupted"), interrupted.verdict().reasons());
        }
    }
}

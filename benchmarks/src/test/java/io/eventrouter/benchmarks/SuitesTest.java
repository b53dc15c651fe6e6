package io.eventrouter.benchmarks;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Every suite does its work, counted by itself, on fleets that are small enough to run here. What it measures in this
 * way means nothing.
 */
class SuitesTest {
    @BeforeAll
    static void runBesideOthers() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @ParameterizedTest
    @CsvSource({
        "MatchingBenchmark, subscriptions=1000",
        "OwnershipLookupBenchmark, devices=1000",
        "HandOverBenchmark,",
        "DraftingBenchmark,",
        "WholePathBenchmark, devices=10000 subscriptions=1000",
        "GrowthBenchmark, fleet=devices-100k",
        "LargeScopeBenchmark, devices=1000 prefixes=100",
        "FanOutBenchmark,",
        "OutboxBenchmark,",
        "ChurnBenchmark, devices=10000 subscriptions=1000 eventsPerChange=10",
        "ControlPlaneBenchmark, devices=10000 subscriptions=1000",
        "DurabilityBenchmark, devices=10000 policy=every-batch",
        "RestartBenchmark, devices=10000",
        "TableGrowthBenchmark, devices=10000",
        "LanesBenchmark, devices=10000 subscriptions=1000",
        "SeveralPublishersBenchmark, devices=10000 subscriptions=1000",
        "PayloadSizeBenchmark, payloadLength=16384",
        "LatencyBenchmark, devices=10000 subscriptions=1000 eventsPerSecond=100000 roundMs=20",
        "UsageWindowBenchmark, devices=10000 windowMs=20 policy=none",
        "UsageWindowBenchmark, devices=10000 windowMs=20 policy=every-batch",
        "NeighbourBenchmark, devicesOfNeighbour=10000 turnMs=20",
        "NoisyNeighbourBenchmark, roundMs=20",
        "MemoryBenchmark, devices=10000 subscriptions=1000"
    })
    void shouldDoItsWork(final String suite, final String parameters) throws RunnerException {
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + suite + "\\.")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(20))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (parameters != null) {
            for (final String parameter : parameters.split(" ")) {
                options.param(parameter.split("=")[0], parameter.split("=")[1]);
            }
        }

        assertFalse(new Runner(options.build()).run().isEmpty());
    }
}

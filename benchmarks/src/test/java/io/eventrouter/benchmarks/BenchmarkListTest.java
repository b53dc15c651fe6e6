package io.eventrouter.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Names of benchmarks are keys of their history: what is renamed here begins a new one. And an annotation processor
 * that silently did not run leaves a jar without benchmarks behind a green build.
 */
class BenchmarkListTest {
    @Test
    void shouldListEveryBenchmark() {
        final Set<String> names = new TreeSet<>();
        BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .forEach(benchmark -> names.add(benchmark
                        .getUsername()
                        .substring(SuitesTest.class.getPackageName().length() + 1)));

        assertEquals(
                new TreeSet<>(List.of(
                        "ChurnBenchmark.publishWhileTheFleetChanges",
                        "ControlPlaneBenchmark.claim",
                        "ControlPlaneBenchmark.moveBetweenProducts",
                        "ControlPlaneBenchmark.subscribeAndUnsubscribe",
                        "DraftingBenchmark.draftEvents",
                        "DurabilityBenchmark.claimAndWait",
                        "DurabilityBenchmark.claimAndWaitFromSixteenThreads",
                        "DurabilityBenchmark.claimThousandInFlight",
                        "FanOutBenchmark.broadcast",
                        "GrowthBenchmark.publishSixteenAtATime",
                        "HandOverBenchmark.handOverOneAtATime",
                        "HandOverBenchmark.handOverSixteenAtATime",
                        "LanesBenchmark.catchUpWithClaims",
                        "LanesBenchmark.catchUpWithEvents",
                        "LanesBenchmark.fillRingsOfHeldLanes",
                        "LanesBenchmark.publishSixteenAtATime",
                        "LargeScopeBenchmark.giveOrders",
                        "LatencyBenchmark.publishAtFixedRate",
                        "MatchingBenchmark.matchOneScope",
                        "MemoryBenchmark.fill",
                        "NeighbourBenchmark.publishBesideBroadcasts",
                        "NoisyNeighbourBenchmark.publishBesideAFloodLimitedByShare",
                        "NoisyNeighbourBenchmark.publishBesideAFloodLimitedByShareAndRate",
                        "NoisyNeighbourBenchmark.publishBesideChurnOfSubscriptions",
                        "OutboxBenchmark.broadcastUntilHeard",
                        "OutboxBenchmark.broadcastUntilRouted",
                        "OwnershipLookupBenchmark.findOwners",
                        "PayloadSizeBenchmark.copyOnly",
                        "PayloadSizeBenchmark.handOverOnly",
                        "PayloadSizeBenchmark.publish",
                        "RestartBenchmark.start",
                        "SeveralPublishersBenchmark.publishFromFourThreads",
                        "SeveralPublishersBenchmark.publishFromOneThread",
                        "SeveralPublishersBenchmark.publishFromTwoThreads",
                        "TableGrowthBenchmark.change",
                        "TableGrowthBenchmark.grow",
                        "UsageWindowBenchmark.publishAcrossWindows",
                        "WholePathBenchmark.publishOneAtATime",
                        "WholePathBenchmark.publishOneAtATimeWithHandle",
                        "WholePathBenchmark.publishSixteenAtATime")),
                names);
    }
}

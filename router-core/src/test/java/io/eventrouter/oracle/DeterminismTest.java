package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.delivery.AttemptOutcome;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same commands in the same order give the same deliveries in the same order and the same counts: with another
 * hash seed, and when the routing thread finds many of them in the ring at once. Oracle: the router itself, run step
 * by step.
 */
class DeterminismTest {
    private static final long SEEDS = Long.getLong("router.seeds", 300);

    @Test
    void shouldNotDependOnHashSeedOrOnHowMuchIsInTheRing() {
        long deliveries = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            final Scenario scenario = RandomScenario.of(seed);
            final List<String> stepByStep = CommandLogRun.of(scenario, 1, 1);

            assertEquals(stepByStep, CommandLogRun.of(scenario, 2, 1), "another hash seed: seed=" + seed);
            assertEquals(stepByStep, CommandLogRun.of(scenario, 3, 10), "ten at once: seed=" + seed);
            assertEquals(stepByStep, CommandLogRun.of(scenario, 4, 100), "a hundred at once: seed=" + seed);
            deliveries += stepByStep.size();
        }
        assertTrue(deliveries > 10 * SEEDS, "there was something to compare: deliveries=" + deliveries);
    }

    /**
     * Which of two events in different lanes comes first is open, and so is when the other lanes hear that a device
     * timed out; everything else is the same as on one lane, although nobody waits between steps.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 64})
    void shouldDeliverAndCountTheSameOnSeveralLanes(final int lanes) {
        long deliveries = 0;
        for (long seed = 0; seed < SEEDS / (2 * lanes); seed++) {
            final Scenario scenario = withoutTimeouts(RandomScenario.of(seed).withoutPublishRateOfAccounts());
            final List<String> oneLane = sorted(CommandLogRun.of(scenario, 1, 1));

            assertEquals(oneLane, sorted(CommandLogRun.of(scenario, seed, 10, lanes)), "ten at once: seed=" + seed);
            assertEquals(oneLane, sorted(CommandLogRun.of(scenario, seed, 100, lanes)), "a hundred: seed=" + seed);
            deliveries += oneLane.size();
        }
        assertTrue(deliveries > 10 * SEEDS / (2 * lanes), "there was something to compare: deliveries=" + deliveries);
    }

    /** However fan-outs are cut, each recipient gets the same in the same order, and the counts are the same. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void shouldDeliverTheSameToEveryRecipientInSlices(final int sliceLength) {
        long deliveries = 0;
        for (long seed = 0; seed < SEEDS / 4; seed++) {
            final Scenario scenario = withoutLongAnswers(RandomScenario.crowded(seed));
            final List<String> uncut = byRecipient(CommandLogRun.of(scenario, 1, 1));

            final List<String> sliced = CommandLogRun.ofSliced(scenario, 1, 1, sliceLength);
            assertEquals(uncut, byRecipient(sliced), "seed=" + seed);
            assertEquals(sliced, CommandLogRun.ofSliced(scenario, 2, 1, sliceLength), "another hash seed: " + seed);
            assertEquals(uncut, byRecipient(CommandLogRun.ofSliced(scenario, 3, 5, sliceLength)), "five: seed=" + seed);
            deliveries += uncut.size();
        }
        assertTrue(deliveries > 10 * SEEDS, "there was something to compare: deliveries=" + deliveries);
    }

    /** The sort is stable: the order of what one recipient gets stays. */
    private static List<String> byRecipient(final List<String> log) {
        return log.stream()
                .sorted(Comparator.comparing(line -> line.substring(1 + line.lastIndexOf(CommandLogRun.TO))))
                .toList();
    }

    // More chunks than may be pending would be refused.
    private static Scenario withoutLongAnswers(final Scenario scenario) {
        return scenario.withSteps(scenario.steps().stream()
                .filter(step -> !(step instanceof Step.HookResponse response)
                        || response.body().length() <= 1_500)
                .toList());
    }

    private static List<String> sorted(final List<String> log) {
        return log.stream().sorted().toList();
    }

    private static Scenario withoutTimeouts(final Scenario scenario) {
        return scenario.withSteps(scenario.steps().stream()
                .map(step -> {
                    if (step instanceof Step.Answer answer && answer.outcome() == AttemptOutcome.FAILED) {
                        return new Step.Answer(answer.device(), AttemptOutcome.ACKNOWLEDGED_THIRD);
                    }
                    if (step instanceof Step.Report report && report.outcome() == AttemptOutcome.FAILED) {
                        return new Step.Report(
                                report.device(), report.operationsPerAttempt(), AttemptOutcome.ACKNOWLEDGED_THIRD);
                    }
                    return step;
                })
                .toList());
    }
}

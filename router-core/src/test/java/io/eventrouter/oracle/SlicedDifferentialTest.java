package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.RouterContext;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cut into the smallest slices, with commands, reports, ends of windows and snapshots between them, fan-outs must
 * deliver and count as the oracle does, which knows nothing of slices.
 *
 * <p>{@code -Drouter.seeds=N} runs N scenarios, {@code -Drouter.seed=S} runs one.
 */
class SlicedDifferentialTest {
    private static final long SEEDS = Long.getLong("router.seeds", 1_000);
    private static final int MAX_ANSWER_LENGTH = 10_000;

    private static final List<String> SITUATIONS = List.of(
            "pending at: Publish",
            "pending at: HookResponse",
            "pending at: Report",
            "pending at: Answer",
            "pending at: Claim",
            "pending at: Unclaim",
            "pending at: AddToProduct",
            "pending at: RemoveFromProduct",
            "pending at: SetDeviceFlags",
            "pending at: GoOnline",
            "pending at: GoOffline",
            "pending at: EndSession",
            "pending at: Subscribe",
            "pending at: Unsubscribe",
            "pending at: UnsubscribeAll",
            "pending at: SetMaxEventSize",
            "pending at: PauseAccount",
            "pending at: ResumeAccount",
            "pending at: SetOperationsPerMonth",
            "pending at: PutIntegration",
            "pending at: OpenStream",
            "pending at: end of a window",
            "pending at: snapshot",
            "refused for pending");

    private final CoverageMarks marks = new CoverageMarks();
    private final SlicedCheck check = new SlicedCheck(marks);

    @Test
    void shouldDoAsTheOracleDoesHoweverFanOutsAreCut(final TestReporter reporter) {
        final List<Long> failing = seeds(SEEDS)
                .parallel()
                .filter(seed -> check.run(RandomScenario.crowded(seed)) != null)
                .boxed()
                .sorted()
                .toList();
        assertTrue(
                failing.isEmpty(),
                () -> failing.size() + " seeds fail, such as "
                        + failing.subList(0, Math.min(10, failing.size())) + "; the first:\n"
                        + DifferentialCheck.explain(RandomScenario.crowded(failing.get(0)), check::run));
        final Map<String, Long> reached = marks.counts();
        final List<String> neverReached = SITUATIONS.stream()
                .filter(situation -> !reached.containsKey(situation))
                .toList();
        assertEquals(List.of(), Long.getLong("router.seed") == null ? neverReached : List.of(), reached::toString);
        reporter.publishEntry("reached", reached.toString());
    }

    /**
     * Which of two events in different lanes comes first is open, so here each step is waited for; and an answer of
     * more chunks than may be pending is left out.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void shouldDoAsTheOracleDoesOnSeveralLanes(final int lanes) {
        final DifferentialCheck waiting = new DifferentialCheck(scenario -> new RouterSubject(
                scenario,
                lanes,
                new RouterContext().pendingFanOutsPerAccount(64).sliceLength(1)));
        final List<Long> failing = seeds(SEEDS / 10)
                .parallel()
                .filter(seed -> waiting.run(
                                withoutLongAnswers(RandomScenario.crowded(seed).withoutPublishRateOfAccounts()))
                        != null)
                .boxed()
                .sorted()
                .toList();
        assertTrue(
                failing.isEmpty(),
                () -> failing + " fail; the first:\n"
                        + waiting.explain(withoutLongAnswers(
                                RandomScenario.crowded(failing.get(0)).withoutPublishRateOfAccounts())));
    }

    private static Scenario withoutLongAnswers(final Scenario scenario) {
        return scenario.withSteps(scenario.steps().stream()
                .filter(step -> !(step instanceof Step.HookResponse response)
                        || response.body().length() <= MAX_ANSWER_LENGTH)
                .toList());
    }

    private static LongStream seeds(final long count) {
        final Long only = Long.getLong("router.seed");
        return only == null ? LongStream.range(0, count) : LongStream.of(only);
    }
}

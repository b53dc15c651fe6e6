package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The router must deliver, refuse and count as the oracle does, after every step of thousands of random scenarios.
 *
 * <p>{@code -Drouter.seeds=N} runs N of them, {@code -Drouter.seed=S} runs one.
 */
class DifferentialTest {
    private static final long DEFAULT_SEEDS = 3_000;
    private static final long DEFAULT_SEEDS_FOR_LANES = 400;

    @Test
    void shouldDoAsTheOracleDoes() {
        check(new DifferentialCheck(RouterSubject::new), DEFAULT_SEEDS, RandomScenario::of);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void shouldDoAsTheOracleDoesOnSeveralLanes(final int lanes) {
        check(
                new DifferentialCheck(scenario -> new RouterSubject(scenario, lanes)),
                DEFAULT_SEEDS_FOR_LANES,
                seed -> RandomScenario.of(seed).withoutPublishRateOfAccounts());
    }

    private static void check(
            final DifferentialCheck check, final long defaultSeeds, final LongFunction<Scenario> scenarios) {
        final List<Long> failing = seeds(defaultSeeds)
                .parallel()
                .filter(seed -> check.run(scenarios.apply(seed)) != null)
                .boxed()
                .sorted()
                .toList();
        assertTrue(
                failing.isEmpty(),
                () -> failing.size() + " seeds fail, such as "
                        + failing.subList(0, Math.min(10, failing.size())) + "; the first:\n"
                        + check.explain(scenarios.apply(failing.get(0))));
    }

    private static LongStream seeds(final long defaultSeeds) {
        final Long only = Long.getLong("router.seed");
        return only == null ? LongStream.range(0, Long.getLong("router.seeds", defaultSeeds)) : LongStream.of(only);
    }
}

package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The router must deliver, refuse and count as the oracle does, after every step of thousands of random scenarios.
 *
 * <p>{@code -Drouter.seeds=N} runs N of them, {@code -Drouter.seed=S} runs one.
 */
class DifferentialTest {
    private static final long DEFAULT_SEEDS = 3_000;

    private final DifferentialCheck check = new DifferentialCheck(RouterSubject::new);

    @Test
    void shouldDoAsTheOracleDoes() {
        final List<Long> failing =
                seeds().parallel().filter(this::fails).boxed().sorted().toList();
        assertTrue(
                failing.isEmpty(),
                () -> failing.size() + " seeds fail, such as "
                        + failing.subList(0, Math.min(10, failing.size())) + "; the first:\n"
                        + check.explain(RandomScenario.of(failing.get(0))));
    }

    private boolean fails(final long seed) {
        return check.run(RandomScenario.of(seed)) != null;
    }

    private static LongStream seeds() {
        final Long only = Long.getLong("router.seed");
        return only == null ? LongStream.range(0, Long.getLong("router.seeds", DEFAULT_SEEDS)) : LongStream.of(only);
    }
}

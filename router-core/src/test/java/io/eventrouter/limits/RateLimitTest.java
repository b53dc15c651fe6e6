package io.eventrouter.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket lets in what its rate and burst allow, to the token and the millisecond, whatever its clock does. */
class RateLimitTest {
    private static final long START_MS = 1_795_000_000_000L;

    private long bucket;

    @Test
    void shouldLetInABurstAndThenOneForEveryTokenThatCameIn() {
        final RateLimit limit = new RateLimit(3, 4);

        assertEquals(4, offer(limit, START_MS, 10));
        assertEquals(0, offer(limit, START_MS + 333, 10), "a third of a second has not passed");
        assertEquals(1, offer(limit, START_MS + 334, 10));
        assertEquals(0, offer(limit, START_MS + 666, 10));
        assertEquals(1, offer(limit, START_MS + 667, 10), "nothing is lost by rounding");
        assertEquals(1, offer(limit, START_MS + 1_000, 10));
        assertEquals(4, offer(limit, START_MS + 3_600_000, 10), "an hour fills it up to the burst");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 1000000", "1000000, 1", "1000000, 1000000", "7, 13"})
    void shouldLetInExactlyTheBurstAndTheRateOverALongTime(final int perSecond, final int burst) {
        final RateLimit limit = new RateLimit(perSecond, burst);
        long letIn = offer(limit, START_MS, burst + 1);
        assertEquals(burst, letIn);
        for (int second = 1; second <= 10; second++) {
            final int most = Math.min(burst, perSecond);
            assertEquals(most, offer(limit, START_MS + second * 1_000L, perSecond + 1), "second " + second);
        }
    }

    @Test
    void shouldNotRefillWhileTheClocksOfPublishersDifferALittle() {
        final RateLimit limit = new RateLimit(10, 5);
        assertEquals(5, offer(limit, START_MS, 5));
        long letIn = 0;
        for (int i = 0; i < 10_000; i++) {
            letIn += offer(limit, START_MS - i % 2 * 500, 1);
        }
        assertEquals(0, letIn, "time went to and fro, and did not pass");
    }

    @Test
    void shouldStartAnewAndEmptyWhenTheClockIsSetBack() {
        final RateLimit limit = new RateLimit(10, 5);
        assertEquals(5, offer(limit, START_MS, 5));
        final long backMs = START_MS - 86_400_000;

        assertEquals(0, offer(limit, backMs, 100));
        assertEquals(0, offer(limit, backMs + 99, 100));
        assertEquals(1, offer(limit, backMs + 100, 100), "it refills from the new time on");
        assertEquals(5, offer(limit, backMs + 10_000, 100));
    }

    @Test
    void shouldGrantOneBurstAtMostWhenTheClockJumpsForward() {
        final RateLimit limit = new RateLimit(10, 5);
        assertEquals(5, offer(limit, START_MS, 5));
        assertEquals(5, offer(limit, START_MS + 315_360_000_000L, 1_000));
        assertEquals(0, offer(limit, START_MS + 315_360_000_000L, 1_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void shouldStandEveryTime(final long strangeMs) {
        final RateLimit limit = new RateLimit(RateLimit.MAX, RateLimit.MAX);
        assertEquals(RateLimit.MAX, offer(limit, strangeMs, RateLimit.MAX + 1));
        assertTrue(offer(limit, START_MS, 1) <= 1);
        assertTrue(offer(limit, START_MS + 10_000, 1) == 1, "it does not refuse for ever");
    }

    /** The other way round: from all that was let in, in fractions, with nothing packed into a number. */
    @Test
    void shouldAgreeWithExactFractionsAtAnyTimes() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        long letIn = 0;
        long refused = 0;
        long setBack = 0;
        for (int run = 0; run < 3_000; run++) {
            final RateLimit limit = new RateLimit(anyUpTo(random, RateLimit.MAX), anyUpTo(random, 1_000));
            final Fractions fractions = new Fractions(limit);
            bucket = 0;
            long nowMs = START_MS;
            for (int i = 0; i < 300; i++) {
                nowMs += step(random, limit);
                final boolean expected = fractions.offer(nowMs);
                assertEquals(expected, offer(limit, nowMs, 1) == 1, limit + ", step=" + i + ", seed=" + seed);
                letIn += expected ? 1 : 0;
                refused += expected ? 0 : 1;
            }
            setBack += fractions.setBack;
        }
        assertTrue(
                Math.min(letIn, refused) > 100_000 && setBack > 1_000,
                letIn + " " + refused + " " + setBack + ", seed=" + seed);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "1000001, 1", "1, 1000001", "-1, 1", "1, -2147483648"})
    void shouldRefuseWhatIsOutOfRange(final int perSecond, final int burst) {
        final String message = assertThrows(IllegalArgumentException.class, () -> new RateLimit(perSecond, burst))
                .getMessage();
        assertTrue(message.contains("[1, 1000000]"), message);
        assertTrue(message.contains("=" + (perSecond < 1 || perSecond > RateLimit.MAX ? perSecond : burst)), message);
    }

    private static int anyUpTo(final SplittableRandom random, final int max) {
        return random.nextInt(1, random.nextInt(1, max) + 1);
    }

    private static long step(final SplittableRandom random, final RateLimit limit) {
        final long tokenMs = Math.max(1, 1_000L / limit.perSecond());
        return switch (random.nextInt(12)) {
            case 0 -> random.nextLong(-5_000, 5_000);
            case 1 -> random.nextLong(-1_001, -998);
            case 2 -> tokenMs * limit.burst();
            case 3, 4 -> tokenMs;
            case 5 -> -tokenMs;
            default -> 0;
        };
    }

    private long offer(final RateLimit limit, final long nowMs, final int events) {
        long letIn = 0;
        for (int i = 0; i < events; i++) {
            bucket = limit.at(bucket, nowMs);
            if (limit.hasToken(bucket, nowMs)) {
                bucket = limit.take(bucket, nowMs);
                letIn++;
            }
        }
        return letIn;
    }

    /** Thousandths of tokens at the time of the last one that was taken, as whole numbers of any length. */
    private static final class Fractions {
        private final BigInteger perMs;
        private final BigInteger burst;
        private BigInteger held;
        private long heldAtMs;
        private long setBack;

        Fractions(final RateLimit limit) {
            perMs = BigInteger.valueOf(limit.perSecond());
            burst = BigInteger.valueOf(limit.burst()).multiply(BigInteger.valueOf(1_000));
        }

        boolean offer(final long nowMs) {
            BigInteger now = held == null
                    ? burst
                    : held.add(perMs.multiply(BigInteger.valueOf(nowMs - heldAtMs)))
                            .min(burst);
            if (now.compareTo(perMs.multiply(BigInteger.valueOf(-1_000))) < 0) {
                held = BigInteger.ZERO;
                heldAtMs = nowMs;
                setBack++;
                return false;
            }
            now = now.subtract(BigInteger.valueOf(1_000));
            if (now.signum() < 0) {
                return false;
            }
            held = now;
            heldAtMs = nowMs;
            return true;
        }
    }
}

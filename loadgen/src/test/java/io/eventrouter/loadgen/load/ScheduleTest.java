package io.eventrouter.loadgen.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Phase;
import io.eventrouter.loadgen.scenario.Rate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Phase.RelativeRate FULL = Phase.RelativeRate.FULL;

    private record Due(long event, long ns) {}

    @ParameterizedTest
    @CsvSource({"3000, 1", "7000001, 2", "999999937, 3", "30000000000, 5", "1, 1", "2500, 4"})
    void eventNIsDueAtStartPlusNOverRateExactlyFromAnyNumberOfPublishers(final long milliRate, final int publishers) {
        final long durationNs = Math.max(2_000_000, 5_000 * Pace.NS_TIMES_MILLI / milliRate);
        final Schedule schedule = schedule(false, milliRate, new Phase.Constant(durationNs, FULL));

        final List<Due> dues = all(schedule, publishers);

        for (int n = 0; n < dues.size(); n++) {
            final long exact = BigInteger.valueOf(n)
                    .multiply(BigInteger.valueOf(Pace.NS_TIMES_MILLI))
                    .divide(BigInteger.valueOf(milliRate))
                    .longValueExact();
            assertEquals(new Due(n, exact), dues.get(n));
        }
        assertEquals(schedule.segments().get(0).pace().count(), dues.size());
        assertTrue(dues.get(dues.size() - 1).ns() < durationNs);
        assertTrue(new Pace.Constant(durationNs, milliRate).dueNs(dues.size()) >= durationNs);
    }

    @Test
    void aHighRateIsExactAfterHours() {
        final Pace.Constant pace = new Pace.Constant(14_400 * SECOND, 9_999_999_999L);

        final long last = pace.count() - 1;

        assertEquals(
                BigInteger.valueOf(last)
                        .multiply(BigInteger.valueOf(Pace.NS_TIMES_MILLI))
                        .divide(BigInteger.valueOf(9_999_999_999L))
                        .longValueExact(),
                pace.dueNs(last));
    }

    @Test
    void phasesFollowEachOther() {
        final Schedule schedule = schedule(
                false,
                10_000,
                new Phase.Constant(SECOND, FULL),
                new Phase.Constant(SECOND, new Phase.OwnRate(Rate.NEVER)),
                new Phase.Steps(2 * SECOND, List.of(new Phase.RelativeRate(0.5), new Phase.OwnRate(new Rate(2_000)))),
                new Phase.Bursts(SECOND, 3, SECOND / 2));

        final List<Due> dues = all(schedule, 1);

        assertEquals(5 * SECOND, schedule.durationNs());
        assertEquals(10 + 5 + 2 + 6, dues.size());
        assertEquals(new Due(9, 900_000_000), dues.get(9));
        assertEquals(new Due(10, 2 * SECOND), dues.get(10));
        assertEquals(new Due(15, 3 * SECOND), dues.get(15));
        assertEquals(new Due(16, 3_500_000_000L), dues.get(16));
        assertEquals(
                List.of(4 * SECOND, 4 * SECOND, 4 * SECOND, 4_500_000_000L, 4_500_000_000L, 4_500_000_000L),
                dues.subList(17, 23).stream().map(Due::ns).toList());
        assertEquals(dues, all(schedule, 4));
    }

    @Test
    void aRampGrowsEvenly() {
        final Schedule schedule = schedule(
                false,
                1_000,
                new Phase.Ramp(10 * SECOND, new Phase.OwnRate(Rate.NEVER), new Phase.OwnRate(new Rate(200_000))));

        final List<Due> dues = all(schedule, 1);

        // The integral of the rate: 10 events a second more every half second.
        assertEquals(1_000, dues.size());
        for (final Due due : dues) {
            final double seconds = due.ns() / 1e9;
            assertEquals(due.event(), 10 * seconds * seconds, 1e-4);
        }
    }

    @Test
    void aRampCanFallToNothing() {
        final Schedule schedule =
                schedule(false, 100_000, new Phase.Ramp(10 * SECOND, FULL, new Phase.OwnRate(Rate.NEVER)));

        final List<Due> dues = all(schedule, 3);

        assertEquals(500, dues.size());
        for (int i = 1; i < dues.size(); i++) {
            assertTrue(dues.get(i).ns() > dues.get(i - 1).ns());
        }
        assertTrue(dues.get(499).ns() < 10 * SECOND);
    }

    @Test
    void randomArrivalsAreTheSameForTheSameSeedAndAsManyAsTheRateSays() {
        final Schedule schedule = schedule(true, 100_000_000, new Phase.Constant(SECOND, FULL));

        final List<Due> dues = all(schedule, 2);

        assertEquals(dues, all(schedule, 2));
        // Five standard deviations, and the seed is fixed.
        assertEquals(100_000, dues.size(), 5 * Math.sqrt(100_000));
        final long inFirstHalf =
                dues.stream().filter(due -> due.ns() < SECOND / 2).count();
        assertEquals(50_000, inFirstHalf, 5 * Math.sqrt(50_000));
        final double meanSquare = meanSquareOfGaps(dues);
        // Of exponential gaps it is twice the square of the mean.
        assertEquals(2, meanSquare / (1e4 * 1e4), 0.1);
    }

    @Test
    void shareOfARateThatIsTooHighIsRefused() {
        final BadInputException refused = assertThrows(
                BadInputException.class,
                () -> schedule(false, 900_000_000_000L, new Phase.Ramp(SECOND, FULL, new Phase.RelativeRate(1.125))));

        assertEquals("rates of phases must be at most 1G/s: value=112.5% of 900000000/s", refused.getMessage());
    }

    @Test
    void saysHowManyAreDueBeforeATime() {
        final Schedule schedule = schedule(
                false,
                10_000,
                new Phase.Constant(SECOND, FULL),
                new Phase.Ramp(SECOND, FULL, new Phase.RelativeRate(3)));

        assertEquals(5, schedule.before(SECOND / 2));
        assertEquals(10, schedule.before(SECOND));
        assertEquals(10 + 7.5, schedule.before(SECOND + SECOND / 2), 1e-9);
        assertEquals(30, schedule.before(3 * SECOND), 1e-9);
    }

    @Test
    void saysHowManyEventsAPublisherHasLeftBeforeATime() {
        final Schedule schedule = schedule(
                false,
                10_000,
                new Phase.Constant(SECOND, FULL),
                new Phase.Constant(SECOND, new Phase.OwnRate(Rate.NEVER)),
                new Phase.Ramp(SECOND, FULL, new Phase.RelativeRate(3)),
                new Phase.Bursts(SECOND, 3, SECOND / 2));

        for (final int publishers : new int[] {1, 2, 3, 7}) {
            for (int publisher = 0; publisher < publishers; publisher++) {
                final List<Long> due = new ArrayList<>();
                final Arrivals all = schedule.arrivals(publisher, publishers, 42);
                for (; all.dueNs() != Arrivals.NONE; all.advance()) {
                    due.add(all.dueNs());
                }
                final Arrivals arrivals = schedule.arrivals(publisher, publishers, 42);
                for (int gone = 0; gone <= due.size(); gone++) {
                    final List<Long> left = due.subList(gone, due.size());
                    assertEquals(left.size(), arrivals.leftBefore(Arrivals.NONE));
                    for (final long ns : new long[] {0, 1, SECOND / 2, 2 * SECOND + 1, 3 * SECOND, 3 * SECOND + 1}) {
                        assertEquals(left.stream().filter(it -> it < ns).count(), arrivals.leftBefore(ns));
                    }
                    arrivals.advance();
                }
            }
        }
    }

    @Test
    void ofRandomArrivalsItSaysHowManyAreLeftOnAverage() {
        final Schedule schedule = schedule(
                true,
                10_000_000,
                new Phase.Constant(SECOND, FULL),
                new Phase.Constant(SECOND, new Phase.RelativeRate(3)));
        final Arrivals arrivals = schedule.arrivals(1, 2, 42);

        assertEquals(20_000, arrivals.leftBefore(Arrivals.NONE), 5);
        assertEquals(5_000 + 7_500, arrivals.leftBefore(SECOND + SECOND / 2), 5);
        assertEquals(0, arrivals.leftBefore(arrivals.dueNs()));
        assertEquals(1, arrivals.leftBefore(arrivals.dueNs() + 1));
        while (arrivals.dueNs() < SECOND + SECOND / 2) {
            arrivals.advance();
        }
        assertEquals(7_500, arrivals.leftBefore(Arrivals.NONE), 5);
        while (arrivals.dueNs() != Arrivals.NONE) {
            arrivals.advance();
        }
        assertEquals(0, arrivals.leftBefore(Arrivals.NONE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(300)
    void whatAHopelessLoadHasLeftIsNotCountedOneByOne(final boolean isPoisson) {
        final Schedule schedule =
                schedule(isPoisson, Rate.MAX_MILLI_PER_SECOND, new Phase.Constant(1_000 * SECOND, FULL));

        assertEquals(1e12, schedule.arrivals(0, 1, 42).leftBefore(Arrivals.NONE), 10);
    }

    private static double meanSquareOfGaps(final List<Due> dues) {
        double sum = 0;
        for (int i = 1; i < dues.size(); i++) {
            final double gap = dues.get(i).ns() - dues.get(i - 1).ns();
            sum += gap * gap;
        }
        return sum / (dues.size() - 1);
    }

    private static Schedule schedule(final boolean isPoisson, final long milliRate, final Phase... phases) {
        final Load load = new Load(Optional.empty(), isPoisson, 1, 0, SECOND, List.of(phases));
        return new Schedule(load, new Rate(milliRate));
    }

    /** What all publishers take, by time, and by number where several are due at once. */
    private static List<Due> all(final Schedule schedule, final int publishers) {
        final List<Due> dues = new ArrayList<>();
        for (int i = 0; i < publishers; i++) {
            final Arrivals arrivals = schedule.arrivals(i, publishers, 42);
            while (arrivals.dueNs() != Arrivals.NONE) {
                dues.add(new Due(arrivals.event(), arrivals.dueNs()));
                arrivals.advance();
            }
        }
        dues.sort((a, b) -> a.ns() != b.ns() ? Long.compare(a.ns(), b.ns()) : Long.compare(a.event(), b.event()));
        return dues;
    }
}

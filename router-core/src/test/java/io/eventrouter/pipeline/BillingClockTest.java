package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows and months end exactly when they should, once each, whatever the clock does and however full the ring is. */
class BillingClockTest {
    private static final long WINDOW_MS = TimeUnit.HOURS.toMillis(1);
    private static final long START_MS = millis("2026-11-15T10:20:00Z");
    private static final long END_MS = millis("2026-11-15T11:00:00Z");
    private static final long DECEMBER_MS = millis("2026-12-01T00:00:00Z");

    private final RouterCounters counters = new RouterCounters();
    private final List<PendingCommand> taken = new ArrayList<>();
    private long nowMs = START_MS;
    private boolean hasRoom = true;

    private static long millis(final String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private BillingClock clock(final boolean keepsUsage) {
        return new BillingClock(() -> nowMs, WINDOW_MS, nowMs, keepsUsage, counters, command -> {
            if (hasRoom) {
                taken.add(command);
            }
            return hasRoom;
        });
    }

    private static String window(final long endMs) {
        return PendingCommand.Kind.CLOSE_USAGE_WINDOW + " " + Instant.ofEpochMilli(endMs);
    }

    private static String month(final long startMs) {
        return PendingCommand.Kind.BEGIN_BILLING_MONTH + " " + Instant.ofEpochMilli(startMs);
    }

    /** What the ring has taken since the last call after some ticks at a time; all of it is carried out at once. */
    private List<String> at(final BillingClock clock, final long timeMs) {
        nowMs = timeMs;
        final List<String> commands = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clock.tick();
            for (final PendingCommand command : taken) {
                commands.add(command.kind + " " + Instant.ofEpochMilli(command.timeMs));
                command.future.complete(command);
            }
            taken.clear();
        }
        return commands;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndAWindowAtItsEndAndNotBefore(final boolean keepsUsage) {
        final BillingClock clock = clock(keepsUsage);

        assertEquals(List.of(), at(clock, END_MS - 1));
        assertEquals(List.of(window(END_MS)), at(clock, END_MS));
        assertEquals(List.of(), at(clock, END_MS + WINDOW_MS - 1));
        assertEquals(List.of(window(END_MS + WINDOW_MS)), at(clock, END_MS + WINDOW_MS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndWindowsAtMultiplesOfTheirLengthHoweverLateItIs(final boolean keepsUsage) {
        final BillingClock clock = clock(keepsUsage);

        assertEquals(List.of(window(END_MS + 2 * WINDOW_MS)), at(clock, END_MS + 2 * WINDOW_MS + 7));
        assertEquals(List.of(), at(clock, END_MS + 3 * WINDOW_MS - 1));
        assertEquals(List.of(window(END_MS + 3 * WINDOW_MS)), at(clock, END_MS + 3 * WINDOW_MS));
    }

    @Test
    void shouldEndWindowsAtMultiplesOfTheirLengthAlsoBeforeTheEpoch() {
        nowMs = -9 * WINDOW_MS - 1;
        final BillingClock clock = clock(false);

        assertEquals(List.of(window(-9 * WINDOW_MS)), at(clock, -9 * WINDOW_MS));
        assertEquals(List.of(window(-8 * WINDOW_MS)), at(clock, -8 * WINDOW_MS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndNothingTwiceWhenTheClockGoesBackByAWindow(final boolean keepsUsage) {
        final BillingClock clock = clock(keepsUsage);
        assertEquals(List.of(window(END_MS)), at(clock, END_MS));

        assertEquals(List.of(), at(clock, END_MS - WINDOW_MS));
        assertEquals(List.of(), at(clock, END_MS));
        assertEquals(List.of(window(END_MS + WINDOW_MS)), at(clock, END_MS + WINDOW_MS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndWindowsByTheNewTimeWhenTheClockGoesBackByTwo(final boolean keepsUsage) {
        final BillingClock clock = clock(keepsUsage);
        assertEquals(List.of(window(END_MS + WINDOW_MS)), at(clock, END_MS + WINDOW_MS));

        assertEquals(List.of(), at(clock, END_MS - WINDOW_MS));
        assertEquals(List.of(window(END_MS)), at(clock, END_MS));
    }

    @Test
    void shouldBeginAMonthWhenItBeginsAndNotBefore() {
        final BillingClock clock = clock(false);
        at(clock, DECEMBER_MS - WINDOW_MS);

        assertEquals(List.of(), at(clock, DECEMBER_MS - 1));
        assertEquals(List.of(window(DECEMBER_MS), month(DECEMBER_MS)), at(clock, DECEMBER_MS));
        assertEquals(List.of(), at(clock, DECEMBER_MS + WINDOW_MS - 1));
    }

    /** Two windows with one end would put what is counted between them into the month before. */
    @Test
    void shouldBeginAMonthWithTheWindowThatEndsThereIfWindowsBecomeDurable() {
        final BillingClock clock = clock(true);
        at(clock, DECEMBER_MS - WINDOW_MS);

        assertEquals(List.of(), at(clock, DECEMBER_MS - 1));
        assertEquals(List.of(month(DECEMBER_MS)), at(clock, DECEMBER_MS));
        assertEquals(List.of(window(DECEMBER_MS + WINDOW_MS)), at(clock, DECEMBER_MS + WINDOW_MS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeginTheMonthOfTheClockWhenOthersHavePassedUnseen(final boolean keepsUsage) {
        final BillingClock clock = clock(keepsUsage);
        final long januaryMs = millis("2027-01-01T00:00:00Z");
        final long februaryMs = millis("2027-02-01T00:00:00Z");

        final List<String> late = at(clock, januaryMs + WINDOW_MS / 2);

        assertEquals(
                List.of(month(januaryMs)),
                late.stream().filter(command -> command.startsWith("BEGIN")).toList());
        at(clock, februaryMs - WINDOW_MS);
        assertFalse(at(clock, februaryMs - 1).contains(month(februaryMs)));
        assertTrue(at(clock, februaryMs).contains(month(februaryMs)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldPutInLaterWhatThereWasNoRoomFor(final boolean keepsUsage) {
        final BillingClock clock = clock(keepsUsage);
        at(clock, DECEMBER_MS - WINDOW_MS);
        hasRoom = false;
        assertEquals(List.of(), at(clock, DECEMBER_MS));

        hasRoom = true;
        assertEquals(
                keepsUsage ? List.of(month(DECEMBER_MS)) : List.of(window(DECEMBER_MS), month(DECEMBER_MS)),
                at(clock, DECEMBER_MS + 1));
    }

    @Test
    void shouldLetCallersWaitForAWindowWhoseCommandFindsNoRoomAtFirst() {
        final BillingClock clock = clock(true);
        final CompletableFuture<Long> request = clock.requestClose();
        hasRoom = false;
        assertEquals(List.of(), at(clock, START_MS + 1));
        assertFalse(request.isDone());

        hasRoom = true;
        assertEquals(List.of(window(START_MS + 2)), at(clock, START_MS + 2));
        assertTrue(request.isDone());
        assertEquals(List.of(window(END_MS)), at(clock, END_MS), "the window that was open ends as ever");
    }

    @Test
    void shouldEndNothingTwiceWhenAWindowIsAskedForWhileTheClockIsBackALittle() {
        final BillingClock clock = clock(true);
        assertEquals(List.of(window(END_MS)), at(clock, END_MS));
        clock.requestClose();
        assertEquals(List.of(window(END_MS - 1)), at(clock, END_MS - 1));

        assertEquals(List.of(), at(clock, END_MS));
        assertEquals(List.of(window(END_MS + WINDOW_MS)), at(clock, END_MS + WINDOW_MS));
    }

    /** Whoever closes the router tells those who wait for a command; for most ticks nobody waits. */
    @Test
    void shouldSayOfACommandWhetherAnybodyWaitsForIt() {
        final BillingClock clock = clock(true);
        clock.requestClose();
        clock.tick();
        final PendingCommand requested = taken.remove(0);
        requested.future.complete(requested);
        nowMs = END_MS;
        clock.tick();

        assertTrue(requested.isAwaited);
        assertFalse(taken.get(0).isAwaited);
    }

    @Test
    void shouldRefuseCallersWhoComeWhenNoMoreWindowsAreClosed() {
        final BillingClock clock = clock(true);
        final CompletableFuture<Long> before = clock.requestClose();
        clock.refuseRequests();

        assertTrue(before.isCompletedExceptionally());
        assertTrue(clock.requestClose().isCompletedExceptionally());
    }

    @Test
    void shouldCountEveryWindowThatIsExtendedOnce() {
        final BillingClock clock = clock(true);
        for (int window = 0; window < 2; window++) {
            nowMs = END_MS + 10 * window * WINDOW_MS;
            clock.tick();
            final PendingCommand unsettled = taken.remove(0);
            nowMs += WINDOW_MS - 1;
            clock.tick();
            assertEquals(window, counters.get(RouterCounter.USAGE_WINDOWS_EXTENDED), "the next has not ended");
            for (int i = 0; i < 3; i++) {
                nowMs += WINDOW_MS;
                clock.tick();
            }

            assertEquals(List.of(), taken, "one window at a time");
            assertEquals(window + 1, counters.get(RouterCounter.USAGE_WINDOWS_EXTENDED));
            unsettled.future.complete(unsettled);
            at(clock, nowMs);
        }
    }
}

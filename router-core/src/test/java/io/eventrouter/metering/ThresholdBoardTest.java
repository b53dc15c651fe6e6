package io.eventrouter.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import io.eventrouter.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Thresholds while lanes are at different places: one has carried out what the other has not yet. */
class ThresholdBoardTest {
    private static final int ACCOUNTS = 2_000;

    private final List<String> thresholds = new ArrayList<>();
    private final AtomicLong sequences = new AtomicLong();
    private final ThresholdBoard board = new ThresholdBoard();
    private final Lane first = new Lane();
    private final Lane second = new Lane();

    private final class Lane {
        private final SeededHash hash = new SeededHash(1);
        private final DeviceTable devices = new DeviceTable(hash, 10);
        private final ScopeTable scopes = new ScopeTable(hash, ACCOUNTS);
        private final UsageMeter meter = new UsageMeter(
                devices,
                scopes,
                UsageGranularity.DEVICE,
                new DirectUsage(new Listener(), this::fail, new RouterCounters(), sequences),
                board,
                1_000);
        private final int device = devices.add(1, 1, 1_024);

        private int register(final int number, final long operationsPerMonth) {
            final int account = scopes.addUser(EntityId.of(2, number));
            meter.grant(account, operationsPerMonth);
            return account;
        }

        private void publish(final int account, final int operations) {
            meter.countPublish(device, 0, account, operations);
        }

        private void fail(final Throwable problem) {
            throw new AssertionError(problem);
        }

        private void close() {
            meter.close();
            scopes.close();
            devices.close();
        }
    }

    private final class Listener implements UsageHandler {
        @Override
        public void onUsage(final UsageRecord record) {
            // Only thresholds matter here.
        }

        @Override
        public void onThreshold(final UsageThreshold threshold) {
            thresholds.add(threshold.percent() + "% at " + threshold.usedOperations() + " of "
                    + threshold.operationsPerMonth() + " since " + threshold.monthStartMs());
        }
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    void shouldTellNothingOfAnAccountUntilAllLanesKnowIt() {
        int last = 0;
        for (int i = 0; i < ACCOUNTS; i++) {
            last = first.register(i, 10);
        }
        first.meter.beginMonth(5_000);
        first.publish(last, 8);
        assertEquals(List.of(), thresholds);

        for (int i = 0; i < ACCOUNTS; i++) {
            second.register(i, 10);
        }
        second.publish(last, 1);

        assertEquals(List.of("70% at 9 of 10 since 5000", "90% at 9 of 10 since 5000"), thresholds);
    }

    @Test
    void shouldBeginAMonthWhereTheFirstLaneDoesAndNeitherBeforeNorAgain() {
        final int account = first.register(1, 10);
        second.register(1, 10);
        second.meter.beginMonth(5_000);
        second.publish(account, 7);
        assertEquals(List.of("70% at 7 of 10 since 0"), thresholds);
        thresholds.clear();

        first.meter.beginMonth(5_000);
        first.publish(account, 7);
        first.meter.beginMonth(9_000);
        second.publish(account, 7);
        second.meter.beginMonth(9_000);
        second.publish(account, 2);

        assertEquals(
                List.of("70% at 7 of 10 since 5000", "70% at 7 of 10 since 9000", "90% at 9 of 10 since 9000"),
                thresholds);
    }

    @Test
    void shouldTellAThresholdAtTheFirstOperationThatIsNotBelowItsShare() {
        final int account = first.register(1, 101);
        second.register(1, 101);

        for (int i = 0; i < 110; i++) {
            (i % 2 == 0 ? first : second).publish(account, 1);
        }

        assertEquals(
                List.of("70% at 71 of 101 since 0", "90% at 91 of 101 since 0", "100% at 101 of 101 since 0"),
                thresholds);
    }
}

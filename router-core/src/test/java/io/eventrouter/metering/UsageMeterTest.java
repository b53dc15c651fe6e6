package io.eventrouter.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Windows, early emission, roll-up; the counts themselves are checked against the oracle. */
class UsageMeterTest {
    private static final EntityId ANN = EntityId.of(1, 1);
    private static final int EVENTS = 100_000;

    private final SeededHash hash = new SeededHash(1);
    private final DeviceTable devices = new DeviceTable(hash, 100);
    private final ScopeTable scopes = new ScopeTable(hash, 1 << 20);
    private final List<String> records = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final RouterCounters counters = new RouterCounters();
    private final AtomicLong sequences = new AtomicLong();
    private final int ann = scopes.addUser(ANN);
    private final int product = scopes.addProduct(30301, ann);

    private UsageMeter meter(final UsageGranularity granularity) {
        return meter(granularity, this::record);
    }

    private UsageMeter meter(final UsageGranularity granularity, final UsageHandler handler) {
        final UsageSink sink = new DirectUsage(handler, errors::add, counters, sequences);
        return new UsageMeter(devices, scopes, granularity, sink, new ThresholdBoard(), 1_000);
    }

    private void record(final UsageRecord record) {
        records.add(record.account() + " " + record.productId() + " "
                + (record.hasDevice() ? "device " + record.deviceIdLow() : "all") + " [" + record.windowStartMs() + ", "
                + record.windowEndMs() + "] " + record.publishOperations() + "+" + record.subscribeOperations());
    }

    private int addDevice(final UsageMeter meter, final int id, final int ofProduct) {
        final int device = devices.add(1, id, 1_024);
        devices.owner(device, ann);
        devices.product(device, ofProduct);
        meter.addDevice(device);
        return device;
    }

    @Test
    void shouldEmitEveryDeviceOncePerWindowAlsoIfItIsCountedBeforeTheSliceReachesIt() {
        final UsageMeter meter = meter(UsageGranularity.DEVICE);
        final int first = addDevice(meter, 11, product);
        final int second = addDevice(meter, 12, 0);
        addDevice(meter, 13, 0);
        meter.countPublish(first, product, ann, 2);
        meter.countSubscribe(second, 3);

        meter.closeWindow(2, 2_000);
        meter.countSubscribe(second, 5);
        while (meter.emitSlice(1)) {
            meter.countPublish(first, product, ann, 1);
        }

        assertEquals(
                List.of(
                        "user:" + ANN + " 0 device 12 [1000, 2000] 0+3",
                        "user:" + ANN + " 30301 device 11 [1000, 2000] 2+0"),
                records);
        records.clear();
        meter.closeWindow(3, 3_000);
        meter.emitSlice(Integer.MAX_VALUE);
        assertEquals(
                List.of(
                        "user:" + ANN + " 30301 device 11 [2000, 3000] 2+0",
                        "user:" + ANN + " 0 device 12 [2000, 3000] 0+5"),
                records);
    }

    @Test
    void shouldEmitEarlyBeforeACountOverflows() {
        final UsageMeter meter = meter(UsageGranularity.DEVICE);
        final int device = addDevice(meter, 11, 0);
        for (int i = 0; i < EVENTS; i++) {
            meter.countSubscribe(device, 32);
            meter.countPublish(device, 0, ann, 16);
        }
        meter.closeWindow(2, 2_000);
        meter.emitSlice(Integer.MAX_VALUE);

        long publish = 0;
        long subscribe = 0;
        for (final String record : records) {
            final String[] counts = record.substring(record.indexOf(']') + 2).split("\\+");
            publish += Long.parseLong(counts[0]);
            subscribe += Long.parseLong(counts[1]);
        }
        assertEquals(EVENTS * 16L, publish, records.toString());
        assertEquals(EVENTS * 32L, subscribe, records.toString());
        assertEquals(
                new UsageSnapshot.Totals(EVENTS * 16L, EVENTS * 32L),
                meter.snapshot(0).of(AccountId.user(ANN)));
    }

    @Test
    void shouldEmitEarlyBeforeTheCountOfADeviceThatOnlyPublishesOrOnlyHearsOverflows() {
        final UsageMeter meter = meter(UsageGranularity.DEVICE);
        final int publisher = addDevice(meter, 11, 0);
        final int hearer = addDevice(meter, 12, 0);
        long publish = 0;
        long subscribe = 0;
        for (int i = 0; i < 5_000; i++) {
            meter.countPublish(publisher, 0, ann, 16);
            meter.countSubscribe(hearer, 32);
        }
        meter.closeWindow(2, 2_000);
        meter.emitSlice(Integer.MAX_VALUE);

        for (final String record : records) {
            final String[] counts = record.substring(record.indexOf(']') + 2).split("\\+");
            assertEquals("0", counts[record.contains("device 11") ? 1 : 0], record);
            publish += Long.parseLong(counts[0]);
            subscribe += Long.parseLong(counts[1]);
        }
        assertEquals(5_000 * 16L, publish, records.toString());
        assertEquals(5_000 * 32L, subscribe, records.toString());
    }

    @Test
    void shouldCountNothingForADeviceThatNobodyPaysFor() {
        final UsageMeter meter = meter(UsageGranularity.DEVICE);
        final int stray = devices.add(1, 11, 1_024);
        meter.addDevice(stray);

        meter.countPublish(stray, 0, 0, 2);
        meter.countSubscribe(stray, 3);
        meter.closeWindow(2, 2_000);
        meter.emitSlice(Integer.MAX_VALUE);

        assertEquals(0, meter.publishOperations());
        assertEquals(0, meter.subscribeOperations());
        assertEquals(List.of(), records);
    }

    @Test
    void shouldEmitWhatIsLeftOfAWindowWhenTheNextIsClosed() {
        final UsageMeter meter = meter(UsageGranularity.DEVICE);
        final int first = addDevice(meter, 11, 0);
        final int second = addDevice(meter, 12, 0);
        meter.countPublish(first, 0, ann, 2);
        meter.countPublish(second, 0, ann, 3);
        meter.closeWindow(2, 2_000);
        meter.emitSlice(1);
        assertFalse(meter.isSettled());

        meter.closeWindow(3, 3_000);

        assertEquals(
                List.of(
                        "user:" + ANN + " 0 device 11 [1000, 2000] 2+0",
                        "user:" + ANN + " 0 device 12 [1000, 2000] 3+0"),
                records);
    }

    @Test
    void shouldBeginAWindowWhereTheLastEndedThoughTheClockWentBack() {
        final UsageMeter meter = meter(UsageGranularity.DEVICE);
        final int device = addDevice(meter, 11, 0);
        meter.closeWindow(2, 2_000);
        meter.closeWindow(3, 1_500);
        meter.countPublish(device, 0, ann, 1);
        meter.closeWindow(4, 3_000);
        meter.emitSlice(Integer.MAX_VALUE);

        assertEquals(List.of("user:" + ANN + " 0 device 11 [2000, 3000] 1+0"), records);
    }

    @Test
    void shouldRollUpByProductAndAccount() {
        final UsageMeter meter = meter(UsageGranularity.PRODUCT);
        final int member = addDevice(meter, 11, product);
        final int other = addDevice(meter, 12, 0);
        meter.countPublish(member, product, ann, 2);
        meter.countSubscribe(other, 3);
        meter.closeWindow(2, 2_000);
        meter.countSubscribe(member, 4);
        meter.closeWindow(3, 3_000);

        assertEquals(
                List.of(
                        "user:" + ANN + " 30301 all [1000, 2000] 2+0",
                        "user:" + ANN + " 0 all [1000, 2000] 0+3",
                        "user:" + ANN + " 30301 all [2000, 3000] 0+4"),
                records);
    }

    @Test
    void shouldRollUpByAccount() {
        final UsageMeter meter = meter(UsageGranularity.ACCOUNT);
        meter.countPublish(addDevice(meter, 11, product), product, ann, 2);
        meter.countSubscribe(addDevice(meter, 12, 0), 3);
        meter.closeWindow(2, 2_000);
        meter.closeWindow(3, 3_000);

        assertEquals(List.of("user:" + ANN + " 0 all [1000, 2000] 2+3"), records);
    }

    @Test
    void shouldGoOnAndCountItWhenTheHandlerThrows() {
        final UsageMeter meter = meter(UsageGranularity.DEVICE, new UsageHandler() {
            @Override
            public void onUsage(final UsageRecord record) {
                throw new IllegalStateException("handler");
            }

            @Override
            public void onThreshold(final UsageThreshold threshold) {
                throw new IllegalStateException("handler");
            }
        });
        meter.grant(ann, 10);
        meter.countPublish(addDevice(meter, 11, 0), 0, ann, 6);
        meter.countPublish(addDevice(meter, 12, 0), 0, ann, 1);

        meter.closeWindow(2, 2_000);
        meter.emitSlice(Integer.MAX_VALUE);

        assertEquals(3, errors.size());
        assertEquals(2, meter.recordsEmitted());
        assertEquals(3, counters.get(RouterCounter.USAGE_HANDLER_FAILED));
    }
}

package io.eventrouter.benchmarks;

import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads what a bill has of every record, and adds it up.
 *
 * <p><b>Threading:</b> records on one thread; sums on any, for the records that were awaited.
 */
final class CountingUsageHandler implements UsageHandler {
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final AtomicLong records = new AtomicLong();
    private long publishOperations;
    private long subscribeOperations;
    private long lastSequence;
    private long touched;

    @Override
    public void onUsage(final UsageRecord record) {
        touched += record.accountIdHigh() + record.accountIdLow() + record.productId();
        touched += record.deviceIdHigh() + record.deviceIdLow() + record.windowEndMs();
        publishOperations += record.publishOperations();
        subscribeOperations += record.subscribeOperations();
        lastSequence = record.sequence();
        records.setRelease(records.getPlain() + 1);
    }

    void awaitRecords(final long count) {
        final long startNs = System.nanoTime();
        while (records.getAcquire() < count) {
            if (System.nanoTime() - startNs > AWAIT_NS) {
                Work.requireEqual("records that came in time", count, records());
            }
            Thread.yield();
        }
        Work.require(count == 0 || touched != 0, "the handler read the records");
    }

    long records() {
        return records.getAcquire();
    }

    long publishOperations() {
        return publishOperations;
    }

    long subscribeOperations() {
        return subscribeOperations;
    }

    long lastSequence() {
        return lastSequence;
    }
}

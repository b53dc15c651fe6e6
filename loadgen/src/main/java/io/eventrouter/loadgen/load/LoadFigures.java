package io.eventrouter.loadgen.load;

import io.eventrouter.identity.AccountId;
import io.eventrouter.metering.UsageSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What came of a load.
 *
 * @param startedAt when the first phase began.
 * @param ended how it ended.
 * @param events what became of them.
 * @param changes commands that were sent for changes of the fleet.
 * @param changesFailed of those.
 * @param counters what the router's counters grew by.
 * @param latencies times of the measured part.
 * @param seconds one row each.
 * @param accounts data operations.
 * @param elapsedNs from the start to the last hand-over.
 * @param drainNs from then until everything was delivered.
 * @param isDrained whether everything was delivered.
 * @param compilingNs that the compilers of the JVM worked meanwhile.
 * @param publisherBytes allocated by the publishing threads.
 * @param routingBytes allocated by the routing thread.
 */
public record LoadFigures(
        Instant startedAt,
        Ended ended,
        EventCounts events,
        long changes,
        long changesFailed,
        CounterSample counters,
        Latencies latencies,
        List<SecondRow> seconds,
        Map<AccountId, UsageSnapshot.Totals> accounts,
        long elapsedNs,
        long drainNs,
        boolean isDrained,
        long compilingNs,
        long publisherBytes,
        long routingBytes) {
    private static final double NS_PER_SECOND = 1e9;

    /**
     * What was handed over a second.
     *
     * @return events a second.
     */
    public double offeredPerSecond() {
        return events.offered() * NS_PER_SECOND / Math.max(1, elapsedNs);
    }

    /**
     * What was delivered a second.
     *
     * @return deliveries a second.
     */
    public double deliveredPerSecond() {
        return counters.deliveries() * NS_PER_SECOND / Math.max(1, elapsedNs + drainNs);
    }

    /**
     * What publishing and routing threads allocated on the heap, by event, answers included.
     *
     * @return bytes.
     */
    public double allocatedBytesPerEvent() {
        return (double) (publisherBytes + routingBytes) / Math.max(1, events.offered() + events.answers());
    }
}

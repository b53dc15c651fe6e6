package io.eventrouter.loadgen.load;

import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Phase;
import io.eventrouter.loadgen.scenario.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;

/**
 * What the generator itself can do: the same publishers, the same events, all of them due at once, into a router that
 * does nothing.
 *
 * @param eventsPerSecond of all publishers together.
 * @param allocatedBytesPerEvent on their threads.
 */
public record Ceiling(double eventsPerSecond, double allocatedBytesPerEvent) {
    private static final long LONGEST_NS = 3_600_000_000_000L;
    private static final double NS_PER_SECOND = 1e9;

    static Ceiling measure(final EventMix mix, final int publishers, final long durationNs) {
        final Load load = new Load(
                Optional.of(new Rate(Rate.MAX_MILLI_PER_SECOND)),
                false,
                publishers,
                0,
                LONGEST_NS,
                List.of(new Phase.Constant(LONGEST_NS, Phase.RelativeRate.FULL)));
        final Schedule schedule = new Schedule(load, load.rate().orElseThrow());
        final PublisherLimits limits = new PublisherLimits(LONGEST_NS, LONGEST_NS, LONGEST_NS, false);
        final List<Publisher> workers = new ArrayList<>();
        for (int i = 0; i < publishers; i++) {
            workers.add(new Publisher(
                    SystemNanoClock.INSTANCE,
                    mix,
                    new EventSink.Nothing(),
                    PublisherChanges.NONE,
                    schedule.arrivals(i, publishers, 0),
                    limits));
        }
        // The first half only warms up.
        final PublisherThreads threads = PublisherThreads.start(workers, System.nanoTime(), new StopSignal());
        threads.sleep(durationNs / 2);
        final long bytes = threads.allocatedBytes();
        final long events = offered(workers);
        final long startNs = System.nanoTime();
        threads.sleep(durationNs / 2);
        final long moreEvents = Math.max(1, offered(workers) - events);
        final long elapsedNs = System.nanoTime() - startNs;
        final long moreBytes = threads.allocatedBytes() - bytes;
        threads.stop();
        return new Ceiling(moreEvents * NS_PER_SECOND / elapsedNs, (double) moreBytes / moreEvents);
    }

    private static long offered(final List<Publisher> publishers) {
        return publishers.stream()
                .mapToLong(publisher -> publisher.counts().offered())
                .sum();
    }
}

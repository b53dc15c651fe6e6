package io.eventrouter.loadgen.demo;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.loadgen.feed.FirstFailure;
import io.eventrouter.loadgen.feed.RouterFeed;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.fleet.FleetFile;
import io.eventrouter.loadgen.fleet.Plans;
import io.eventrouter.loadgen.input.LineReader;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.trace.PublishLines;
import io.eventrouter.loadgen.trace.TraceLineParser;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How fast the router takes the events of a trace when they come over and over, as fast as it takes them. */
final class DemoRate {
    private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long MEASURED_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int ROUNDS_BETWEEN_LOOKS = 64;

    private final long events;
    private final long deliveries;
    private final long elapsedNs;

    private DemoRate(final long events, final long deliveries, final long elapsedNs) {
        this.events = events;
        this.deliveries = deliveries;
        this.elapsedNs = elapsedNs;
    }

    static DemoRate measure(final TextSource fleetFile, final TextSource trace) {
        final FleetFile fleet = FleetFile.open(fleetFile, Plans.load());
        final FirstFailure failure = new FirstFailure();
        final Counter counter = new Counter();
        final RouterContext context = new RouterContext()
                .maxDevices(fleet.deviceCount())
                .subscriptionsPerDevice(RouterContext.UNLIMITED_SUBSCRIPTIONS)
                .deliveryHandler(counter::onDelivery)
                .errorHandler(thrown -> failure.report("the router failed: " + thrown, thrown));
        try (EventRouter router = EventRouter.launch(context)) {
            final RouterFeed feed = new RouterFeed(router, failure);
            fleet.load(feed::submit);
            feed.awaitCommands();
            final List<EventDraft> drafts = drafts(fleet, trace);
            run(feed, drafts, WARM_UP_NS);

            final long deliveriesBefore = counter.deliveries;
            final long startNs = System.nanoTime();
            final long events = run(feed, drafts, MEASURED_NS);
            return new DemoRate(events, counter.deliveries - deliveriesBefore, System.nanoTime() - startNs);
        }
    }

    void print(final PrintStream out) {
        final int processors = Runtime.getRuntime().availableProcessors();
        out.printf(
                "%nHow fast: %s events/s and %s deliveries/s, the same events over and over for %s.%n",
                Figures.perSecond(events, elapsedNs),
                Figures.perSecond(deliveries, elapsedNs),
                Figures.seconds(elapsedNs));
        out.printf(
                "This is for orientation only: router and publisher shared one process on %s, and the%n"
                        + "transports did nothing but count.%n",
                Figures.count(processors, "processor"));
    }

    /** Counts deliveries; the replaying thread reads the count while the router is idle. */
    private static final class Counter {
        private long deliveries;

        private AttemptOutcome onDelivery(final Delivery delivery) {
            deliveries++;
            return AttemptOutcome.ACKNOWLEDGED_FIRST;
        }
    }

    private static long run(final RouterFeed feed, final List<EventDraft> drafts, final long durationNs) {
        final long startNs = System.nanoTime();
        long events = 0;
        while (System.nanoTime() - startNs < durationNs) {
            for (int round = 0; round < ROUNDS_BETWEEN_LOOKS; round++) {
                for (int i = 0; i < drafts.size(); i++) {
                    final long result = feed.publish(drafts.get(i));
                    if (result < 0) {
                        throw new IllegalStateException(drafts.get(i).explain(result));
                    }
                }
            }
            events += (long) ROUNDS_BETWEEN_LOOKS * drafts.size();
        }
        feed.finish();
        return events;
    }

    private static List<EventDraft> drafts(final FleetFile fleet, final TextSource trace) {
        final PublishLines publishes = new PublishLines(fleet.directory());
        final TraceLineParser parser = new TraceLineParser();
        final List<EventDraft> drafts = new ArrayList<>();
        try (LineReader reader = new LineReader(trace)) {
            while (reader.next()) {
                final Fields line = parser.parse(reader);
                if (!line.has("type")) {
                    final EventDraft draft = new EventDraft();
                    publishes.fill(draft, line, reader.lineNumber());
                    drafts.add(draft);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return drafts;
    }
}

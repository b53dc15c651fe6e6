package io.eventrouter.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.HookTopics;
import io.eventrouter.command.Integration;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.status.CloseReport;
import io.eventrouter.status.RouterCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One router after the other over the same ownership directory, each with events, changes and faults of all kinds, and
 * what the process holds after each of them.
 */
final class Soak {
    private static final EntityId ORGANIZATION = EntityId.of(0xb, 1);
    private static final int USERS = 50;
    private static final int DEVICES = 2_000;
    private static final int ROUNDS_BETWEEN_BREATHS = 64;

    private final Path directory;
    private final Leak leak;
    private final double cpuShare;
    private final SplittableRandom random;
    private final List<Resources> samples = new ArrayList<>();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[16_384]);
    private final long startNs = System.nanoTime();
    private long events;
    private long deliveries;
    private long changes;
    private long routers;

    /** A soak in a directory that leaks on purpose, and takes no more than a share of a core for publishing. */
    Soak(final Path directory, final Leak leak, final double cpuShare, final long seed) {
        this.directory = directory;
        this.leak = leak;
        this.cpuShare = cpuShare;
        this.random = new SplittableRandom(seed);
    }

    List<Resources> samples() {
        return samples;
    }

    /** Go on until the time is over; of the routers of a run at least so many are warm-up that nobody looks at. */
    void run(final long durationNs, final long routerNs, final int warmUpRouters) {
        while (System.nanoTime() - startNs < durationNs || samples.size() < 6) {
            runRouter(routerNs);
            leak.leak();
            routers++;
            if (routers > warmUpRouters) {
                samples.add(Resources.now(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs)));
            }
        }
    }

    private void runRouter(final long durationNs) {
        final EventRouter router = EventRouter.launch(new RouterContext()
                .maxDevices(2 * DEVICES)
                .maxAccounts(1_000)
                .ringSlots(2_048)
                .lanes(routers % 2 == 0 ? 1 : 2)
                .dataDirectory(directory)
                .controlTimeout(60, TimeUnit.SECONDS)
                .closeTimeout(60, TimeUnit.SECONDS)
                .usageWindow(200, TimeUnit.MILLISECONDS)
                .usageHandler(record -> faultAtTimes(1_000))
                .refusalHandler((event, code) -> faultAtTimes(100))
                .errorHandler(problem -> faultAtTimes(1_000))
                .deliveryHandler(this::onDelivery));
        register(router);
        final long endNs = System.nanoTime() + durationNs;
        final EventDraft draft = new EventDraft();
        final EventDraft[] drafts = new EventDraft[16];
        for (int i = 0; i < drafts.length; i++) {
            drafts[i] = new EventDraft();
        }
        final long[] results = new long[drafts.length];
        long offered = 0;
        do {
            final long roundNs = System.nanoTime();
            for (int i = 0; i < ROUNDS_BETWEEN_BREATHS; i++) {
                router.publish(next(draft));
                for (final EventDraft one : drafts) {
                    next(one);
                }
                router.publishAll(drafts, drafts.length, results);
                offered += 1 + drafts.length;
                final int number = random.nextInt(2 * DEVICES);
                router.reportAttempts(0xe, number, 1, AttemptOutcome.of(random.nextInt(5)));
                router.publishHookResponse(
                        HookTopics.PRODUCT_DEFAULT,
                        random.nextBoolean(),
                        new EventDraft().fromHook(0xe, number).name("hook").payload(payload, 0, random.nextInt(2_000)));
                change(router);
            }
            breathe(System.nanoTime() - roundNs);
        } while (System.nanoTime() < endNs);
        router.usageSnapshot().join();
        final CloseReport report = router.closeAndReport();
        assertTrue(report.isComplete(), report::toString);
        checkSums(router);
        events += offered;
        deliveries += router.counter(RouterCounter.DELIVERIES_TO_DEVICES)
                + router.counter(RouterCounter.DELIVERIES_TO_STREAMS)
                + router.counter(RouterCounter.DELIVERIES_TO_INTEGRATIONS);
    }

    private void breathe(final long workedNs) {
        if (cpuShare < 1) {
            LockSupport.parkNanos((long) (workedNs * (1 / cpuShare - 1)));
        }
    }

    private static void checkSums(final EventRouter router) {
        assertEquals(0, router.counter(RouterCounter.ROUTING_FAILURES));
        assertEquals(
                router.counter(RouterCounter.EVENTS_ACCEPTED),
                router.counter(RouterCounter.EVENTS_ROUTED)
                        + router.counter(RouterCounter.EVENTS_UNROUTABLE)
                        + router.counter(RouterCounter.EVENTS_DROPPED_PAUSED));
        assertTrue(router.counter(RouterCounter.EVENTS_ACCEPTED) > 0);
    }

    private EventDraft next(final EventDraft draft) {
        final int length = random.nextInt(100) == 0 ? random.nextInt(20_000) : random.nextInt(200);
        return draft.fromDevice(0xe, random.nextInt(DEVICES + DEVICES / 10))
                .name(random.nextInt(50) == 0 ? "spark/bad" : "t" + random.nextInt(20) + "/reading")
                .payload(payload, 0, length);
    }

    private void register(final EventRouter router) {
        for (int i = 0; i < USERS; i++) {
            submit(router, new Command.RegisterUser(EntityId.of(0xa, i), 1_000_000));
        }
        submit(router, new Command.RegisterOrganization(ORGANIZATION, 0));
        submit(router, new Command.RegisterProduct(1, AccountId.organization(ORGANIZATION)));
        for (int i = 0; i < DEVICES; i++) {
            final EntityId device = EntityId.of(0xe, i);
            submit(router, new Command.RegisterDevice(device, 16_384));
            submit(router, new Command.Claim(device, EntityId.of(0xa, i % USERS)));
            submit(router, new Command.Subscribe(device, "t" + i % 20));
            submit(router, new Command.GoOnline(device));
        }
        submit(router, new Command.OpenStream(EventStream.of("all", ScopeId.owner(EntityId.of(0xa, 1)))));
        router.usageSnapshot().join();
    }

    private void change(final EventRouter router) {
        final EntityId device = EntityId.of(0xe, random.nextInt(DEVICES));
        final String prefix = "t" + random.nextInt(1_000);
        changes++;
        submit(
                router,
                switch (random.nextInt(12)) {
                    case 0 -> new Command.Claim(device, EntityId.of(0xa, random.nextInt(USERS)));
                    case 1 -> new Command.Unclaim(device);
                    case 2 -> new Command.Subscribe(device, prefix);
                    case 3 -> new Command.UnsubscribeAll(device);
                    case 4 -> new Command.GoOnline(device);
                    case 5 -> new Command.EndSession(device);
                    case 6 -> new Command.AddToProduct(device, 1);
                    case 7 -> new Command.RemoveFromProduct(device);
                    case 8 -> new Command.OpenStream(EventStream.of(prefix, ScopeId.product(1)));
                    case 9 -> new Command.CloseStream(prefix);
                    case 10 -> new Command.PutIntegration(Integration.ofProduct(prefix, 1, "t"));
                    default -> new Command.RemoveIntegration(prefix);
                });
    }

    // Most are not waited for; what they are refused for is in their futures and of no interest.
    private static void submit(final EventRouter router, final Command command) {
        try {
            router.submit(command);
        } catch (final CommandRefusedException closed) {
            throw new AssertionError(closed);
        }
    }

    private AttemptOutcome onDelivery(final Delivery delivery) {
        final long number = delivery.event().sequence() * 31 + delivery.deviceIdLow();
        if (number % 10_007 == 0) {
            throw new IllegalStateException("planted");
        }
        if (number % 10_009 == 0) {
            Thread.currentThread().interrupt();
        }
        return number % 97 == 0 ? AttemptOutcome.ACKNOWLEDGED_SECOND : AttemptOutcome.PENDING;
    }

    private static void faultAtTimes(final int rarity) {
        if (System.nanoTime() % rarity == 0) {
            throw new AssertionError("planted");
        }
    }

    /** What was done and what was held, for a reader. */
    String table() {
        final StringBuilder table = new StringBuilder(String.format(
                "routers=%d, events offered=%,d, deliveries=%,d, changes=%,d%n%8s %12s %12s %12s %6s %8s%n",
                routers,
                events,
                deliveries,
                changes,
                "seconds",
                "heap KiB",
                "direct KiB",
                "non-heap KiB",
                "files",
                "threads"));
        final int step = Math.max(1, samples.size() / 30);
        for (int i = 0; i < samples.size(); i += step) {
            final Resources sample = samples.get(i);
            table.append(String.format(
                    "%8d %,12d %,12d %,12d %6d %8d%n",
                    sample.atMs() / 1_000,
                    sample.heap() >> 10,
                    sample.direct() >> 10,
                    sample.resident() >> 10,
                    sample.files(),
                    sample.threads()));
        }
        return table.toString();
    }

    /** That work was done at all. */
    void checkWork() {
        assertTrue(events > 0 && deliveries > 0 && changes > 0, this::table);
        assertTrue(samples.stream().noneMatch(sample -> sample.heap() <= 0), this::table);
    }
}

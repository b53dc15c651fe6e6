package io.eventrouter.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One check of what a full queue does, held against outboxes and against copies with a mistake: the first must pass,
 * the others must not.
 */
@Timeout(300)
class PlantedOutboxMistakesTest {
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId DEVICE = EntityId.of(0xe, 1);
    private static final int EVENTS = 10_000;

    // How long the mistake of waiting is waited for; what is right takes a fraction of it.
    private static final long WATCHDOG_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long WATCHDOG_OF_MISTAKE_NS = TimeUnit.SECONDS.toNanos(1);

    @Test
    void shouldFindNothingWrongWithOutboxes() {
        final CountDownLatch released = new CountDownLatch(1);
        final List<Long> heard = new CopyOnWriteArrayList<>();
        final Outboxes outboxes =
                Outboxes.launch(new OutboxesContext().bytesPerOutbox(OutboxesContext.MIN_BYTES_PER_OUTBOX));
        final Outbox outbox = outboxes.openForDevices(0, delivery -> {
            try {
                released.await();
            } catch (final InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            heard.add(delivery.event().correlationId());
            return AttemptOutcome.PENDING;
        });

        final List<String> findings = check(
                outboxes,
                () -> {
                    released.countDown();
                    outboxes.close(30, TimeUnit.SECONDS);
                },
                () -> heard,
                () -> outbox.count(OutboxCounter.TAKEN),
                outbox::dropped,
                WATCHDOG_NS);

        assertEquals(List.of(), findings);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindEveryMistake(final MistakenOutbox.Mistake mistake) {
        final MistakenOutbox outbox = new MistakenOutbox(mistake);
        final List<String> findings = check(
                outbox,
                outbox::serve,
                outbox::heard,
                outbox::taken,
                outbox::dropped,
                mistake == MistakenOutbox.Mistake.WAITS ? WATCHDOG_OF_MISTAKE_NS : WATCHDOG_NS);

        final List<String> expected = switch (mistake) {
            case NONE -> List.of();
            case OVERWRITES -> List.of("not the oldest");
            case WAITS -> List.of("the routing thread waits");
            case CHARGES_DROPS -> List.of("drops are charged");
            case FORGETS_TO_COUNT -> List.of("drops are not counted");
        };
        assertEquals(expected, findings);
    }

    private static List<String> check(
            final DeliveryHandler outbox,
            final Runnable serve,
            final Supplier<List<Long>> heard,
            final LongSupplier taken,
            final LongSupplier dropped,
            final long watchdogNs) {
        final List<String> findings = new ArrayList<>();
        try (EventRouter router = EventRouter.launch(new RouterContext().deliveryHandler(outbox))) {
            router.execute(new Command.RegisterUser(ANN, 0));
            router.execute(new Command.RegisterDevice(DEVICE));
            router.execute(new Command.Claim(DEVICE, ANN));
            router.execute(new Command.Subscribe(DEVICE, "t"));
            router.execute(new Command.GoOnline(DEVICE));
            final long last = publish(router);
            if (!router.awaitRouted(last, watchdogNs)) {
                findings.add("the routing thread waits");
                while (!router.awaitRouted(last, TimeUnit.MILLISECONDS.toNanos(1))) {
                    serve.run();
                }
                serve.run();
                return findings;
            }
            final long charged =
                    router.usageSnapshot().join().of(AccountId.user(ANN)).subscribeOperations();
            serve.run();
            if (!heard.get()
                    .equals(LongStream.range(0, taken.getAsLong()).boxed().toList())) {
                findings.add("not the oldest");
            }
            if (charged != taken.getAsLong()) {
                findings.add("drops are charged");
            }
            if (taken.getAsLong() + dropped.getAsLong() != EVENTS) {
                findings.add("drops are not counted");
            }
        }
        return findings;
    }

    private static long publish(final EventRouter router) {
        final EventDraft draft = new EventDraft().fromDevice(DEVICE).name("t");
        long sequence = -1;
        for (int i = 0; i < EVENTS; i++) {
            sequence = router.publish(draft.correlationId(i));
            assertEquals(true, sequence >= 0, "no longer than the ring: " + PublishResult.describe(sequence));
        }
        return sequence;
    }
}

package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lists of hundreds of subscribers, at once and in slices: who hears an event, how often, and what it costs. Devices
 * are of every kind that a list can hold, in any order, and answer in every way. Oracle: the rules, device by device.
 */
@Timeout(300)
class LongListsTest {
    private static final int PRODUCT = 7;
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId BOB = EntityId.of(0xb, 1);

    /** What devices of one kind take at most, and one byte more, which those of the other kind take at most. */
    private static final int SHORT = 512;

    private static final int LONG = SHORT + 1;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<Receiver> receivers = new ArrayList<>();
    private final Map<EntityId, Receiver> byId = new HashMap<>();

    /** A device that subscribed, with all that decides what it hears. */
    private static final class Receiver {
        EntityId id;
        EntityId owner;
        boolean online;
        boolean takesLong;
        AttemptOutcome answer;
        boolean throwsInstead;
        int heard;
        int expected;

        AttemptOutcome counted() {
            return throwsInstead || answer == null ? AttemptOutcome.PENDING : answer;
        }
    }

    private AttemptOutcome onDelivery(final Delivery delivery) {
        final Receiver receiver = byId.get(EntityId.of(delivery.deviceIdHigh(), delivery.deviceIdLow()));
        receiver.heard++;
        if (receiver.throwsInstead) {
            throw new IllegalStateException("planted");
        }
        return receiver.answer;
    }

    @Test
    void shouldDeliverToEveryDeviceOfALongListByTheRules() {
        for (int slice : new int[] {RouterContext.UNCUT, RouterContext.UNCUT, 1_000, 300, 100, 64, 63, 7}) {
            receivers.clear();
            byId.clear();
            try (EventRouter router = EventRouter.launch(new RouterContext()
                    .sliceLength(slice)
                    .useInvoker(true)
                    .ringSlots(4_096)
                    .errorHandler(problem -> {})
                    .deliveryHandler(this::onDelivery))) {
                fill(router);
                broadcastAndCheck(router, "slice=" + slice + ", seed=" + seed);
            }
        }
    }

    private void fill(final EventRouter router) {
        router.execute(new Command.RegisterUser(ANN, 0));
        router.execute(new Command.RegisterUser(BOB, 0));
        router.execute(new Command.RegisterProduct(PRODUCT, AccountId.user(BOB)));
        final int length = 1 + random.nextInt(700);
        final boolean allAlike = random.nextInt(3) == 0;
        for (int i = 0; i < length; i++) {
            register(router, i, allAlike);
        }
        final List<Receiver> inOrder = new ArrayList<>(receivers);
        if (random.nextBoolean()) {
            Collections.shuffle(inOrder, random);
        }
        for (final Receiver receiver : inOrder) {
            if (random.nextInt(10) == 0) {
                router.execute(new Command.Subscribe(receiver.id, "al"));
            }
            router.execute(new Command.Subscribe(receiver.id, "all"));
        }
    }

    private void register(final EventRouter router, final int number, final boolean alike) {
        final Receiver receiver = new Receiver();
        receiver.id = EntityId.of(0xe, number);
        receiver.owner = alike ? null : Arrays.asList(null, ANN, BOB).get(random.nextInt(3));
        receiver.online = alike || random.nextInt(8) != 0;
        receiver.takesLong = alike || random.nextInt(8) != 0;
        receiver.answer = alike || random.nextInt(3) != 0
                ? AttemptOutcome.PENDING
                : AttemptOutcome.values()[random.nextInt(AttemptOutcome.values().length)];
        receiver.throwsInstead = !alike && random.nextInt(20) == 0;
        final int maxEventSize = receiver.takesLong ? LONG : SHORT;
        router.execute(new Command.RegisterDevice(receiver.id, maxEventSize));
        router.execute(new Command.AddToProduct(receiver.id, PRODUCT));
        if (receiver.owner != null) {
            router.execute(new Command.Claim(receiver.id, receiver.owner));
        }
        if (receiver.online) {
            router.execute(new Command.GoOnline(receiver.id));
        }
        receivers.add(receiver);
        byId.put(receiver.id, receiver);
    }

    /** Everybody in the product hears, or skips, each event once, also who is of the publisher's owner. */
    private void broadcastAndCheck(final EventRouter router, final String message) {
        long published = 0;
        long matched = 0;
        long delivered = 0;
        long operations = 0;
        for (int i = 0; i < 6; i++) {
            final boolean isLong = random.nextBoolean();
            assertTrue(router.publish(new EventDraft()
                            .fromDevice(receivers.get(random.nextInt(receivers.size())).id)
                            .name("all/" + i)
                            .payload(new byte[isLong ? LONG : SHORT]))
                    >= 0);
            published++;
            for (final Receiver receiver : receivers) {
                matched++;
                if (receiver.online && (receiver.takesLong || !isLong)) {
                    receiver.expected++;
                    delivered += receiver.counted() == AttemptOutcome.NOT_ATTEMPTED ? 0 : 1;
                    operations += receiver.counted().attempts();
                    receiver.online = receiver.counted() != AttemptOutcome.FAILED;
                }
            }
        }
        drain(router);

        for (final Receiver receiver : receivers) {
            assertEquals(receiver.expected, receiver.heard, () -> receiver.id + ", " + message);
        }
        assertEquals(matched, router.counter(RouterCounter.DEVICES_MATCHED), message);
        assertEquals(delivered, router.counter(RouterCounter.DELIVERIES_TO_DEVICES), message);
        final CompletableFuture<UsageSnapshot> snapshot = router.usageSnapshot();
        drain(router);
        assertEquals(
                new UsageSnapshot.Totals(published, operations), snapshot.join().of(AccountId.user(BOB)), message);
        assertEquals(
                new UsageSnapshot.Totals(published, operations), snapshot.join().ofProduct(PRODUCT), message);
    }

    private static void drain(final EventRouter router) {
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }
}

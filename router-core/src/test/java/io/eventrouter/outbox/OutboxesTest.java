package io.eventrouter.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What outboxes do, step by step on one thread. */
@Timeout(300)
class OutboxesTest {
    private final List<Long> heard = new ArrayList<>();
    private boolean fails;

    private final DeliveryHandler hearing = delivery -> {
        heard.add(delivery.event().correlationId());
        if (fails) {
            throw new IllegalStateException("not today");
        }
        return AttemptOutcome.PENDING;
    };

    private static List<Long> numbers(final long begin, final long end) {
        return LongStream.range(begin, end).boxed().toList();
    }

    private static String describe(final Delivery delivery) {
        final RoutedEvent event = delivery.event();
        final byte[] name = new byte[event.nameLength()];
        final byte[] payload = new byte[event.payloadLength()];
        event.buffer().getBytes(event.nameOffset(), name);
        event.buffer().getBytes(event.payloadOffset(), payload);
        return String.join(
                " ",
                delivery.recipientKind().toString(),
                delivery.recipientId(),
                Long.toHexString(delivery.deviceIdHigh()),
                Integer.toHexString(delivery.deviceIdLow()),
                Integer.toString(delivery.operationsPerAttempt()),
                Long.toString(event.sequence()),
                event.origin().toString(),
                Long.toString(event.correlationId()),
                Long.toString(event.publishedAtMs()),
                event.name(),
                new String(name, java.nio.charset.StandardCharsets.US_ASCII),
                Integer.toString(java.util.Arrays.hashCode(payload)),
                Boolean.toString(event.hasPublisher()),
                Long.toHexString(event.publisherIdHigh()),
                Integer.toHexString(event.publisherIdLow()),
                Integer.toString(event.productId()),
                Boolean.toString(event.hasOwner()),
                Long.toHexString(event.ownerIdHigh()),
                Integer.toHexString(event.ownerIdLow()));
    }

    @Test
    void shouldShowHandlersWhatTheRoutingThreadSees() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final List<String> seen = new ArrayList<>();
        final List<String> shown = new ArrayList<>();
        final DeliveryHandler describing = delivery -> {
            shown.add(describe(delivery));
            return null;
        };
        try (OutboxBench bench = new OutboxBench(
                context -> context.bytesPerOutbox(1 << 20),
                outboxes -> delivery -> {
                    seen.add(describe(delivery));
                    return outboxes.onDelivery(delivery);
                },
                1)) {
            random.nextBytes(bench.payload().byteArray());
            bench.outboxes.open(RecipientKind.INTEGRATION, "a", describing);
            bench.outboxes.open(RecipientKind.LOGIC_FUNCTION, "c", describing);
            bench.outboxes.openForDevices(0, describing);
            bench.outboxes.openForDevices(1, describing);
            final EventDraft draft = new EventDraft();
            for (int i = 0; i < 2_000; i++) {
                final List<EventDraft> origins = List.of(
                        new EventDraft().fromDevice(OutboxBench.PUBLISHER),
                        new EventDraft().fromUser(OutboxBench.ANN),
                        new EventDraft().fromLogic(OutboxBench.PRODUCT),
                        new EventDraft().fromLogicAsDevice(OutboxBench.FIRST),
                        new EventDraft().fromHook(OutboxBench.FIRST));
                final String name = List.of("a", "c", "d/", "d/" + "x".repeat(62), "a" + "y".repeat(random.nextInt(64)))
                        .get(random.nextInt(5));
                final int length = i % 100 == 0 ? 16_384 : random.nextInt(300);
                bench.router.publish(origins.get(random.nextInt(5))
                        .name(name)
                        .payload(bench.payload(), random.nextInt(1_000), length)
                        .correlationId(random.nextLong()));
                bench.route();
                bench.serve();
            }
            // The longest event that there is.
            bench.router.publish(
                    draft.fromHook(OutboxBench.FIRST).name("a".repeat(255)).payload(bench.payload(), 0, 100_000));
            bench.route();
            bench.serve();
            assertTrue(seen.size() > 1_000, "seen=" + seen.size() + ", seed=" + seed);
            assertEquals(
                    seen.stream().sorted().toList(), shown.stream().sorted().toList(), "seed=" + seed);
        }
    }

    @Test
    void shouldDropTheNewestWhenItIsFullAndChargeNothingForIt() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.openForDevices(0, hearing);
            bench.outboxes.openForDevices(1, delivery -> AttemptOutcome.PENDING);
            bench.publish("d/", 1_024, 1_000);

            final long taken = outbox.count(OutboxCounter.TAKEN);
            assertTrue(taken > 200 && taken < 1_000, "taken=" + taken);
            assertEquals(1_000, outbox.count(OutboxCounter.OFFERED));
            assertEquals(1_000 - taken, outbox.count(OutboxCounter.DROPPED_FULL));
            bench.serve();
            assertEquals(numbers(0, taken), heard);
            assertEquals(taken, outbox.count(OutboxCounter.DELIVERED));
            assertEquals(0, outbox.queued());
            assertEquals(0, outbox.queuedBytes());

            // The other device's outbox had as many and as much room.
            assertEquals(2_000, bench.router.counter(RouterCounter.DEVICES_MATCHED));
            assertEquals(2 * taken, bench.router.counter(RouterCounter.DELIVERIES_TO_DEVICES));
            assertEquals(2 * (1_000 - taken), bench.router.counter(RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED));
            assertEquals(2 * taken, bench.paid());
            assertEquals(taken, outbox.count(OutboxCounter.OPERATIONS_HANDED_OVER));
        }
    }

    @Test
    void shouldDropWhatNeedsMoreThanAnEighthOfTheQueue() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            bench.publish("a", 16_384, 2);
            final EventDraft draft = new EventDraft().fromLogicAsDevice(OutboxBench.FIRST);
            bench.router.publish(draft.name("a").payload(bench.payload(), 0, 40_000));
            bench.route();
            bench.serve();

            assertEquals(numbers(0, 2), heard);
            assertEquals(1, outbox.count(OutboxCounter.DROPPED_TOO_LONG));
            assertEquals(1, bench.router.counter(RouterCounter.SERVICES_SKIPPED_NOT_ATTEMPTED));
            assertEquals(2, bench.router.counter(RouterCounter.DELIVERIES_TO_INTEGRATIONS));
        }
    }

    @Test
    void shouldSetASubscriberAsideThatKeepsFailingAndTryItAgainAfterLongerAndLongerPauses() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            fails = true;
            bench.publish("a", 10, 10);
            bench.serve();
            assertEquals(numbers(0, 3), heard);
            assertEquals(OutboxState.SET_ASIDE, outbox.state());
            assertEquals(7, outbox.queued());

            bench.publish("a", 10, 5);
            assertEquals(5, outbox.count(OutboxCounter.DROPPED_SET_ASIDE));
            for (final int pause : new int[] {10, 20, 40, 40}) {
                final int before = heard.size();
                bench.pass(pause - 1);
                bench.serve();
                assertEquals(before, heard.size(), "pause=" + pause);
                bench.pass(1);
                bench.serve();
                assertEquals(before + 1, heard.size(), "pause=" + pause);
                assertEquals(OutboxState.SET_ASIDE, outbox.state());
            }

            fails = false;
            bench.pass(40);
            bench.serve();
            assertEquals(OutboxState.OPEN, outbox.state());
            // What it had taken comes, what came meanwhile does not.
            assertEquals(numbers(0, 10), heard);
            bench.publish("a", 10, 1);
            fails = true;
            bench.serve();
            bench.publish("a", 10, 4);
            bench.serve();
            assertEquals(OutboxState.SET_ASIDE, outbox.state());
            bench.pass(10);
            fails = false;
            bench.serve();
            assertEquals(OutboxState.OPEN, outbox.state(), "the pause is short again");
            assertEquals(6, outbox.count(OutboxCounter.TIMES_SET_ASIDE));
            assertEquals(10, outbox.count(OutboxCounter.FAILED));
        }
    }

    @Test
    void shouldComeBackAtOnceWhenTheEmbedderSaysSo() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            fails = true;
            bench.publish("a", 10, 5);
            bench.serve();
            assertEquals(OutboxState.SET_ASIDE, outbox.state());
            fails = false;
            outbox.reinstate();
            assertEquals(OutboxState.OPEN, outbox.state());
            bench.serve();
            assertEquals(numbers(0, 5), heard);
        }
    }

    @Test
    void shouldBeginAnewWithFailuresAndPausesWhenTheEmbedderBringsItBack() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            fails = true;
            bench.publish("a", 10, 20);
            bench.serve();
            bench.pass(10);
            bench.serve();
            assertEquals(numbers(0, 4), heard, "the next pause would be longer");

            outbox.reinstate();
            bench.serve();
            assertEquals(numbers(0, 7), heard, "three failures in a row as at first");
            assertEquals(OutboxState.SET_ASIDE, outbox.state());
            bench.pass(10);
            bench.serve();
            assertEquals(numbers(0, 8), heard, "after the shortest pause");
        }
    }

    @Test
    void shouldBeTriedWithWhatComesNextIfNothingWasLeft() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            fails = true;
            bench.publish("a", 10, 3);
            bench.serve();
            bench.pass(10);
            bench.serve();
            assertEquals(OutboxState.ON_PROBATION, outbox.state());
            fails = false;
            bench.publish("a", 10, 2);
            bench.serve();
            assertEquals(numbers(0, 5), heard);
            assertEquals(OutboxState.OPEN, outbox.state());
        }
    }

    @Test
    void shouldForgiveFailuresThatAreNotInARow() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.open(RecipientKind.INTEGRATION, "a", delivery -> {
                hearing.onDelivery(delivery);
                if (heard.size() % 3 != 0) {
                    throw new LinkageError("a new version is being installed");
                }
                return null;
            });
            bench.publish("a", 10, 30);
            bench.serve();
            assertEquals(numbers(0, 30), heard);
            assertEquals(20, outbox.count(OutboxCounter.FAILED));
            assertEquals(0, outbox.count(OutboxCounter.TIMES_SET_ASIDE));
            // The 1st, 2nd, 4th, 8th and 16th time.
            assertEquals(5, bench.told.size(), bench.told::toString);
            assertTrue(bench.told.get(4).getMessage().contains("INTEGRATION a, times=16"), bench.told::toString);
        }
    }

    @Test
    void shouldGiveOutboxesTheirTurnsWhoeverHasMore() {
        try (OutboxBench bench = new OutboxBench(context -> context.deliveriesPerTurn(4))) {
            final List<String> order = new ArrayList<>();
            for (final String id : List.of("a", "b")) {
                bench.outboxes.open(RecipientKind.INTEGRATION, id, delivery -> {
                    order.add(delivery.recipientId());
                    return null;
                });
            }
            bench.publish("a", 10, 20);
            bench.publish("b", 10, 6);
            bench.serve();
            assertEquals("aaaabbbbaaaabbaaaaaaaaaaaa", String.join("", order));
        }
    }

    @Test
    void shouldSayHowManyDeliveriesATurnHandedOver() {
        try (OutboxBench bench = new OutboxBench(context -> context.deliveriesPerTurn(4))) {
            bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            bench.publish("a", 10, 10);

            assertEquals(4, bench.outboxes.invoke());
            assertEquals(4, bench.outboxes.invoke());
            assertEquals(2, bench.outboxes.invoke());
            assertEquals(0, bench.outboxes.invoke());
        }
    }

    @Test
    void shouldTellTheErrorHandlerThatASubscriberIsSetAside() {
        try (OutboxBench bench = new OutboxBench()) {
            bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            fails = true;
            bench.publish("a", 10, 3);
            bench.serve();

            final String last = bench.told.get(bench.told.size() - 1).getMessage();
            assertEquals("set aside: subscriber=INTEGRATION a", last);
        }
    }

    @Test
    void shouldReportOutcomesAndOfferThemAgainWithoutHoldingUpOthers() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox first = bench.outboxes.openForDevices(0, delivery -> AttemptOutcome.ACKNOWLEDGED_SECOND);
            final Outbox second = bench.outboxes.openForDevices(1, hearing);
            final List<AttemptOutcome> offered = new ArrayList<>();
            final boolean[] hasRoom = {false};
            bench.outboxes.reportTo((high, low, operations, outcome) -> {
                offered.add(outcome);
                return hasRoom[0] ? bench.router.reportAttempts(high, low, operations, outcome) : -1;
            });
            bench.publish("d/", 1_025, 3);
            for (int i = 0; i < 6; i++) {
                bench.outboxes.invoke();
            }
            assertEquals(numbers(0, 3), heard, "the other outbox");
            assertEquals(1, first.count(OutboxCounter.DELIVERED));
            assertEquals(offered.size(), first.count(OutboxCounter.OUTCOMES_BACK_PRESSURED));
            assertTrue(offered.size() > 1, "offered=" + offered);

            hasRoom[0] = true;
            bench.serve();
            assertEquals(3, first.count(OutboxCounter.OUTCOMES_REPORTED));
            assertEquals(0, second.count(OutboxCounter.OUTCOMES_REPORTED));
            // Two operations an attempt: one attempt of three events to the one device, two to the other.
            assertEquals(2 * 3 + 2 * 2 * 3, bench.paid());
            assertEquals(2 * 3, first.count(OutboxCounter.OPERATIONS_HANDED_OVER));
        }
    }

    @Test
    void shouldSayOnceThatOutcomesHaveNowhereToGo() {
        final List<Throwable> told = new ArrayList<>();
        final OutboxesContext context = new OutboxesContext().useInvoker(true).errorHandler(told::add);
        try (Outboxes unconnected = Outboxes.launch(context);
                OutboxBench bench = new OutboxBench(settings -> settings, outboxes -> unconnected, 1)) {
            final Outbox outbox = unconnected.openForDevices(0, delivery -> AttemptOutcome.ACKNOWLEDGED_SECOND);
            bench.publish("d/", 10, 3);
            for (int i = 0; i < 6; i++) {
                unconnected.invoke();
            }
            assertEquals(1, outbox.count(OutboxCounter.DELIVERED));
            assertEquals(
                    List.of(
                            "nothing is handed over, as an outcome waits to be reported: call reportTo: subscriber=DEVICE 0"),
                    told.stream().map(Throwable::getMessage).toList());

            unconnected.reportTo(bench.router::reportAttempts);
            while (unconnected.invoke() > 0) {
                bench.route();
            }
            assertEquals(2 * 3, outbox.count(OutboxCounter.OUTCOMES_REPORTED));
            assertEquals(1, told.size());
        }
    }

    @Test
    void shouldTakeADeviceOfflineThatDoesNotAnswer() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.openForDevices(0, delivery -> AttemptOutcome.FAILED);
            bench.outboxes.openForDevices(1, hearing);
            bench.publish("d/", 10, 1);
            bench.serve();
            bench.publish("d/", 10, 1);
            bench.serve();
            assertEquals(1, outbox.count(OutboxCounter.OFFERED));
            assertEquals(1, bench.router.counter(RouterCounter.DEVICES_TIMED_OUT));
            assertEquals(numbers(0, 2), heard);
            assertEquals(3 + 2, bench.paid());
        }
    }

    @Test
    void shouldCountOutcomesThatTheRouterRefuses() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.openForDevices(0, delivery -> AttemptOutcome.ACKNOWLEDGED_THIRD);
            bench.publish("d/", 10, 2);
            bench.router.close();
            bench.serve();
            assertEquals(2, outbox.count(OutboxCounter.DELIVERED));
            assertEquals(2, outbox.count(OutboxCounter.OUTCOMES_REFUSED));
        }
    }

    @Test
    void shouldCountWhatNoOutboxIsOpenFor() {
        try (OutboxBench bench = new OutboxBench()) {
            bench.outboxes.openForDevices(1, hearing);
            bench.publish("d/", 10, 3);
            bench.publish("a", 10, 2);
            bench.serve();
            assertEquals(numbers(0, 3), heard);
            assertEquals(5, bench.outboxes.withoutOutbox());
            assertEquals(3, bench.router.counter(RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED));
            assertEquals(2, bench.router.counter(RouterCounter.SERVICES_SKIPPED_NOT_ATTEMPTED));
            assertEquals(3, bench.paid());
        }
    }

    @Test
    void shouldGiveWhatNoOutboxIsOpenForToTheHandlerForSuch() {
        try (OutboxBench bench = new OutboxBench(
                context -> context.deviceOutboxes(1, (high, low) -> low - 1).otherwise(hearing))) {
            bench.publish("d/", 10, 3);
            assertEquals(6, heard.size());
            assertEquals(0, bench.outboxes.withoutOutbox());
            assertEquals(6, bench.paid());
        }
    }

    @Test
    void shouldHandOverWhatItHasWhenItIsClosed() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            bench.publish("a", 10, 100);
            final OutboxRemains remains = bench.outboxes.close(outbox, 1, TimeUnit.MINUTES);
            assertTrue(remains.isNothing());
            assertEquals(numbers(0, 100), heard);
            bench.publish("a", 10, 1);
            assertEquals(1, bench.outboxes.withoutOutbox());
            assertTrue(bench.outboxes.close(outbox, 1, TimeUnit.MINUTES).isNothing(), "once is enough");

            bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            bench.publish("a", 10, 1);
            bench.serve();
            assertEquals(101, heard.size(), "in memory that was used before");
        }
    }

    @Test
    void shouldTellExactlyWhatItLeavesWhenItIsClosed() {
        try (OutboxBench bench = new OutboxBench()) {
            final Outbox outbox = bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            final Outbox other = bench.outboxes.open(RecipientKind.INTEGRATION, "b", hearing);
            fails = true;
            bench.publish("a", 10, 10);
            bench.serve();
            bench.publish("b", 10, 4);
            final List<OutboxRemains> remains = bench.outboxes.close(0, TimeUnit.SECONDS);
            assertEquals(
                    List.of(new OutboxRemains(outbox, 7, false), new OutboxRemains(other, 4, false)),
                    remains.stream()
                            .sorted(java.util.Comparator.comparing(
                                    remaining -> remaining.outbox().toString()))
                            .toList());
            assertEquals(7, outbox.count(OutboxCounter.UNDELIVERED));
            assertEquals(0, outbox.queued());
            assertEquals(List.of(), bench.outboxes.close(0, TimeUnit.SECONDS));
            assertThrows(
                    IllegalStateException.class, () -> bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing));
        }
    }

    @Test
    void shouldTellWhatItLeavesThoughTheClockFailsWhileItIsClosed() {
        final AtomicBoolean isBroken = new AtomicBoolean();
        final NanoClock clock = () -> {
            if (isBroken.get()) {
                throw new IllegalStateException("no time");
            }
            return 0;
        };
        try (OutboxBench bench = new OutboxBench(context -> context.nanoClock(clock))) {
            final Outbox outbox = bench.outboxes.open(RecipientKind.INTEGRATION, "a", hearing);
            bench.publish("a", 10, 3);
            isBroken.set(true);
            assertEquals(List.of(new OutboxRemains(outbox, 3, false)), bench.outboxes.close(1, TimeUnit.MINUTES));
            assertEquals(3, outbox.count(OutboxCounter.UNDELIVERED));
            assertEquals(
                    List.of("no time"),
                    bench.told.stream().map(Throwable::getMessage).toList());
        }
    }

    @Test
    void shouldTellTheErrorHandlerWhatIsLeftWhenNobodyElseAsks() {
        final OutboxBench bench = new OutboxBench();
        bench.outboxes.openForDevices(0, hearing);
        fails = true;
        bench.publish("d/", 10, 10);
        bench.serve();
        bench.told.clear();
        bench.close();
        assertEquals(1, bench.told.size());
        assertEquals(
                "closed before everything was delivered: subscriber=DEVICE 0, undelivered=7, isInHand=false",
                bench.told.get(0).getMessage());
    }

    @Test
    void shouldWaitForWhatIsQueuedAsLongAsItMayWhenItIsClosed() {
        for (final long hours : new long[] {0, 1}) {
            heard.clear();
            final OutboxBench bench = new OutboxBench(context -> context.closeTimeout(hours, TimeUnit.HOURS));
            bench.outboxes.openForDevices(0, hearing);
            bench.publish("d/", 10, 10);
            bench.close();
            assertEquals(numbers(0, hours == 0 ? 0 : 10), heard);
            assertEquals(hours == 0 ? 1 : 0, bench.told.size(), bench.told::toString);
        }
    }

    @Test
    void shouldRefuseToOpenOneTwiceOrMoreThanThereCanBe() {
        try (OutboxBench bench = new OutboxBench(context -> context.maxOutboxes(2))) {
            final Outbox outbox = bench.outboxes.open(RecipientKind.STREAM, "s", hearing);
            final Exception twice = assertThrows(
                    IllegalStateException.class, () -> bench.outboxes.open(RecipientKind.STREAM, "s", hearing));
            assertEquals("outbox is open already: subscriber=STREAM s", twice.getMessage());
            bench.outboxes.openForDevices(0, hearing);
            final Exception tooMany = assertThrows(
                    IllegalStateException.class, () -> bench.outboxes.open(RecipientKind.STREAM, "t", hearing));
            assertEquals("no more outboxes can be open: open=2, maxOutboxes=2", tooMany.getMessage());
            assertThrows(IndexOutOfBoundsException.class, () -> bench.outboxes.openForDevices(2, hearing));
            assertThrows(IllegalArgumentException.class, () -> bench.outboxes.open(RecipientKind.DEVICE, "s", hearing));
            bench.outboxes.close(outbox, 0, TimeUnit.SECONDS);
            bench.outboxes.open(RecipientKind.STREAM, "t", hearing);
        }
    }

    @Test
    void shouldRefuseToWaitInsideAHandler() {
        try (OutboxBench bench = new OutboxBench()) {
            final List<Outbox> own = new ArrayList<>();
            own.add(bench.outboxes.open(RecipientKind.INTEGRATION, "a", delivery -> {
                bench.outboxes.close(own.get(0), 1, TimeUnit.MINUTES);
                return null;
            }));
            bench.publish("a", 10, 1);
            bench.serve();
            assertEquals(1, own.get(0).count(OutboxCounter.FAILED));
            assertTrue(bench.told.get(0).getCause().getMessage().startsWith("close would wait"), bench.told::toString);
        }
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        assertRefused("workers must be in [1, 256]: workers=0", new OutboxesContext().workers(0));
        assertRefused(
                "maxOutboxes must be in [1, 65536]: maxOutboxes=65537", new OutboxesContext().maxOutboxes(65_537));
        assertRefused(
                "bytesPerOutbox must be in [262144, 1073741824]: bytesPerOutbox=262143",
                new OutboxesContext().bytesPerOutbox((1 << 18) - 1));
        assertRefused(
                "bytesPerOutbox must be a power of two: bytesPerOutbox=262145",
                new OutboxesContext().bytesPerOutbox((1 << 18) + 1));
        assertRefused(
                "deliveriesPerTurn must be in [1, 65536]: deliveriesPerTurn=0",
                new OutboxesContext().deliveriesPerTurn(0));
        assertRefused(
                "deviceOutboxes must be in [0, 65536]: deviceOutboxes=-1", new OutboxesContext().deviceOutboxes(-1));
        assertRefused("failureLimit must be in [1, 2147483647]: failureLimit=0", new OutboxesContext().failureLimit(0));
        assertRefused(
                "stuckTimeoutNs must be in [1, 9223372036854775807]: stuckTimeoutNs=0",
                new OutboxesContext().stuckTimeout(0, TimeUnit.SECONDS));
        assertRefused(
                "maxPauseNs must be in [2, 316224000000000000]: maxPauseNs=1",
                new OutboxesContext().pause(2, 1, TimeUnit.NANOSECONDS));
    }

    private static void assertRefused(final String message, final OutboxesContext context) {
        final Exception refused = assertThrows(IllegalArgumentException.class, () -> Outboxes.launch(context));
        assertEquals(message, refused.getMessage());
    }
}

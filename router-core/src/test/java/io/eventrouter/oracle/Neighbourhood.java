package io.eventrouter.oracle;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.outbox.Outbox;
import io.eventrouter.outbox.Outboxes;
import io.eventrouter.outbox.OutboxesContext;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A router with subscribers of every kind behind outboxes, one of whom misbehaves; and the oracle, which says what each
 * should have heard. All events cost one operation where they reach a device.
 */
final class Neighbourhood implements AutoCloseable {
    /** What a subscriber got: the number of the step that published it, and the delivery. */
    record Receipt(long step, Handed delivery) {}

    static final int DEVICE_OUTBOXES = 4;
    private static final long WATCHDOG_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int DEVICES = 24;
    private static final int PRODUCT = 30301;
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId BOB = EntityId.of(0xa, 2);
    private static final List<String> NAMES = List.of("a/1", "b/1", "b/2", "c", "d/large");
    private static final int LARGE = 16_384;

    private final UnsafeBuffer payloads = new UnsafeBuffer(Payload.bytes());
    private final EventDraft draft = new EventDraft();
    private final Map<String, List<Receipt>> heard = new LinkedHashMap<>();
    private final Map<String, Outbox> outboxes = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Outboxes all;
    private final EventRouter router;

    Neighbourhood(final int lanes, final OutboxesContext context) {
        all = Outboxes.launch(context.deviceOutboxes(DEVICE_OUTBOXES, (high, low) -> low % DEVICE_OUTBOXES));
        router = EventRouter.launch(new RouterContext().lanes(lanes).deliveryHandler(all));
        all.reportTo(router::reportAttempts);
    }

    EventRouter router() {
        return router;
    }

    Outboxes outboxes() {
        return all;
    }

    Outbox outbox(final String subscriber) {
        return outboxes.get(subscriber);
    }

    Map<String, Outbox> allOutboxes() {
        return outboxes;
    }

    List<Step> steps() {
        return steps;
    }

    /** Everybody's outbox; the handler of one subscriber is run behind the note that it was called. */
    void open(final String misbehaving, final DeliveryHandler behaviour) {
        for (int i = 0; i < DEVICE_OUTBOXES; i++) {
            final String subscriber = "devices:" + i;
            outboxes.put(subscriber, all.openForDevices(i, noting(subscriber, misbehaving, behaviour)));
        }
        open(RecipientKind.INTEGRATION, "sandbox", misbehaving, behaviour);
        open(RecipientKind.INTEGRATION, "everything", misbehaving, behaviour);
        open(RecipientKind.INTEGRATION, "product", misbehaving, behaviour);
        open(RecipientKind.LOGIC_FUNCTION, "function", misbehaving, behaviour);
        open(RecipientKind.STREAM, "ann", misbehaving, behaviour);
        open(RecipientKind.STREAM, "product", misbehaving, behaviour);
    }

    private void open(
            final RecipientKind kind, final String id, final String misbehaving, final DeliveryHandler behaviour) {
        final String subscriber = subscriber(kind, id);
        outboxes.put(subscriber, all.open(kind, id, noting(subscriber, misbehaving, behaviour)));
    }

    private DeliveryHandler noting(final String subscriber, final String misbehaving, final DeliveryHandler behaviour) {
        final List<Receipt> receipts = Collections.synchronizedList(new ArrayList<>());
        heard.put(subscriber, receipts);
        return delivery -> {
            receipts.add(new Receipt(delivery.event().correlationId(), Handed.of(delivery, AttemptOutcome.PENDING)));
            return subscriber.equals(misbehaving) ? behaviour.onDelivery(delivery) : AttemptOutcome.PENDING;
        };
    }

    static String subscriber(final Delivery delivery) {
        return delivery.recipientKind() == RecipientKind.DEVICE
                ? "devices:" + delivery.deviceIdLow() % DEVICE_OUTBOXES
                : subscriber(delivery.recipientKind(), delivery.recipientId());
    }

    private static String subscriber(final RecipientKind kind, final String id) {
        return switch (kind) {
            case INTEGRATION -> "integration:" + id;
            case LOGIC_FUNCTION -> "logic:" + id;
            default -> "stream:" + id;
        };
    }

    void register() {
        perform(new Command.RegisterUser(ANN, 0));
        perform(new Command.RegisterUser(BOB, 0));
        perform(new Command.RegisterProduct(PRODUCT, AccountId.user(ANN)));
        for (int i = 0; i < DEVICES; i++) {
            perform(new Command.RegisterDevice(device(i), LARGE));
            perform(new Command.AddToProduct(device(i), PRODUCT));
            if (i % 3 != 0) {
                perform(new Command.Claim(device(i), i % 3 == 1 ? ANN : BOB));
            }
            perform(new Command.Subscribe(device(i), i % 2 == 0 ? "a/" : "b/"));
            perform(new Command.GoOnline(device(i)));
        }
        perform(new Command.PutIntegration(Integration.ofUser("sandbox", ANN, "b")));
        perform(new Command.PutIntegration(Integration.ofProduct("everything", PRODUCT, "a")));
        perform(new Command.PutIntegration(Integration.ofProduct("product", PRODUCT, "d/")));
        perform(new Command.PutLogicFunction(
                new LogicFunction("function", true, List.of(new LogicFunction.Trigger(PRODUCT, "c", true)))));
        perform(new Command.OpenStream(EventStream.of("ann", ScopeId.owner(ANN))));
        perform(new Command.OpenStream(EventStream.of("product", ScopeId.product(PRODUCT))));
    }

    /**
     * Publish events, and let devices change hands now and then. After every few it waits until those who behave have
     * heard everything, and then lets something happen.
     */
    void publish(final SplittableRandom random, final int events, final String misbehaving, final Runnable whenAtRest) {
        for (int i = 0; i < events; i++) {
            if (random.nextInt(100) == 0) {
                perform(new Command.Claim(device(random.nextInt(DEVICES)), random.nextBoolean() ? ANN : BOB));
            }
            final String name = NAMES.get(random.nextInt(NAMES.size()));
            final int length = name.equals("d/large") && random.nextInt(10) == 0 ? LARGE : random.nextInt(1_025);
            final int start = random.nextInt(Payload.MAX_START);
            perform(Publication.byDevice(device(random.nextInt(DEVICES)), name, length), start);
            if (i % 16 == 0 || i == events - 1) {
                await("everything is routed", this::isEverythingRouted);
                await("those who behave have heard it", () -> haveHeardEverything(misbehaving));
                whenAtRest.run();
            }
        }
    }

    private boolean isEverythingRouted() {
        final long published =
                steps.stream().filter(step -> step instanceof Step.Publish).count();
        return router.counter(RouterCounter.EVENTS_ACCEPTED) == published;
    }

    private boolean haveHeardEverything(final String misbehaving) {
        return outboxes.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(misbehaving))
                .allMatch(entry ->
                        entry.getValue().queued() == 0 && entry.getValue().queuedBytes() == 0);
    }

    private void perform(final Command command) {
        steps.add(new Step.Apply(command));
        router.execute(command);
    }

    private void perform(final Publication event, final int start) {
        final Payload payload = new Payload(start, event.payload().length());
        steps.add(new Step.Publish(new Publication(event.origin(), event.id(), 0, event.name(), payload)));
        draft.fromDevice(event.id())
                .name(event.name())
                .payload(payloads, start, payload.length())
                .correlationId(steps.size() - 1);
        while (router.publish(draft) == PublishResult.BACK_PRESSURED) {
            Thread.yield();
        }
    }

    private static EntityId device(final int number) {
        return EntityId.of(0xe, number);
    }

    /** What the oracle says that everybody should have heard, in order. */
    Map<String, List<Receipt>> expected() {
        final NaiveRouter oracle = new NaiveRouter(Policies.of(Era.AFTER_2023_03, ProductScope.ALL));
        final Map<String, List<Receipt>> expected = new LinkedHashMap<>();
        outboxes.keySet().forEach(subscriber -> expected.put(subscriber, new ArrayList<>()));
        for (int i = 0; i < steps.size(); i++) {
            for (final Handed delivery : oracle.perform(steps.get(i)).deliveries()) {
                expected.get(subscriberOf(delivery)).add(new Receipt(i, delivery));
            }
        }
        return expected;
    }

    private static String subscriberOf(final Handed delivery) {
        final String recipient = delivery.recipient();
        if (!recipient.startsWith("device:")) {
            return recipient;
        }
        return "devices:"
                + EntityId.parse(recipient.substring("device:".length())).low() % DEVICE_OUTBOXES;
    }

    /** What a subscriber's handler was called with so far. */
    List<Receipt> heard(final String subscriber) {
        return List.copyOf(heard.get(subscriber));
    }

    static void await(final String what, final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > WATCHDOG_NS) {
                throw new IllegalStateException("watchdog: " + what);
            }
            LockSupport.parkNanos(20_000);
        }
    }

    @Override
    public void close() {
        all.close();
        router.close();
    }
}

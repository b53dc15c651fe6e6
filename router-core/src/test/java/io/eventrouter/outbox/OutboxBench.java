package io.eventrouter.outbox;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A router and outboxes that run on the calling thread, with a clock that the test moves. A device of Ann publishes;
 * her integrations "a" and "b" hear everything, a Logic function "c", and two of her devices "d/".
 */
final class OutboxBench implements AutoCloseable {
    static final EntityId ANN = EntityId.of(0xa, 1);
    static final EntityId PUBLISHER = EntityId.of(0xe, 100);
    static final EntityId FIRST = EntityId.of(0xe, 0);
    static final EntityId SECOND = EntityId.of(0xe, 1);
    static final int PRODUCT = 30301;

    final List<Throwable> told = new ArrayList<>();
    final Outboxes outboxes;
    final EventRouter router;
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[100_000]);
    private final EventDraft draft = new EventDraft();
    private long nowNs;
    private long published;

    OutboxBench() {
        this(context -> context);
    }

    OutboxBench(final UnaryOperator<OutboxesContext> settings) {
        this(settings, outboxes -> outboxes, 1);
    }

    OutboxBench(
            final UnaryOperator<OutboxesContext> settings,
            final UnaryOperator<DeliveryHandler> wrapping,
            final int lanes) {
        final OutboxesContext context = new OutboxesContext()
                .useInvoker(true)
                .bytesPerOutbox(OutboxesContext.MIN_BYTES_PER_OUTBOX)
                .failureLimit(3)
                .pause(10, 40, TimeUnit.MILLISECONDS)
                .deviceOutboxes(2, (high, low) -> low % 2)
                .nanoClock(() -> nowNs)
                .errorHandler(told::add);
        outboxes = Outboxes.launch(settings.apply(context));
        router = EventRouter.launch(new RouterContext()
                .useInvoker(true)
                .lanes(lanes)
                .ringSlots(2_048)
                .errorHandler(told::add)
                .deliveryHandler(wrapping.apply(outboxes)));
        outboxes.reportTo(router::reportAttempts);
        register();
    }

    private void register() {
        router.execute(new Command.RegisterUser(ANN, 0));
        router.execute(new Command.RegisterProduct(PRODUCT, AccountId.user(ANN)));
        for (final EntityId device : List.of(PUBLISHER, FIRST, SECOND)) {
            router.execute(new Command.RegisterDevice(device, 16_384));
            router.execute(new Command.Claim(device, ANN));
            router.execute(new Command.AddToProduct(device, PRODUCT));
            router.execute(new Command.GoOnline(device));
        }
        router.execute(new Command.Subscribe(FIRST, "d/"));
        router.execute(new Command.Subscribe(SECOND, "d/"));
        for (final String id : List.of("a", "b")) {
            router.execute(new Command.PutIntegration(Integration.ofUser(id, ANN, id)));
        }
        router.execute(new Command.PutLogicFunction(
                new LogicFunction("c", true, List.of(new LogicFunction.Trigger(PRODUCT, "c", true)))));
    }

    /** Publish events of one name and size, numbered on, and route them. */
    void publish(final String name, final int length, final int events) {
        for (int i = 0; i < events; i++) {
            draft.fromDevice(PUBLISHER).name(name).payload(payload, 0, length).correlationId(published++);
            while (router.publish(draft) < 0) {
                route();
            }
        }
        route();
    }

    void route() {
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Give the outboxes turns until there is nothing to hand over. Returns how many turns that took. */
    int serve() {
        int turns = 0;
        while (outboxes.invoke() > 0) {
            turns++;
        }
        return turns;
    }

    void pass(final long milliseconds) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    /** Operations that Ann has paid for deliveries. */
    long paid() {
        final CompletableFuture<Long> answer = router.usageSnapshot()
                .thenApply(snapshot -> snapshot.of(AccountId.user(ANN)).subscribeOperations());
        route();
        return answer.join();
    }

    UnsafeBuffer payload() {
        return payload;
    }

    @Override
    public void close() {
        outboxes.close();
        router.close();
    }
}

package io.eventrouter.example;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.Integration;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.outbox.Outbox;
import io.eventrouter.outbox.OutboxCounter;
import io.eventrouter.outbox.Outboxes;
import io.eventrouter.outbox.OutboxesContext;
import java.util.concurrent.TimeUnit;

/** A webhook that always fails beside one that works. */
public final class OutboxesExample {
    private OutboxesExample() {}

    public static void main(final String[] arguments) {
        EntityId ann = EntityId.parse("597771d1f92bae142dbb7559");
        EntityId thermometer = EntityId.parse("e00fce68aabbccdd00000011");
        Outboxes outboxes = Outboxes.launch(new OutboxesContext()
                .workers(2)
                .failureLimit(3)
                .pause(1, 60, TimeUnit.MINUTES)
                .errorHandler(problem -> {}));
        Outbox good = outboxes.open(RecipientKind.INTEGRATION, "good", delivery -> AttemptOutcome.ACKNOWLEDGED_FIRST);
        Outbox broken = outboxes.open(RecipientKind.INTEGRATION, "broken", delivery -> {
            throw new IllegalStateException("503");
        });
        try (EventRouter router = EventRouter.launch(new RouterContext().deliveryHandler(outboxes))) {
            outboxes.reportTo(router::reportAttempts);
            router.execute(new Command.RegisterUser(ann, 100_000));
            router.execute(new Command.RegisterDevice(thermometer));
            router.execute(new Command.Claim(thermometer, ann));
            router.execute(new Command.PutIntegration(Integration.ofUser("good", ann, "temp")));
            router.execute(new Command.PutIntegration(Integration.ofUser("broken", ann, "temp")));
            EventDraft draft = new EventDraft().fromDevice(thermometer).name("temperature");
            long sequence = 0;
            for (int i = 0; i < 10; i++) {
                sequence = router.publish(draft.payload("21.5".getBytes(US_ASCII)));
            }
            router.awaitRouted(sequence, TimeUnit.MINUTES.toNanos(1));
            outboxes.close(1, TimeUnit.MINUTES); // before the router, so that outcomes still reach it
            System.out.println(good + ": delivered " + good.count(OutboxCounter.DELIVERED));
            System.out.println(broken + ": failed " + broken.count(OutboxCounter.FAILED) + ", then " + broken.state());
        }
    }
}

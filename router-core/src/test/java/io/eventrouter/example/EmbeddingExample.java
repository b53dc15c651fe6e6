package io.eventrouter.example;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.List;

/** The embedding code of the README, word for word. */
public final class EmbeddingExample {
    private EmbeddingExample() {}

    public static void main(final String[] arguments) {
        EntityId ann = EntityId.parse("597771d1f92bae142dbb7559");
        EntityId thermometer = EntityId.parse("e00fce68aabbccdd00000011");
        EntityId display = EntityId.parse("e00fce68aabbccdd00000021");
        RouterContext context = new RouterContext().deliveryHandler(delivery -> {
            String device = EntityId.toText(delivery.deviceIdHigh(), delivery.deviceIdLow());
            System.out.println(delivery.event().name() + " -> " + device);
            return AttemptOutcome.PENDING; // the transport reports the outcome later
        });
        try (EventRouter router = EventRouter.launch(context)) {
            router.execute(new Command.RegisterUser(ann, 100_000));
            for (EntityId device : List.of(thermometer, display)) {
                router.execute(new Command.RegisterDevice(device));
                router.execute(new Command.Claim(device, ann));
                router.execute(new Command.GoOnline(device));
            }
            router.execute(new Command.Subscribe(display, "temp"));
            EventDraft draft = new EventDraft().fromDevice(thermometer).name("temperature");
            long sequence = router.publish(draft.payload("21.5".getBytes(US_ASCII)));
            router.awaitRouted(sequence, 1_000_000_000); // a negative sequence is a PublishResult
            System.out.println(router.usageSnapshot().join().of(AccountId.user(ann)));
        }
    }
}

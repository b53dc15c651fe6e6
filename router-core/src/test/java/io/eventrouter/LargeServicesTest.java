package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.command.Command;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.CraftedKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Logic functions with so many triggers that whatever takes the square of their number would not end: whoever puts one
 * holds nobody up for long.
 */
class LargeServicesTest {
    private static final int TRIGGERS = 100_000;
    private static final int CRAFTED_TRIGGERS = 250_000;
    private static final int PRODUCT = 7;
    private static final EntityId USER = EntityId.of(1, 1);

    @Test
    void shouldReplaceAndRemoveFunctionsOfThousandsOfTriggers() throws Throwable {
        Watchdog.watch("putting functions of " + TRIGGERS + " triggers", this::putAndRemove);
    }

    @Test
    void shouldPutFunctionsOfTriggersWhoseNamesWereMadeToCollide() throws Throwable {
        Watchdog.watch("putting a function of " + CRAFTED_TRIGGERS + " crafted triggers", this::putCrafted);
    }

    private void putCrafted() {
        final AtomicInteger heard = new AtomicInteger();
        final RouterContext context = new RouterContext().deliveryHandler(delivery -> {
            heard.incrementAndGet();
            return AttemptOutcome.PENDING;
        });
        try (EventRouter router = EventRouter.launch(context)) {
            router.execute(new Command.RegisterUser(USER, 0));
            router.execute(new Command.RegisterProduct(PRODUCT, AccountId.user(USER)));
            final List<String> names = CraftedKeys.forStringHash(CRAFTED_TRIGGERS, "");
            final List<LogicFunction.Trigger> triggers = names.stream()
                    .map(name -> new LogicFunction.Trigger(PRODUCT, name, true))
                    .toList();
            router.submit(new Command.PutLogicFunction(new LogicFunction("crafted", true, triggers)))
                    .join();

            publish(router, names.get(1));
            publish(router, names.get(CRAFTED_TRIGGERS - 1));
            assertEquals(2, heard.get());
        }
    }

    private void putAndRemove() throws Exception {
        final List<String> heard = Collections.synchronizedList(new ArrayList<>());
        final RouterContext context = new RouterContext().deliveryHandler(delivery -> {
            heard.add(delivery.recipientId());
            return AttemptOutcome.PENDING;
        });
        try (EventRouter router = EventRouter.launch(context)) {
            router.execute(new Command.RegisterUser(USER, 0));
            router.execute(new Command.RegisterProduct(PRODUCT, AccountId.user(USER)));
            final List<LogicFunction.Trigger> triggers = new ArrayList<>();
            for (int i = 0; i < TRIGGERS; i++) {
                triggers.add(new LogicFunction.Trigger(PRODUCT, "name" + i, true));
            }
            router.execute(new Command.PutLogicFunction(new LogicFunction("first", true, triggers)));
            Collections.shuffle(triggers, new Random(42));
            router.execute(new Command.PutLogicFunction(new LogicFunction("second", true, triggers)));
            Collections.shuffle(triggers, new Random(43));
            final String gone = triggers.remove(0).eventName();
            router.execute(new Command.PutLogicFunction(new LogicFunction("first", true, triggers)));

            publish(router, gone);
            assertEquals(List.of("second"), heard);
            heard.clear();
            publish(router, triggers.get(0).eventName());
            heard.sort(null);
            assertEquals(List.of("first", "second"), heard);

            router.execute(new Command.RemoveLogicFunction("second"));
            heard.clear();
            publish(router, triggers.get(1).eventName());
            publish(router, gone);
            assertEquals(List.of("first"), heard);
        }
    }

    private static void publish(final EventRouter router, final String name) {
        final long sequence = router.publish(new EventDraft().fromLogic(PRODUCT).name(name));
        router.awaitRouted(sequence, TimeUnit.MINUTES.toNanos(1));
    }
}

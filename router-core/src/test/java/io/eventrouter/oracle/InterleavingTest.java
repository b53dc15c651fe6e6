package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every order in which two producers can put up to three commands or events each about one device into the ring, and
 * every choice of moments at which the routing thread gets its turn: each event is heard by the owner at its place, and
 * by nobody else.
 */
@Timeout(300)
class InterleavingTest {
    private static final int OPERATIONS = 6;
    private static final EntityId DEVICE = EntityId.of(0xe, 1);
    private static final List<Command> SETUP = List.of(
            new Command.RegisterUser(owner(1), 0),
            new Command.RegisterUser(owner(2), 0),
            new Command.OpenStream(EventStream.of("1", ScopeId.owner(owner(1)))),
            new Command.OpenStream(EventStream.of("2", ScopeId.owner(owner(2)))),
            new Command.RegisterDevice(DEVICE));

    private final EventDraft draft = new EventDraft().fromDevice(DEVICE).name("t");
    private final List<Set<String>> heard = new ArrayList<>();

    private enum Operation {
        CLAIM_FOR_ONE,
        CLAIM_FOR_OTHER,
        UNCLAIM,
        PUBLISH;

        Command command() {
            return switch (this) {
                case CLAIM_FOR_ONE -> new Command.Claim(DEVICE, owner(1));
                case CLAIM_FOR_OTHER -> new Command.Claim(DEVICE, owner(2));
                default -> new Command.Unclaim(DEVICE);
            };
        }
    }

    private static EntityId owner(final int number) {
        return EntityId.of(0xa, number);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldLetEveryEventBeHeardByTheOwnerAtItsPlace(final int lanes) {
        final NaiveRouter oracle = new NaiveRouter(Policies.of(Era.AFTER_2023_03, ProductScope.ALL));
        SETUP.forEach(oracle::apply);
        long orders = 0;
        try (EventRouter router = EventRouter.launch(new RouterContext()
                .lanes(lanes)
                .useInvoker(true)
                .maxDevices(100)
                .maxAccounts(100)
                .deliveryHandler(delivery -> {
                    heard.get((int) delivery.event().correlationId()).add(delivery.recipientId());
                    return AttemptOutcome.PENDING;
                }))) {
            SETUP.forEach(router::execute);
            for (int length = 1; length <= OPERATIONS; length++) {
                for (int order = 0; order < 1 << 2 * length; order++) {
                    orders++;
                    check(router, oracle, operations(order, length));
                }
            }
        }
        assertEquals(5_460, orders);
    }

    private static Operation[] operations(final int order, final int length) {
        final Operation[] operations = new Operation[length];
        for (int i = 0; i < length; i++) {
            operations[i] = Operation.values()[order >> 2 * i & 3];
        }
        return operations;
    }

    private void check(final EventRouter router, final NaiveRouter oracle, final Operation[] operations) {
        final List<Set<String>> expected = new ArrayList<>();
        oracle.apply(new Command.Unclaim(DEVICE));
        for (final Operation operation : operations) {
            expected.add(new TreeSet<>());
            if (operation == Operation.PUBLISH) {
                oracle.perform(new Step.Publish(Publication.byDevice(DEVICE, "t", 0))).deliveries().stream()
                        .map(handed -> handed.recipient().substring("stream:".length()))
                        .forEach(expected.get(expected.size() - 1)::add);
            } else {
                oracle.apply(operation.command());
            }
        }
        for (int turns = 0; turns < 1 << operations.length - 1; turns++) {
            router.execute(new Command.Unclaim(DEVICE));
            heard.clear();
            for (int i = 0; i < operations.length; i++) {
                heard.add(new TreeSet<>());
                perform(router, operations[i], i);
                if ((turns >> i & 1) == 1) {
                    router.invoke();
                }
            }
            while (router.invoke() > 0) {
                Thread.onSpinWait();
            }
            final int moments = turns;
            assertEquals(expected, heard, () -> Arrays.toString(operations) + ", turns=" + moments);
        }
    }

    private void perform(final EventRouter router, final Operation operation, final int number) {
        if (operation == Operation.PUBLISH) {
            assertTrue(router.publish(draft.correlationId(number)) >= 0);
        } else {
            router.submit(operation.command());
        }
    }
}

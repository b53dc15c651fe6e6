package io.eventrouter.loadgen.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.scope.Policies;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RouterFeedTest {
    private static final Command REFUSED = new Command.GoOnline(EntityId.of(1, 1));
    private static final Command ACCEPTED = new Command.RegisterDevice(EntityId.of(1, 2));

    @Test
    void saysInTheWordsOfTheRouterWhyACommandWasRefused() {
        assertRefusal(REFUSED);
        assertRefusal(REFUSED, ACCEPTED);
    }

    private static void assertRefusal(final Command... commands) {
        try (FleetRouter router = FleetRouter.launchForTotals(
                10, 10, new Policies(Era.AFTER_2023_03, ProductScope.ALL), delivery -> AttemptOutcome.PENDING)) {
            final ReplayFailedException failure = assertThrows(
                    ReplayFailedException.class,
                    () -> router.load(feed -> {
                        for (final Command command : commands) {
                            feed.accept(command);
                        }
                    }));

            final CommandRefusedException refusal = assertThrows(CommandRefusedException.class, () -> {
                throw failure.getCause();
            });
            assertEquals("the router refused a command: " + refusal.getMessage(), failure.getMessage());
        }
    }
}

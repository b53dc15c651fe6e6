package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.command.Command;
import io.eventrouter.pipeline.LaneFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lane that skips a command of some kind, and says that it has not, must be noticed by the comparison. */
class ForgetfulLaneTest {
    private static final int MAX_SEEDS = 200;

    @ParameterizedTest
    @ValueSource(
            classes = {
                Command.Claim.class,
                Command.Unclaim.class,
                Command.AddToProduct.class,
                Command.SetDeviceFlags.class,
                Command.GoOnline.class,
                Command.GoOffline.class,
                Command.Subscribe.class,
                Command.Unsubscribe.class,
                Command.PutIntegration.class,
                Command.OpenStream.class,
                Command.PauseAccount.class
            })
    void shouldBeNoticed(final Class<? extends Command> skipped) {
        final DifferentialCheck check = new DifferentialCheck(scenario -> new ForgetfulSubject(scenario, skipped));
        int noticed = 0;
        for (long seed = 0; seed < MAX_SEEDS && noticed == 0; seed++) {
            final Difference difference = check.run(RandomScenario.of(seed).withoutPublishRateOfAccounts());
            if (difference != null && !isAboutTheAnswer(difference)) {
                noticed++;
            }
        }
        assertTrue(noticed > 0, "nobody noticed that a lane skips " + skipped.getSimpleName());
    }

    // Lanes that answer differently are noticed as well, but here it is about what a lane does with events.
    private static boolean isAboutTheAnswer(final Difference difference) {
        return difference.findings().get(0).startsWith("a command failed");
    }

    private static final class ForgetfulSubject extends RouterSubject {
        private final Class<? extends Command> skipped;

        private ForgetfulSubject(final Scenario scenario, final Class<? extends Command> skipped) {
            super(scenario, 2);
            this.skipped = skipped;
        }

        @Override
        void submitted(final EventRouter router, final Command command) {
            if (command.getClass() == skipped) {
                LaneFault.skipLastCommand(router, 1);
            }
        }
    }
}

package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.identity.EntityId;
import io.eventrouter.routing.FanOutFault;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The comparison with slices must notice what slices can do wrong. */
class SlicedMistakesTest {
    private static final int SEEDS = 100;

    @Test
    void shouldNoticeThatADeviceIsNotDeliveredToBeforeItUnsubscribes() {
        assertNoticed((scenario, sliceLength) -> new SlicedSubject(scenario, sliceLength) {
            @Override
            void before(final Step step) {
                if (step instanceof Step.Apply apply && apply.command() instanceof Command.Unsubscribe unsubscribe) {
                    final EntityId device = unsubscribe.device();
                    FanOutFault.forgetToDeliver(core(), device.high(), device.low());
                }
            }
        });
    }

    @Test
    void shouldNoticeThatADeviceIsNotDeliveredToBeforeItGoesOffline() {
        assertNoticed((scenario, sliceLength) -> new SlicedSubject(scenario, sliceLength) {
            @Override
            void before(final Step step) {
                if (step instanceof Step.Apply apply && apply.command() instanceof Command.GoOffline goOffline) {
                    final EntityId device = goOffline.device();
                    FanOutFault.forgetToDeliver(core(), device.high(), device.low());
                }
            }
        });
    }

    @Test
    void shouldNoticeThatItIsForgottenWhoHasBeenDeliveredTo() {
        assertNoticed((scenario, sliceLength) -> new SlicedSubject(scenario, sliceLength) {
            @Override
            void before(final Step step) {
                FanOutFault.forgetWhoIsSettled(core());
            }
        });
    }

    private static void assertNoticed(final BiFunction<Scenario, Integer, SlicedSubject> mistaken) {
        final SlicedCheck check = new SlicedCheck(new CoverageMarks(), mistaken);
        assertTrue(
                LongStream.range(0, SEEDS).anyMatch(seed -> check.run(RandomScenario.crowded(seed)) != null),
                "not noticed in " + SEEDS + " seeds");
    }
}

package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A run that does not end is named, with the place where it is. */
class WatchdogTest {
    // A run that got no processor until then is not where it should be.
    private static final int SECONDS = 5;

    private final AtomicBoolean isOver = new AtomicBoolean();

    // Interrupts do not help against this one.
    private void loop() {
        while (!isOver.get()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldSayWhichRunDoesNotEndAndWhereItIs() {
        try {
            final AssertionError stall =
                    assertThrows(AssertionError.class, () -> Watchdog.watch("seed=7", SECONDS, this::loop));

            assertTrue(stall.getMessage().startsWith("seed=7 has not ended in " + SECONDS + " s"), stall.getMessage());
            assertTrue(stall.getMessage().contains("it is RUNNABLE here"), stall.getMessage());
            assertTrue(
                    Arrays.stream(stall.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("loop")),
                    () -> Arrays.toString(stall.getStackTrace()));
        } finally {
            isOver.set(true);
        }
    }

    @Test
    void shouldPassOnWhatIsThrown() {
        final AssertionError problem = new AssertionError("wrong");

        assertEquals(
                problem,
                assertThrows(
                        AssertionError.class,
                        () -> Watchdog.watch("seed=7", () -> {
                            throw problem;
                        })));
        assertDoesNotThrow(() -> Watchdog.watch("seed=7", () -> {}));
    }
}

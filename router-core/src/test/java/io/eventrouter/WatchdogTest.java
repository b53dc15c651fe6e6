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
            AssertionError stall = watchForASecond();
            // A run that got no processor until then is not where it should be.
            for (int again = 0; again < 9 && !isInLoop(stall); again++) {
                stall = watchForASecond();
            }

            final StackTraceElement[] place = stall.getStackTrace();
            assertTrue(isInLoop(stall), () -> Arrays.toString(place));
            assertTrue(stall.getMessage().startsWith("seed=7 has not ended in 1 s"), stall.getMessage());
            assertTrue(stall.getMessage().contains("it is RUNNABLE here"), stall.getMessage());
        } finally {
            isOver.set(true);
        }
    }

    private AssertionError watchForASecond() {
        return assertThrows(AssertionError.class, () -> Watchdog.watch("seed=7", 1, this::loop));
    }

    private static boolean isInLoop(final AssertionError stall) {
        return Arrays.stream(stall.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("loop"));
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

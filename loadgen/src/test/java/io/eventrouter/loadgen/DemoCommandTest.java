package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void tellsWhatTheErasCostAndHowFastTheRouterIs() {
        final Shell.Outcome outcome = Shell.run("demo");

        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
        assertTrue(outcome.out().lines().allMatch(line -> line.length() <= 100), outcome.out());
        assertTrue(outcome.out().contains("18 devices"), outcome.out());
        assertTrue(
                outcome.out()
                        .matches("(?s).*leafworks \\(organization\\), greenhouse: subscribe +\\d+ +\\d+ +\\+\\d+.*"),
                outcome.out());
        assertTrue(outcome.out().matches("(?s).*How fast: [\\d,]+ events/s and [\\d,]+ deliveries/s.*"), outcome.out());
    }
}

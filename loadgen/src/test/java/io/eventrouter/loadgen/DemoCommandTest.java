package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
        // Headings, figures and differences of both tables end in the same column.
        final List<String> rows = outcome.out()
                .lines()
                .filter(line -> line.matches(".*(difference|  (-|[+-][\\d,]+))"))
                .toList();
        assertTrue(rows.size() > 8, outcome.out());
        final Pattern figure = Pattern.compile("  +(before 2023-03|after 2023-03|difference|[-+\\d,]+)(?=  |$)");
        final List<List<Integer>> ends = rows.stream()
                .map(row -> figure.matcher(row).results().map(MatchResult::end).toList())
                .distinct()
                .toList();
        assertEquals(1, ends.size(), outcome.out());
        assertEquals(3, ends.get(0).size(), outcome.out());
    }
}

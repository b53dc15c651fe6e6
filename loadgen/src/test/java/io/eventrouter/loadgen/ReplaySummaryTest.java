package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.replay.DeliveryCounts;
import io.eventrouter.loadgen.replay.ReplayPlan;
import io.eventrouter.loadgen.replay.ReplayResult;
import io.eventrouter.loadgen.replay.UsageTotals;
import io.eventrouter.loadgen.scope.Policies;
import io.eventrouter.loadgen.trace.OnError;
import io.eventrouter.loadgen.trace.TraceCounts;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplaySummaryTest {
    private static final long MANY = Long.MAX_VALUE / 4;

    @Test
    void staysWithinOneHundredColumnsHoweverManyThereAre() {
        final String summary = print(MANY);

        assertTrue(summary.lines().allMatch(line -> line.length() <= 100), summary);
        assertEquals(
                List.of(
                        "                 2,305,843,009,213,693,951 to devices",
                        "                 2,305,843,009,213,693,951 to integrations",
                        "                 2,305,843,009,213,693,951 to Logic functions",
                        "                 2,305,843,009,213,693,951 to streams"),
                summary.lines().filter(line -> line.contains(" to ")).limit(4).toList());
    }

    @Test
    void keepsFewFactsOnOneLine() {
        final String summary = print(3);

        assertTrue(
                summary.contains("  trace          3 events, 3 integration answers, 3 changes of the fleet\n"),
                summary);
        assertTrue(summary.contains("  deliveries     12\n                  3 to devices\n"), summary);
    }

    private static String print(final long count) {
        final ReplayPlan plan = new ReplayPlan(
                TextSource.ofFile("f"),
                TextSource.ofFile("t"),
                null,
                null,
                new Policies(Era.AFTER_2023_03, ProductScope.ALL),
                OnError.STOP);
        final ReplayResult result = new ReplayResult(
                1_000_000,
                new TraceCounts(count, count, count, count, 0, null),
                new DeliveryCounts(count, count, count, count),
                new UsageTotals(),
                count,
                count,
                count,
                1_000_000_000L,
                1_000_000_000L);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ReplaySummary(plan, result).print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}

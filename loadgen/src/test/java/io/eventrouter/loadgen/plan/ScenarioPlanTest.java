package io.eventrouter.loadgen.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioPlanTest {
    private static final String[] RULES = {
        "before-2023-03,any,", "after-2023-03,all,", "after-2023-03,unclaimed-only,", "after-2023-03,hook-and-api-only,"
    };

    @TempDir
    private Path directory;

    @Test
    void isExactWhereAllEventsOfASourceCostTheSame() throws IOException {
        scenario(
                "accounts: [{name: acme}]",
                "products: [{name: lamps, account: acme}]",
                "devices:",
                "  - name: lamps",
                "    count: 20",
                "    product: lamps",
                "    subscriptions: [hook-response/, config/]",
                "    publishes: [{name: ask, every: 1h, size: 1500B}]",
                "integrations:",
                "  - {name: answers, product: lamps, event: ask, response-size: 600B, response-topic: hook-response/x}",
                "broadcasts: [{name: config/x, product: lamps, every: 1day, size: 9B}]");

        // 20 devices ask 720 times for two operations; each of two chunks goes to 20; a broadcast a day does too.
        final long publish = 20 * 720 * 2;
        final long answers = 20 * 720 * 2 * 20;
        assertFigures(0, publish, 0, 0);
        assertFigures(1, publish, 30 * 20, answers);
        assertFigures(2, publish, 30 * 20, answers);
        assertFigures(3, publish, 30 * 20, answers);
    }

    @Test
    void isCloseWhereTheyDoNot() throws IOException {
        scenario(
                "accounts: [{name: ann, kind: user}]",
                "devices:",
                "  - name: sensors",
                "    count: 40",
                "    claimed-by: account",
                "    owner: ann",
                "    attempts: {first: 50%, second: 30%, third: 15%, never: 5%}",
                "    subscriptions: [{prefix: t, share: 25%}]",
                "    publishes: [{name: t, every: {uniform: [10min, 30min]}, size: {mix: [{value: 9B, share: 50%},"
                        + " {value: 1100B, share: 50%}]}}]",
                "    max-event-size: 2KiB");

        // 40 devices every 20 minutes, 1.5 operations each; 10 hear it, at 1.7 attempts each... and 0.2 x 3.
        final double publishes = 40 * 30 * 72;
        for (int rule = 0; rule < RULES.length; rule++) {
            final long[] figures = figures(rule);
            assertEquals(publishes * 1.5, figures[0], publishes * 1.5 * 0.04);
            final double deliveries = publishes * 1.5 * 10 * (0.5 + 2 * 0.3 + 3 * 0.2);
            assertEquals(deliveries, figures[1], deliveries * 0.04);
        }
    }

    @Test
    void saysWhatIsExactAndWhatIsSampled() throws IOException {
        scenario(
                "accounts: [{name: acme}]",
                "products: [{name: lamps, account: acme}]",
                "devices:",
                "  - {name: lamps, count: 20, product: lamps, subscriptions: [\"{device}/hook-response/\", s],"
                        + " publishes: [{name: status, every: 1h}]}",
                "integrations: [{name: answers, product: lamps, event: status, response-size: 100B}]");

        final Shell.Outcome outcome = plan("--sample-events", "1k");

        assertEquals("", outcome.err());
        final String out = outcome.out().replaceAll("\\s+", " ");
        assertTrue(out.startsWith("fleet: 20 devices, 1 account, a month of 31 days (estimated)"), out);
        assertTrue(out.contains("How often each source publishes: exact"), out);
        assertTrue(out.contains("a sample of 7,000 events through the router itself under the four rules"), out);
        assertTrue(out.contains("acme, organization:"), out);
        assertTrue(out.contains("product 1, lamps"), out);
        assertTrue(out.contains("\"<its id>/hook-response/\" hears answers of answers 1 14,880"), out);
        assertTrue(out.contains("\"s\" hears \"status\" 20 297,600"), out);
    }

    @Test
    void whatIsAlikeCostsTheSame() throws IOException {
        scenario(
                "accounts: [{name: tenant, count: 30}]",
                "products: [{name: lamps, account: tenant}]",
                "devices:",
                "  - {name: lamps, count: 600, product: lamps, subscriptions: [alert],"
                        + " publishes: [{name: alert, every: 1day}]}");

        // 20 devices a tenant, each of which is heard by 20 once a day.
        final Shell.Outcome outcome = plan("--csv", "--days", "30", "--sample-events", "100");
        assertEquals("", outcome.err());
        final List<String> today = outcome.out()
                .lines()
                .filter(line -> line.startsWith(RULES[1]))
                .map(line -> line.split(",", 5)[4])
                .toList();
        assertEquals(
                IntStream.rangeClosed(1, 30)
                        .mapToObj(i -> "600,12000,0,0,12600,false,tenant-" + i + ",lamps-" + i)
                        .sorted()
                        .toList(),
                today.stream().sorted().toList());
        final String out = plan("--days", "30", "--sample-events", "100").out().replaceAll("\\s+", " ");
        assertTrue(
                out.contains(
                        "single accounts and products, and causes, are less sure: those of each product, or owner of"
                                + " devices in none, rest on 3 events of a source on average, or more."),
                out);
        assertTrue(out.contains("all 30 accounts, with those above free 0 0 0 0 basic 8,970"), out);
    }

    @Test
    void theErrorHoldsWhereManySourcesAreAlike() throws IOException {
        final StringBuilder publishes = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            publishes
                    .append(i == 0 ? "" : ", ")
                    .append("{name: s")
                    .append(i)
                    .append(", every: 1h, size: {mix: [{value: 200B, share: 90%}, {value: 1500B, share: 10%}]}}");
        }
        final String[] totals = new String[2];
        for (int seed = 0; seed < totals.length; seed++) {
            scenario(
                    "seed: " + (42 + seed),
                    "accounts: [{name: acme}]",
                    "products: [{name: lamps, account: acme}]",
                    "devices: [{name: lamps, count: 100, product: lamps, publishes: [" + publishes + "]}]");
            final String out = plan("--days", "30").out().replaceAll("\\s+", " ");
            final String total = out.replaceAll(".* total a month ([0-9,]+) .*", "$1");
            final double percent = Double.parseDouble(out.replaceAll(".* are within ([0-9.]+)% with 95%.*", "$1"));
            final double exact = 16 * 100 * 720 * 1.1;
            final double off = 100 * Math.abs(Long.parseLong(total.replace(",", "")) / exact - 1);
            // Twice what is exceeded once in twenty times.
            assertTrue(off <= 2 * percent && percent < 0.3, "off by " + off + "%: " + out);
            totals[seed] = total;
        }
        assertNotEquals(totals[0], totals[1]);
    }

    @Test
    void warnsOfEventsThatDevicesCannotTake() throws IOException {
        scenario(
                "accounts: [{name: acme}]",
                "products: [{name: lamps, account: acme}]",
                "devices: [{name: lamps, count: 20, product: lamps, subscriptions: [fw],"
                        + " publishes: [{name: x, every: 1h}]}]",
                "broadcasts: [{name: fw/announce, product: lamps, every: 1day, size: 2KiB}]");

        assertTrue(plan("--sample-events", "100")
                .out()
                .replaceAll("\\s+", " ")
                .contains("\"fw/announce\" does not get to 100.0% of the online devices that subscribed to it:"
                        + " it is longer than they take (max-event-size)."));
    }

    @Test
    void refusesWhatTheScenarioSays() throws IOException {
        scenario("devices: [{name: lamps, count: 2, publishes: [{name: x, every: 1h}]}]");
        final String refused = directory.resolve("fleet.yaml")
                + ": a scenario says what is published and answered, so --event, --response-bytes, --trace and --covers"
                + " may not be given with it";

        assertComplaint(refused, "--event", "x", "--every", "1h", "--payload-bytes", "1");
        assertComplaint(refused, "--response-bytes", "1");
        assertComplaint("--sample-events: must be in [100, 10000000]: value=5", "--sample-events", "5");
        assertEquals(0, plan().status());
    }

    private void assertComplaint(final String complaint, final String... options) {
        final Shell.Outcome outcome = plan(options);
        assertEquals(complaint, outcome.err().strip());
        assertEquals(2, outcome.status());
    }

    private void assertFigures(final int rule, final long publish, final long events, final long answers) {
        final long[] figures = figures(rule);
        assertEquals(List.of(publish, events, answers), List.of(figures[0], figures[1], figures[2]), RULES[rule]);
    }

    private long[] figures(final int rule) {
        final Shell.Outcome outcome = plan("--csv", "--days", "30", "--sample-events", "2k");
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
        final String[] row = outcome.out()
                .lines()
                .filter(line -> line.startsWith(RULES[rule]))
                .findFirst()
                .orElseThrow(() -> new AssertionError(outcome.out()))
                .split(",");
        return new long[] {Long.parseLong(row[4]), Long.parseLong(row[5]), Long.parseLong(row[6])};
    }

    private Shell.Outcome plan(final String... options) {
        final List<String> arguments =
                new ArrayList<>(List.of("plan", directory.resolve("fleet.yaml").toString()));
        arguments.addAll(Arrays.asList(options));
        return Shell.run(arguments.toArray(new String[0]));
    }

    private void scenario(final String... lines) throws IOException {
        Files.writeString(directory.resolve("fleet.yaml"), String.join("\n", lines) + "\n");
    }
}

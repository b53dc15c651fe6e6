package io.eventrouter.loadgen.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.Shell;
import io.eventrouter.loadgen.naive.NaiveRouting;
import io.eventrouter.loadgen.naive.RandomFleet;
import io.eventrouter.loadgen.naive.SmallEvent;
import io.eventrouter.loadgen.naive.SmallFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever gets a random event gets it by the router, by the explanation and by asking everybody naively. The message of
 * a failure has the seed; {@code -Dloadgen.seed=S} runs that one.
 */
class ExplainAgainstNaiveRoutingTest {
    private static final int EVENTS = 400;
    private static final String[] SCOPES = {"all", "unclaimed-only", "hook-and-api-only"};

    @TempDir
    private Path directory;

    @Test
    void findsExactlyTheReceiversOfRandomEvents() throws Exception {
        final Long only = Long.getLong("loadgen.seed");
        if (only != null) {
            compare(only);
            return;
        }
        int received = 0;
        for (long seed = 0; seed < EVENTS; seed++) {
            received += compare(seed) ? 1 : 0;
        }
        assertTrue(received > EVENTS / 4, "received=" + received);
    }

    private boolean compare(final long seed) throws Exception {
        final Random random = new Random(seed);
        final SmallFleet fleet = RandomFleet.of(seed);
        final SmallEvent event = RandomFleet.event(fleet, random);
        final String era = random.nextInt(4) == 0 ? "before-2023-03" : "after-2023-03";
        final String scope = SCOPES[random.nextInt(SCOPES.length)];
        final Path file = Files.writeString(directory.resolve("fleet.json"), fleet.json());

        final Shell.Outcome outcome = Shell.run(
                "explain",
                "--fleet",
                file.toString(),
                "--event",
                line(event),
                "--era",
                era,
                "--product-scope",
                scope,
                "--json");

        final String context = "seed " + seed + ": " + event + " " + era + " " + scope;
        assertEquals("", outcome.err(), context);
        assertEquals(0, outcome.status(), context);
        final List<String> wanted = new NaiveRouting(fleet, era, scope).receivers(event);
        assertEquals(
                wanted,
                outcome.out()
                        .lines()
                        .filter(line -> line.contains("\"receives\":true"))
                        .map(line -> line.replaceAll(".*\"subscriber\":\"([^\"]*)\".*", "$1"))
                        .filter(subscriber -> subscriber.startsWith("device:") || subscriber.startsWith("integration:"))
                        .sorted()
                        .toList(),
                context);
        return !wanted.isEmpty();
    }

    private static String line(final SmallEvent event) {
        return "{\"name\":\"" + event.name() + "\",\"data\":\"" + "x".repeat(event.length()) + "\",\"coreid\":\""
                + (event.device() == null ? "api" : event.device()) + "\""
                + (event.user() == null ? "" : ",\"userid\":\"" + event.user() + "\"")
                + (event.product() == 0 ? "" : ",\"productID\":" + event.product()) + "}";
    }
}

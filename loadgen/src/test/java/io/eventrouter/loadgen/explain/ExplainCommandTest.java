package io.eventrouter.loadgen.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.Shell;
import io.eventrouter.metering.UsageSnapshot.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String ANN = "597771d1f92bae142dbb7559";
    private static final String FIRST = "e00fce68aabbccdd00000000";

    @TempDir
    private Path directory;

    private Path fleet;

    @BeforeEach
    void writeFleet() throws IOException {
        final String devices = IntStream.range(0, 50)
                .mapToObj(i -> String.format(
                        "{\"id\":\"e00fce68aabbccdd%08x\",\"owner\":\"ann@example.com\",\"subscriptions\":[\"w\",\"weather\","
                                + "\"hook-response/\"],\"attempts\":%s}",
                        i, i == 48 ? "2" : i == 49 ? "\"never\"" : "1"))
                .collect(Collectors.joining(","));
        fleet = Files.writeString(
                directory.resolve("fleet.json"),
                "{\"users\":[{\"id\":\"" + ANN + "\",\"username\":\"ann@example.com\"}],\"devices\":[" + devices
                        + "],\"integrations\":[{\"id\":\"hook\",\"event\":\"w\",\"user\":\"" + ANN + "\"}]}");
    }

    @Test
    void tellsWhoGetsItWhyAndWhatItCostsWhom() {
        assertEquals(
                String.join(
                        "\n",
                        "\"weather\", 1,025 bytes, 2 data operations whenever it counts",
                        "  from      device e00fce68aabbccdd00000000, claimed by ann@example.com (597771d1f92bae142dbb7559),",
                        "            in no product",
                        "  heard in  the scope of its owner ann@example.com (597771d1f92bae142dbb7559)",
                        "  rules     after-2023-03, product-scope all",
                        "",
                        "It reaches 1 integration.",
                        "  1 integration: triggered by names that start with \"w\", in the scope of owner",
                        "      597771d1f92bae142dbb7559",
                        "      hook",
                        "",
                        "It nearly reaches 50 devices.",
                        "  50 devices: not able to receive an event as large as this",
                        "      e00fce68aabbccdd00000000  takes 1,024 bytes, the event has 1,025",
                        "      e00fce68aabbccdd00000001  takes 1,024 bytes, the event has 1,025",
                        "      e00fce68aabbccdd00000002  takes 1,024 bytes, the event has 1,025",
                        "      and 47 more; --all lists them",
                        "",
                        "If integration hook answers, each chunk of 512 bytes, the first named \"hook-response/weather/0\",",
                        "    would be heard by 50 devices and cost 53 data operations; 49 of these did not ask. A topic that",
                        "    begins with {{PARTICLE_DEVICE_ID}}, and subscriptions with the own id, would spare them.",
                        "",
                        "What it costs, in data operations                  publish  deliveries  total",
                        "  user:597771d1f92bae142dbb7559 (ann@example.com)        2           0      2",
                        "",
                        "Checked: the router itself delivered exactly this, 1 delivery, and charged exactly this.",
                        ""),
                run("--event", event("weather", 1025)).out());
    }

    @Test
    void saysThatSeveralSubscriptionsMakeOneDelivery() {
        final String out = flat(run("--event", event("weather", 3)));

        assertTrue(
                out.contains(
                        "48 devices: subscribed to \"w\", claimed by the same owner as the device behind the event;"
                                + " once, although 1 longer subscription would match too: 48 data operations"),
                out);
        assertTrue(out.contains("acknowledging at the 2nd attempt: 2 data operations"), out);
        assertTrue(out.contains("never acknowledging: three attempts, then offline: 3 data operations"), out);
    }

    @Test
    void tellsChunksApartOnlyWhereTheyDiffer() {
        final String out = flat(run(
                "--event",
                "{\"type\":\"hook-response\",\"integration\":\"hook\",\"name\":\"w\",\"data\":\"" + "x".repeat(1300)
                        + "\",\"coreid\":\"" + FIRST + "\"}"));

        assertTrue(out.contains("\"hook-response/w/0\", 512 bytes"), out);
        // The device that never acknowledges is offline behind the first chunk, and misses the others.
        assertTrue(
                out.contains("\"hook-response/w/1\" to \"hook-response/w/2\", 2 events, each 276 to 512 bytes"), out);
        assertTrue(out.contains("Each of them reaches 49 devices."), out);
        // 48 and 2 and 3, then twice 48 and 2.
        assertTrue(out.contains("(ann@example.com) 0 153 153"), out);
    }

    @Test
    void anEmptyAnswerIsNoEvent() {
        final String out = flat(run(
                "--event",
                "{\"type\":\"hook-response\",\"integration\":\"hook\",\"name\":\"w\",\"data\":\"\",\"coreid\":\""
                        + FIRST + "\"}"));

        assertTrue(out.startsWith("An empty answer makes no event: nobody gets anything, and it costs nothing."), out);
    }

    @Test
    void listsEverybodyIfAskedTo() {
        final String out = run("--event", event("weather", 3), "--all").out();

        assertEquals(
                50,
                out.lines().filter(line -> line.startsWith("      e00fce68")).count());
    }

    @Test
    void complainsAboutEventsThatAreNone() {
        assertComplaint("--event: not readable as JSON: ends in an object, '}' is missing, column 2", "--event", "{");
        assertComplaint("--event: a line must be a JSON object: value=[]".replace("[]", "an array"), "--event", "[]");
        assertComplaint("--event: coreid: is missing", "--event", "{\"name\":\"w\"}");
        assertComplaint(
                "--event: coreid: is not a device of the fleet: value=e00fce68aabbccdd000000ff",
                "--event",
                "{\"name\":\"w\",\"coreid\":\"e00fce68aabbccdd000000ff\"}");
        assertComplaint(
                "--event: name length must be in [1, 64]: length=65",
                "--event",
                "{\"name\":\"" + "n".repeat(65) + "\",\"coreid\":\"" + FIRST + "\"}");
        assertComplaint(
                "--event: type: must be hook-response, or absent for a publish: value=\"claim\"",
                "--event",
                "{\"type\":\"claim\"}");
        assertComplaint(
                "--event: integration: is not an integration that exists: value=\"x\"",
                "--event",
                "{\"type\":\"hook-response\",\"integration\":\"x\",\"name\":\"w\",\"data\":\"\",\"coreid\":\"" + FIRST
                        + "\"}");
    }

    @Test
    void complainsAboutOptionsThatFitNothing() {
        assertComplaint(
                "--about: is not a subscriber of the fleet; must be device:<id>, integration:<id>, logic:<id> or"
                        + " stream:<id>: value=device:e00fce68aabbccdd000000ff",
                "--event",
                event("w", 1),
                "--about",
                "device:e00fce68aabbccdd000000ff");
        assertComplaint(
                "--paused: is not an account of the fleet: value=organization:597771d1f92bae142dbb7559",
                "--event",
                event("w", 1),
                "--paused",
                "organization:" + ANN);
        final Shell.Outcome outcome = Shell.run(
                "explain", "--fleet", fleet.toString(), "--event", event("w", 1), "--paused", "customer:" + ANN);
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().contains("must be user:<id> or organization:<id>"), outcome.err());
    }

    @Test
    void noticesWhenRouterAndExplanationDoNotAgree() {
        final AccountId ann = AccountId.parse("user:" + ANN);

        assertEquals(
                List.of(
                        "device:a and t: the router says nothing, the explanation a delivery for 1",
                        "device:b and t: the router says a delivery for 2, the explanation nothing",
                        "device:c and t: the router says a delivery for 2, the explanation a delivery for 1"),
                Disagreement.aboutReceivers(
                        "t",
                        Map.of("device:b", 2L, "device:c", 2L, "device:d", 1L),
                        Map.of("device:a", 1L, "device:c", 1L, "device:d", 1L)));
        assertEquals(
                List.of("user:" + ANN + ": the router charges 1 for publishing and 2 for deliveries, the explanation 0"
                        + " for publishing and 0 for deliveries"),
                Disagreement.aboutCosts(Map.of(ann, new Totals(1, 2)), Map.of()));
        assertEquals(List.of(), Disagreement.aboutCosts(Map.of(ann, new Totals(1, 2)), Map.of(ann, new Totals(1, 2))));
    }

    private void assertComplaint(final String complaint, final String... options) {
        final Shell.Outcome outcome = explain(options);
        assertEquals(complaint, outcome.err().strip());
        assertEquals("", outcome.out());
        assertEquals(2, outcome.status());
    }

    private Shell.Outcome run(final String... options) {
        final Shell.Outcome outcome = explain(options);
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
        return outcome;
    }

    private Shell.Outcome explain(final String... options) {
        final List<String> arguments = new ArrayList<>(List.of("explain", "--fleet", fleet.toString()));
        arguments.addAll(Arrays.asList(options));
        return Shell.run(arguments.toArray(new String[0]));
    }

    private static String flat(final Shell.Outcome outcome) {
        return outcome.out().replaceAll("\\s+", " ");
    }

    private static String event(final String name, final int length) {
        return "{\"name\":\"" + name + "\",\"data\":\"" + "x".repeat(length) + "\",\"coreid\":\"" + FIRST + "\"}";
    }
}

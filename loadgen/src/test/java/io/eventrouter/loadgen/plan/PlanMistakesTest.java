package io.eventrouter.loadgen.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is missing or wrong is refused with the value and the limit; nothing is planned then. */
class PlanMistakesTest {
    private static final String ANN = "597771d1f92bae142dbb7559";
    private static final String DEVICE = "e00fce68aabbccdd00000001";
    private static final String OFFLINE = "e00fce68aabbccdd00000002";

    @TempDir
    private Path directory;

    private Path fleet;

    @BeforeEach
    void writeFleet() throws IOException {
        fleet = write(
                "fleet.json",
                "{\"users\":[{\"id\":\"" + ANN + "\"}],\"products\":[{\"id\":7,\"user\":\"" + ANN
                        + "\"}],\"devices\":[{\"id\":\"" + DEVICE + "\",\"user_id\":\"" + ANN + "\"},{\"id\":\""
                        + OFFLINE
                        + "\",\"online\":false,\"product_id\":7}],\"integrations\":[{\"id\":\"h\",\"event\":\"t\",\"user\":\""
                        + ANN + "\"}]}");
    }

    @Test
    void aNameThatIsMissingIsSaidBeforeAnythingElse() {
        final Shell.Outcome file = Shell.run("plan", "nosuch.json");
        assertEquals("nosuch.json: no such file", file.err().strip());
        assertEquals(2, file.status());

        final Shell.Outcome scenario = Shell.run("plan", "hook-response-unscope");
        assertEquals(
                "hook-response-unscope: no such file, and no scenario of this name ships with the program; did you mean"
                        + " hook-response-unscoped?",
                scenario.err().strip());
        assertEquals(2, scenario.status());

        final Shell.Outcome withEvents =
                Shell.run("plan", "hook-response-unscope", "--event", "t", "--every", "1h", "--payload-bytes", "1");
        assertEquals(scenario.err(), withEvents.err());
    }

    @Test
    void whatIsPublishedHasToBeSaid() {
        assertComplaint(
                "what the fleet publishes is not known: give --event NAME with --every TIME and --payload-bytes SIZE, or"
                        + " --trace TRACE.ndjson with --covers TIME");
        assertComplaint(
                "--event: \"x\" needs one of --every TIME and --publishes-per-day N: found neither",
                "--event",
                "x",
                "--payload-bytes",
                "1");
        assertComplaint(
                "--event: \"x\" needs one of --every TIME and --publishes-per-day N: found both",
                "--event",
                "x",
                "--payload-bytes",
                "1",
                "--every",
                "1h",
                "--publishes-per-day",
                "24");
        final Shell.Outcome outcome = plan("--event", "x", "--every", "1h");
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().contains("--payload-bytes"), outcome.err());
    }

    @Test
    void howLongAnswersAreHasToBeSaidOfIntegrationsThatAreTriggered() {
        assertComplaint(
                "--response-bytes: integration h is triggered by \"t\"; say how long its answers are, 0 for none",
                "--event",
                "t",
                "--every",
                "1h",
                "--payload-bytes",
                "1");
        assertEquals(
                0, plan("--event", "x", "--every", "1h", "--payload-bytes", "1").status());
        assertComplaintOfEvent(
                "--response-bytes: is not an integration of the fleet: value=g", "--response-bytes", "g=1");
        assertComplaintOfEvent(
                "--response-bytes: is there twice: value=5", "--response-bytes", "4", "--response-bytes", "5");
        assertComplaintOfEvent(
                "--response-bytes: must be a size such as 64B or 16KiB, in B, KiB or MiB: value=much",
                "--response-bytes",
                "h=much");
    }

    @Test
    void valuesHaveLimits() {
        assertComplaintOfEvent("--days: must be in [28, 31]: value=27", "--days", "27");
        assertComplaintOfEvent("--peak-factor: must be in [1, 1000000]: value=0.5", "--peak-factor", "0.5");
        assertComplaintOfEvent(
                "Invalid value for option '--days': must be a whole number: value=few\nTry: loadgen plan --help",
                "--days",
                "few");
        assertComplaintOfEvent(
                "Invalid value for option '--peak-factor': must be a number: value=high\nTry: loadgen plan --help",
                "--peak-factor",
                "high");
        // Before the fleet is counted, and for programs too.
        assertComplaintOfEvent("--peak-factor: must be in [1, 1000000]: value=0.5", "--csv", "--peak-factor", "0.5");
        assertComplaintOfEvent(
                "--price-csv: prints something else than --csv, so only one may be given", "--csv", "--price-csv");
        assertComplaintOfEvent("--headroom: must be at most 95%: value=96%", "--headroom", "96%");
        assertComplaintOfEvent("--headroom: must be a share from 0% to 100%: value=2", "--headroom", "2");
        assertComplaintOfEvent("--rate: must be at least 1: value=0", "--rate", "0");
        assertComplaintOfEvent(
                "--sample-events: is for scenarios only, as of a fleet file every event is counted: value=1k",
                "--sample-events",
                "1k");
        assertComplaint(
                "--payload-bytes: must be at most 16384 bytes: value=17KiB",
                "--event",
                "x",
                "--every",
                "1h",
                "--payload-bytes",
                "17KiB");
        assertComplaint(
                "--every: must be whole seconds, at least 1: value=1500ms",
                "--event",
                "x",
                "--every",
                "1500ms",
                "--payload-bytes",
                "1");
        assertComplaint(
                "--every: must be at most the month of 31 days, as \"x\" would never be published",
                "--event",
                "x",
                "--every",
                "32day",
                "--payload-bytes",
                "1");
        assertComplaint(
                "--publishes-per-day: must be in [1, 2147483647]; for less than one a day there is --every: value=0",
                "--event",
                "x",
                "--publishes-per-day",
                "0",
                "--payload-bytes",
                "1");
        assertComplaint(
                "--event: a device may not publish a name that starts with particle or spark: name=Sparkle",
                "--event",
                "Sparkle",
                "--every",
                "1h",
                "--payload-bytes",
                "1");
    }

    @Test
    void whoPublishesHasToBeThereAndOnline() {
        assertComplaintOfEvent("--from: is not in the fleet: value=product:8", "--from", "product:8");
        assertComplaintOfEvent(
                "--from: is not in the fleet: value=device:e00fce68aabbccdd000000ff",
                "--from",
                "device:e00fce68aabbccdd000000ff");
        assertComplaintOfEvent(
                "--from: selects no device that is online: value=device:" + OFFLINE, "--from", "device:" + OFFLINE);
        assertComplaintOfEvent("--from: selects no device that is online: value=product:7", "--from", "product:7");
        assertComplaintOfEvent(
                "--from: must be all, product:<id>, owner:<id>, device:<id>, api-product:<id> or api-user:<id>: value=me",
                "--from",
                "me");
        assertComplaintOfEvent("--from: product id must be a positive number: value=x", "--from", "api-product:x");
    }

    @Test
    void aTraceIsForItselfAndCoversATime() throws IOException {
        final Path trace = write("trace.ndjson", "{\"name\":\"t\",\"coreid\":\"" + DEVICE + "\"}\n{}\n");

        assertComplaint("--covers: is missing; which time does the trace cover?", "--trace", trace.toString());
        assertComplaintOfEvent("--covers: is for --trace only", "--covers", "1h");
        assertComplaintOfEvent(
                "--trace: says what is published and answered, so neither --event nor --response-bytes may be given with"
                        + " it",
                "--trace",
                trace.toString(),
                "--covers",
                "1h");
        assertComplaint(
                trace + ":2: a line must have a name and a coreid, or a type; this one has none of them",
                "--trace",
                trace.toString(),
                "--covers",
                "1h");
    }

    @Test
    void pricesAreReadStrictly() throws IOException {
        final Path prices = write("prices.json", "{\"plans\":[{\"name\":\"a\",\"operations_per_month\":-1}]}");
        assertComplaintOfEvent(
                prices + ":1: plans[0].operations_per_month: must be in [0, 2147483647]: value=-1",
                "--prices",
                prices.toString());
        write("prices.json", "{\"plans\":[]}");
        assertComplaintOfEvent(prices + ":1: plans: must have at least one plan", "--prices", prices.toString());
        write("prices.json", "[");
        assertComplaintOfEvent(
                prices + ":1: plans must be a JSON object with an array named plans", "--prices", prices.toString());
        write(
                "prices.json",
                "{\"plans\":[" + "{\"name\":\"a\",\"operations_per_month\":1,\"devices\":1,\"usd_per_month\":1},"
                        + "{\"name\":\"a\",\"operations_per_month\":1,\"devices\":1,\"usd_per_month\":1}]}");
        assertComplaintOfEvent(
                prices + ":1: plans[1].name: is there twice: value=\"a\"", "--prices", prices.toString());
    }

    @Test
    void aMeasuredRateMustHaveBeenHeld() throws IOException {
        final Path missing = directory.resolve("missing");
        assertComplaintOfEvent(missing + ": no such directory", "--measured", missing.toString());
        assertComplaintOfEvent(fleet + ": is a file, not a directory", "--measured", fleet.toString());
        assertComplaintOfEvent(
                directory + ": has neither search.json, run.json nor sweep.json in it",
                "--measured",
                directory.toString());
        final Path run = write("run.json", "{\"verdict\":\"invalid\"}");
        assertComplaintOfEvent(
                run + ": a plan needs a rate that was held: verdict=\"invalid\"", "--measured", directory.toString());
        write("run.json", "{\"verdict\":\"met\",\"events\":{\"offered\":5}}");
        assertComplaintOfEvent(run + ": deliveries is missing", "--measured", directory.toString());
        write("run.json", "{\"verdict\":\"met\",\"events\":{\"offered\":\"5\",\"elapsed_ns\":1},\"deliveries\":{}}");
        assertComplaintOfEvent(run + ": offered must be a number: value=\"5\"", "--measured", directory.toString());
        assertComplaintOfEvent(
                "--measured: says what a machine does, so neither --rate nor --delivery-rate may be given",
                "--measured",
                directory.toString(),
                "--rate",
                "5");
    }

    private void assertComplaintOfEvent(final String complaint, final String... options) {
        final List<String> all = new ArrayList<>(List.of("--event", "x", "--every", "1h", "--payload-bytes", "1"));
        all.addAll(Arrays.asList(options));
        assertComplaint(complaint, all.toArray(new String[0]));
    }

    private void assertComplaint(final String complaint, final String... options) {
        final Shell.Outcome outcome = plan(options);
        assertEquals(complaint, outcome.err().strip());
        assertEquals("", outcome.out());
        assertEquals(2, outcome.status());
    }

    private Shell.Outcome plan(final String... options) {
        final List<String> arguments = new ArrayList<>(List.of("plan", fleet.toString()));
        arguments.addAll(Arrays.asList(options));
        return Shell.run(arguments.toArray(new String[0]));
    }

    private Path write(final String name, final String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}

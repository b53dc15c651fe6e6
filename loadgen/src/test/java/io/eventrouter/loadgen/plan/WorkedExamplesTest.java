package io.eventrouter.loadgen.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.loadgen.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples with figures that were worked out by hand, each planned by the program. */
class WorkedExamplesTest {
    private static final String ANN = "597771d1f92bae142dbb7559";
    private static final String OPS = "597771d1f92bae142dbb7560";
    private static final String ORGANIZATION = "5da78e60c2b7e3d40012ab34";
    private static final String HOOK = "65a1f0c2b7e3d40012ab34cd";
    private static final String COPY = "65a1f0c2b7e3d40012ab34ce";
    private static final String PRODUCT = ",\"product_id\":30301";

    @TempDir
    private Path directory;

    @Test
    void oneDeviceThatPublishesEveryTenSecondsThroughAWebhook() throws IOException {
        // 267,840 in a month of 31 days; the free plan is used up after 11.6 days.
        fleet(devices(1, i -> claimedBy(ANN)), sandboxHook(HOOK, "t", null));

        assertTotals("31", 267_840, List.of("--event", "t", "--every", "10s", "--payload-bytes", "200"), "300");
        assertEquals(
                List.of("11.6", "days", "11.6", "days", "11.6", "days", "11.6", "days"),
                figures(
                        run("31", List.of("--event", "t", "--every", "10s", "--payload-bytes", "200"), "300", false)
                                .out(),
                        "    lasts"));
    }

    @Test
    void theSameDeviceHearsTheAnswerInThreeChunks() throws IOException {
        fleet(devices(1, i -> claimedBy(ANN) + subscribed("hook-response/t")), sandboxHook(HOOK, "t", null));

        assertTotals("30", 4 * 259_200, List.of("--event", "t", "--every", "10s", "--payload-bytes", "200"), "1300");
    }

    @Test
    void anAnswerThatIsTooLongIsCut() throws IOException {
        // Of 100,001 bytes 100,000 are answered, in 196 chunks.
        fleet(devices(1, i -> claimedBy(ANN) + subscribed("hook-response/t")), sandboxHook(HOOK, "t", null));

        assertTotals("30", 197 * 30, List.of("--event", "t", "--every", "1day", "--payload-bytes", "1"), "100001");
    }

    @Test
    void fiftyDevicesHearTheAnswersToEachOther() throws IOException {
        final List<String> hourly = List.of("--event", "w", "--every", "1h", "--payload-bytes", "100");
        fleet(devices(50, i -> claimedBy(ANN) + subscribed("hook-response/w")), sandboxHook(HOOK, "w", null));
        assertTotals("30", 1_836_000, hourly, "300");

        fleet(
                devices(50, i -> claimedBy(ANN) + subscribed(id(i) + "/hook-response/w")),
                sandboxHook(HOOK, "w", "{{PARTICLE_DEVICE_ID}}/hook-response/{{PARTICLE_EVENT_NAME}}"));
        assertTotals("30", 72_000, hourly, "300");
    }

    @Test
    void anAlertToAProductOfWhichSomeAreOfflineAndSomeNeverAcknowledge() throws IOException {
        // The publisher is the first of the 90 that are online; the last five of these never acknowledge.
        fleet(devices(100, i -> PRODUCT + subscribed("alert") + (i >= 90 ? OFFLINE : i >= 85 ? NEVER : "")), "");
        final List<String> alert = List.of("--event", "alert", "--payload-bytes", "20", "--from", "device:" + id(0));

        // Once a month: 1 + 85 + 5 x 3 = 101, and before March 2023 1. The second alert costs 86 more.
        assertRows("31", with(alert, "--every", "31day"), "0", 1, 101, 101, 1);
        assertRows("30", with(alert, "--every", "15day"), "0", 2, 101 + 86, 101 + 86, 2);
    }

    @Test
    void aProductOfWhichSomeDevicesAreClaimed() throws IOException {
        fleet(devices(100, i -> (i < 60 ? claimedBy(OPS) : "") + PRODUCT + subscribed("cfg/")), "");

        assertRows(
                "31",
                List.of("--event", "cfg/x", "--payload-bytes", "1", "--every", "31day", "--from", "device:" + id(0)),
                "0",
                61,
                101,
                61 + 40,
                61);
    }

    @Test
    void oneHundredCustomersEachWithADevice() throws IOException {
        fleet(
                devices(100, i -> claimedBy(customer(i)) + PRODUCT + subscribed("x")),
                "",
                IntStream.range(0, 100)
                        .mapToObj(i -> "{\"id\":\"" + customer(i) + "\"" + PRODUCT + "}")
                        .collect(Collectors.joining(",")));

        assertRows(
                "31",
                List.of("--event", "x", "--payload-bytes", "1", "--every", "31day", "--from", "device:" + id(0)),
                "0",
                2,
                101,
                2,
                2);
    }

    @Test
    void aPictureForThreeDevices() throws IOException {
        fleet(devices(4, i -> PRODUCT + (i == 0 ? "" : ",\"max_event_size\":16384" + subscribed("pic"))), "");

        assertRows(
                "31",
                List.of("--event", "pic", "--payload-bytes", "5000", "--every", "31day", "--from", "device:" + id(0)),
                "0",
                5,
                20,
                20,
                5);
    }

    @Test
    void theApiPublishesToTenThousandDevices() throws IOException {
        fleet(devices(10_000, i -> PRODUCT + subscribed("news")), "");

        assertRows(
                "31",
                List.of("--event", "news", "--payload-bytes", "300", "--every", "31day", "--from", "api-product:30301"),
                "0",
                0,
                10_000,
                10_000,
                10_000);
    }

    @Test
    void theOrganizationPaysForTheSandboxWebhookOfADeveloper() throws IOException {
        fleet(devices(1, i -> claimedBy(ANN) + PRODUCT + subscribed("hook-response/x")), sandboxHook(HOOK, "x", null));

        final List<String> rows =
                rows("31", List.of("--event", "x", "--payload-bytes", "1", "--every", "31day"), "100");

        assertEquals(4, rows.size());
        rows.forEach(row -> assertEquals("organization:" + ORGANIZATION + ",30301,1,0,1,0,2", payerAndCosts(row)));
    }

    @Test
    void aProductWebhookAndItsCopyInTheSandbox() throws IOException {
        // One publish, two answers, both of which the device hears.
        fleet(
                devices(
                        1,
                        i -> claimedBy(ANN) + PRODUCT + ",\"subscriptions\":[\"hook-response/\",\"" + id(i)
                                + "/hook-response/\"]"),
                "{\"id\":\"" + HOOK + "\",\"event\":\"x\",\"product_id\":30301}," + sandboxHook(COPY, "x", null));
        final List<String> once = List.of("--event", "x", "--payload-bytes", "1", "--every", "31day");

        assertRows("31", once, "100", 3, 3, 3, 3);
        // Without answers: one operation, whatever is called.
        assertRows("31", once, "0", 1, 1, 1, 1);
    }

    @Test
    void streamsWebhooksAndLogicCostNothing() throws IOException {
        final String streams = IntStream.range(0, 20)
                .mapToObj(i -> "{\"id\":\"s" + i + "\",\"product_id\":30301}")
                .collect(Collectors.joining(","));
        final String hooks = IntStream.range(0, 3)
                .mapToObj(i -> "{\"id\":\"h" + i + "\",\"product_id\":30301,\"event\":\"x\"}")
                .collect(Collectors.joining(","));
        final String logic = IntStream.range(0, 2)
                .mapToObj(i -> "{\"id\":\"f" + i + "\",\"logic_triggers\":[{\"type\":\"Event\",\"product_id\":30301,"
                        + "\"event_name\":\"x\"}]}")
                .collect(Collectors.joining(","));
        fleet(devices(1, i -> PRODUCT), hooks + "],\"streams\":[" + streams + "],\"logic_functions\":[" + logic);

        assertRows("31", List.of("--event", "x", "--payload-bytes", "1", "--every", "31day"), "300", 1, 1, 1, 1);
    }

    @Test
    void publishesOfAMonthAreThoseOfItsSecondsNotMore() throws IOException {
        final List<String> quarterly = List.of("--event", "x", "--payload-bytes", "1", "--every", "15min");
        fleet(devices(5, i -> claimedBy(ANN)), "");

        // 31 days of 86,400 seconds; a calculator that takes 100,000 for these arrives at 17,225.
        assertTotals("31", 5 * 31 * 96, quarterly, "0");
    }

    @Test
    void asManyBlocksAsTheLimitThatNeedsMostOfThem() throws IOException {
        // 150 devices that publish hourly use less than one block of operations, and two blocks of devices.
        fleet(devices(150, i -> PRODUCT), "");
        final String out = run("31", List.of("--event", "x", "--payload-bytes", "1", "--every", "1h"), "0", false)
                .out();

        assertEquals(List.of("598", "598", "598", "598"), figures(out, "  basic"));
        assertEquals("    blocks 2 for devices", words(out, "    blocks").substring(0, 24));
        // 100 devices that publish every 6 minutes: 744,000 operations, more than one block has.
        fleet(devices(100, i -> PRODUCT), "");
        final String busy = run("31", List.of("--event", "x", "--payload-bytes", "1", "--every", "6min"), "0", false)
                .out();

        assertEquals(List.of("598", "598", "598", "598"), figures(busy, "  basic"));
        assertEquals(List.of("599", "599", "599", "599"), figures(busy, "  plus"));
        assertEquals("    blocks 2 for operations", words(busy, "    blocks").substring(0, 27));
        assertEquals(List.of("744,000", "744,000", "744,000", "744,000"), figures(busy, "  total a month"));
    }

    private static final String OFFLINE = ",\"online\":false";
    private static final String NEVER = ",\"attempts\":\"never\"";

    private void assertTotals(
            final String days, final long total, final List<String> options, final String responseBytes)
            throws IOException {
        assertRows(days, options, responseBytes, total, total, total, total);
    }

    // In the order of the output: before March 2023, then all, unclaimed-only and hook-and-api-only.
    private void assertRows(
            final String days, final List<String> options, final String responseBytes, final long... totals)
            throws IOException {
        final List<Long> found = new ArrayList<>();
        for (final String rule : List.of(
                "before-2023-03,any,",
                "after-2023-03,all,",
                "after-2023-03,unclaimed-only,",
                "after-2023-03,hook-and-api-only,")) {
            found.add(rows(days, options, responseBytes).stream()
                    .filter(row -> row.startsWith(rule))
                    .mapToLong(row -> Long.parseLong(row.split(",")[8]))
                    .sum());
        }
        assertEquals(Arrays.stream(totals).boxed().toList(), found);
    }

    private List<String> rows(final String days, final List<String> options, final String responseBytes) {
        return run(days, options, responseBytes, true).out().lines().skip(1).toList();
    }

    private Shell.Outcome run(
            final String days, final List<String> options, final String responseBytes, final boolean isCsv) {
        final List<String> arguments = new ArrayList<>(List.of(
                "plan", directory.resolve("fleet.json").toString(), "--days", days, "--response-bytes", responseBytes));
        arguments.addAll(options);
        if (isCsv) {
            arguments.add("--csv");
        }
        final Shell.Outcome outcome = Shell.run(arguments.toArray(new String[0]));
        // Some names are of the kind that nothing listens to, which is said beside the rows.
        assertEquals("", outcome.err().replaceAll("Nothing in the fleet listens to .*\n", ""));
        assertEquals(0, outcome.status());
        return outcome;
    }

    private static List<String> figures(final String out, final String label) {
        return List.of(words(out, label).substring(label.length()).trim().split(" "));
    }

    private static String words(final String out, final String label) {
        return out.lines()
                .filter(line -> line.startsWith(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(out))
                .replaceAll("(?<=\\S) +", " ");
    }

    private static String payerAndCosts(final String row) {
        return row.replaceFirst("^[^,]*,[^,]*,", "").replaceFirst(",true,,$", "");
    }

    private static List<String> with(final List<String> options, final String... more) {
        final List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return all;
    }

    private void fleet(final String devices, final String integrations) throws IOException {
        fleet(devices, integrations, "");
    }

    private void fleet(final String devices, final String integrations, final String customers) throws IOException {
        Files.writeString(
                directory.resolve("fleet.json"),
                "{\"users\":[{\"id\":\"" + ANN + "\"},{\"id\":\"" + OPS + "\"}],\"organizations\":[{\"id\":\""
                        + ORGANIZATION + "\"}],\"products\":[{\"id\":30301,\"organization_id\":\"" + ORGANIZATION
                        + "\"}],\"customers\":[" + customers + "],\"devices\":[" + devices + "],\"integrations\":["
                        + integrations + "]}");
    }

    private static String devices(final int count, final IntFunction<String> fields) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"" + id(i) + "\"" + fields.apply(i) + "}")
                .collect(Collectors.joining(","));
    }

    private static String id(final int index) {
        return String.format("e00fce68aabbccdd%08x", index);
    }

    private static String customer(final int index) {
        return String.format("7777%020x", index);
    }

    private static String claimedBy(final String owner) {
        return ",\"user_id\":\"" + owner + "\"";
    }

    private static String subscribed(final String prefix) {
        return ",\"subscriptions\":[\"" + prefix + "\"]";
    }

    private static String sandboxHook(final String id, final String event, final String topic) {
        return "{\"id\":\"" + id + "\",\"user\":\"" + ANN + "\",\"event\":\"" + event + "\""
                + (topic == null ? "" : ",\"responseTopic\":\"" + topic + "\"") + "}";
    }
}

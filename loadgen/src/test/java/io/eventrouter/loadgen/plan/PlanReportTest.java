package io.eventrouter.loadgen.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.Shell;
import io.eventrouter.loadgen.fleet.Plan;
import io.eventrouter.loadgen.input.TextSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReportTest {
    private static final String ORGANIZATION = "5da78e60c2b7e3d40012ab34";

    @TempDir
    private Path directory;

    private Path fleet;

    @BeforeEach
    void writeFleet() throws IOException {
        fleet = write("fleet.json", fleet("hook-response/", "hook-response/{{PARTICLE_EVENT_NAME}}"));
    }

    @Test
    void saysWhichSubscriptionHearsTheAnswersToOthers() throws IOException {
        final String out = flat(hourly());

        assertTrue(
                out.contains(
                        "Devices subscribed to \"hook-response/\" hear the answers of integration hook to each other: of"
                                + " 74,400 operations a month, 7,440 are for the device that asked. If topic and subscription began"
                                + " with the id of the device, the others, 66,960, would not be: 81.8% of everything."),
                out);
        assertTrue(out.contains("\"hook-response/\" hears answers of hook 10 74,400 90.9%"), out);
        assertTrue(out.contains("publishing 7,440 9.1%"), out);
        assertTrue(
                out.contains(
                        "What changed in March 2023 makes 74,400 operations a month more, 11 times as many in all"),
                out);
    }

    @Test
    void hasNothingToSayAboutFleetsInWhichEverybodyHearsItsOwn() throws IOException {
        write("fleet.json", fleet("%s/hook-response/", "{{PARTICLE_DEVICE_ID}}/hook-response/x"));

        final String out = flat(hourly());

        assertFalse(out.contains("to each other"), out);
        assertTrue(out.contains("\"<its id>/hook-response/\" hears answers of hook 1 7,440 50.0%"), out);
    }

    @Test
    void saysHowEachFigureWasFound() {
        final String out = flat(hourly());

        assertTrue(out.contains("Data operations a month: exact arithmetic."), out);
        assertTrue(
                out.contains(
                        "Checked: every event once, with its answers, was routed through the router itself under each"
                                + " of the rules, and was charged exactly as the arithmetic says."),
                out);
        assertTrue(out.contains("Assumed: an integration answers every event that triggers it"), out);
        assertTrue(out.contains("events assumed from docs/performance.md"), out);
    }

    @Test
    void asksForMeasurementsOnlyWhereItAssumes() {
        final String hint = "measure yours with loadgen search";

        assertTrue(flat(hourly()).contains(hint));
        assertTrue(flat(hourly("--rate", "1M")).contains(hint));
        final String given = flat(hourly("--rate", "1M", "--delivery-rate", "9M"));
        assertTrue(given.contains("events as given, deliveries as given machines"), given);
        assertFalse(given.contains(hint), given);
    }

    @Test
    void memoryIsWhatTheTablesOfARouterWithThisFleetHold() throws IOException {
        final String devices = IntStream.range(0, 20_000)
                .mapToObj(i -> "{\"id\":\"" + String.format("e00fce68aabbccdd%08x", i)
                        + "\",\"product_id\":7,\"subscriptions\":[\"limits\"]}")
                .collect(Collectors.joining(","));
        final Path many = write(
                "many.json",
                "{\"organizations\":[{\"id\":\"" + ORGANIZATION + "\"}],\"products\":[{\"id\":7,\"organization_id\":\""
                        + ORGANIZATION + "\"}],\"devices\":[" + devices + "]}");
        final Path trace = write("trace.ndjson", "{\"name\":\"x\",\"coreid\":\"e00fce68aabbccdd00000000\"}");

        // By docs/design.md at most 42 bytes a device and 16 for its element: 1,160,000, and some for the only prefix.
        final String memory = "memory 2 MiB for the router's tables, as a router reports them with 20,000 devices and"
                + " 20,000 subscriptions; 3 MiB with headroom.";
        final String described =
                flat(Shell.run("plan", many.toString(), "--event", "x", "--every", "1day", "--payload-bytes", "1"));
        assertTrue(described.contains(memory), described);
        final String traced = flat(Shell.run("plan", many.toString(), "--trace", trace.toString(), "--covers", "1day"));
        assertTrue(traced.contains(memory), traced);
    }

    @Test
    void saysWhichNamesNothingListensToAndWhichOnesAreNear() throws IOException {
        final List<String> known =
                List.of("limits/high", "climate", "climatee", "alert/heat", "audit/x", "sleep", "tick");
        assertEquals("", unknownNames("", known));

        final Map<String, String> near = new TreeMap<>(Map.of(
                "climte", "; did you mean \"climate\"?",
                "Climate", "; did you mean \"climate\"?",
                "climte/hall", "; did you mean \"climate\"?",
                "limit/7", "; did you mean \"limits/\"?",
                "alert/heart", "; did you mean \"alert/heat\"?",
                // A Logic function is for the whole name.
                "alert/heat/2", "; did you mean \"alert/heat\"?",
                "audt", "; did you mean \"audit\"?",
                "wind", "."));
        final String kinds = ": no device subscribed to it, and no integration, Logic function or stream is for it";
        assertEquals(
                near.entrySet().stream()
                        .map(name -> "Nothing in the fleet listens to \"" + name.getKey() + "\"" + kinds
                                + name.getValue() + "\n")
                        .collect(Collectors.joining()),
                unknownNames("", near.keySet()));
        assertEquals(
                "Nothing in the fleet listens to \"climte\" but streams of all events" + kinds
                        + "; did you mean \"climate\"?\n",
                unknownNames(",{\"id\":\"all\",\"product_id\":7}", List.of("climte", "climate", "climte")));
    }

    // Beside the rows for programs, and the same in the report for people.
    private String unknownNames(final String moreStreams, final Collection<String> events) throws IOException {
        final Path named = write("named.json", """
                {"organizations":[{"id":"%s"}],"products":[{"id":7,"organization_id":"%s"}],
                 "devices":[{"id":"e00fce68aabbccdd00000001","product_id":7,
                             "subscriptions":["limits/","t","e00fce68aabbccdd00000001/climte"]},
                            {"id":"e00fce68aabbccdd00000002","product_id":7,"online":false,"subscriptions":["sleep"]}],
                 "integrations":[{"id":"hook","product_id":7,"event":"climate"}],
                 "logic_functions":[{"id":"vents","logic_triggers":[
                     {"type":"Event","product_id":7,"event_name":"alert/heat"}]}],
                 "streams":[{"id":"audit","product_id":7,"prefix":"audit"}%s]}
                """.formatted(ORGANIZATION, ORGANIZATION, moreStreams));
        final List<String> arguments = new ArrayList<>(List.of("plan", named.toString(), "--response-bytes", "0"));
        for (final String name : events) {
            arguments.addAll(List.of("--event", name, "--every", "1day", "--payload-bytes", "1"));
        }
        final Shell.Outcome report = Shell.run(arguments.toArray(new String[0]));
        arguments.add("--csv");
        final Shell.Outcome csv = Shell.run(arguments.toArray(new String[0]));

        assertEquals(0, csv.status());
        assertTrue(csv.out().startsWith(PlanCsv.HEADER), csv.out());
        assertFalse(csv.out().contains("Nothing in"), csv.out());
        final String text = flat(report);
        assertTrue(text.contains(csv.err().replace('\n', ' ')), text);
        assertEquals(csv.err().isEmpty(), !text.contains("Nothing in"), text);
        return csv.err();
    }

    @Test
    void warnsOfDevicesThatCannotTakeAnEvent() throws IOException {
        final Path small = write(
                "small.json",
                "{\"organizations\":[{\"id\":\"" + ORGANIZATION + "\"}],\"products\":[{\"id\":7,\"organization_id\":\""
                        + ORGANIZATION + "\"}],\"devices\":["
                        + "{\"id\":\"e00fce68aabbccdd00000001\",\"product_id\":7,\"subscriptions\":[\"li\"]},"
                        + "{\"id\":\"e00fce68aabbccdd00000002\",\"product_id\":7,\"subscriptions\":[\"limits\"],"
                        + "\"max_event_size\":1500},"
                        + "{\"id\":\"e00fce68aabbccdd00000003\",\"product_id\":7,\"subscriptions\":[\"limits\"],"
                        + "\"max_event_size\":2000}]}");
        final Path trace = write(
                "long.ndjson",
                "{\"name\":\"limits\",\"data\":\"" + "x".repeat(2_000) + "\",\"coreid\":\"api\",\"productID\":7}");

        final String described = flat(
                Shell.run("plan", small.toString(), "--event", "limits", "--every", "1day", "--payload-bytes", "2000"));
        assertTrue(
                described.contains("\"limits\" with 2,000 bytes is too long for 2 devices subscribed to it, and never"
                        + " gets there: none of them takes more than 1,500."),
                described);
        final String fits = flat(
                Shell.run("plan", small.toString(), "--event", "limits", "--every", "1day", "--payload-bytes", "1024"));
        assertFalse(fits.contains("too long"), fits);
        final String traced =
                flat(Shell.run("plan", small.toString(), "--trace", trace.toString(), "--covers", "1day"));
        assertTrue(
                traced.contains("2 of the trace's deliveries to online devices that subscribed do not happen: the event"
                        + " is longer than the device takes (max_event_size)."),
                traced);
    }

    /** Who is on a plan without blocks is no less important: by operations, not by id. */
    @Test
    void pricesThoseWhoUseMostAndSumsUpTheRest() throws IOException {
        final String users = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> "{\"id\":\"" + String.format("%024x", i) + "\"}")
                .collect(Collectors.joining(","));
        final String devices = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> "{\"id\":\"" + String.format("e00fce68aabbccdd%08x", i) + "\",\"user_id\":\""
                        + String.format("%024x", i) + "\",\"subscriptions\":["
                        + (i == 12 ? "\"tick\"" : "") + "]}")
                .collect(Collectors.joining(","));
        final Path many = write("many.json", "{\"users\":[" + users + "],\"devices\":[" + devices + "]}");

        // 44,640 publishes a month each; the last one hears its own as well.
        final String out =
                flat(Shell.run("plan", many.toString(), "--event", "tick", "--every", "1min", "--payload-bytes", "1"));

        assertTrue(
                out.contains(
                        "Price a month in US$, and blocks before 2023-03 after: all unclaimed-only hook-and-api-only"
                                + " user:00000000000000000000000c 1 device"),
                out);
        assertTrue(
                out.contains("all 12 accounts, with those above free 0 0 0 0 basic 3,588 3,588 3,588 3,588"
                        + " blocks 12 12 12 12"),
                out);
        final String often =
                flat(Shell.run("plan", many.toString(), "--event", "tick", "--every", "30s", "--payload-bytes", "1"));
        assertTrue(often.contains("free fits 11 of 12 fits 11 of 12 fits 11 of 12 fits 11 of 12"), often);

        final Shell.Outcome csv = Shell.run(
                "plan", many.toString(), "--event", "tick", "--every", "30s", "--payload-bytes", "1", "--price-csv");
        final List<String> rows = csv.out().lines().toList();
        assertEquals(PriceCsv.HEADER, rows.get(0));
        assertEquals(4 * 12 * 4, rows.size() - 1);
        final String today = "after-2023-03,all,user:00000000000000000000000";
        assertEquals(
                List.of(
                        today + "c,1,178560,free,,,operations,true,",
                        today + "c,1,178560,basic,1,299,none,true,",
                        today + "c,1,178560,plus,1,599,none,true,",
                        today + "c,1,178560,enterprise,,,none,true,",
                        today + "1,1,89280,free,1,0,none,true,"),
                rows.stream().filter(row -> row.startsWith(today)).limit(5).toList());
    }

    @Test
    void takesPricesFromAFile() throws IOException {
        final Path prices = write(
                "prices.json",
                "{\"plans\":[{\"name\":\"small\",\"operations_per_month\":10000,\"devices\":4,\"usd_per_month\":7,"
                        + "\"in_blocks\":true}]}");

        final String out = flat(hourly("--prices", prices.toString()));

        assertTrue(out.contains("10 devices small 21 63 63 63 blocks 3 for devices 9 for operations"), out);
        assertFalse(out.contains("plus"), out);
    }

    @Test
    void aNameWithACommaIsOneCellForPrograms() throws IOException {
        final Path prices = write(
                "prices.json",
                "{\"plans\":[{\"name\":\"small, \\\"s\\\"\",\"operations_per_month\":10000,\"devices\":4,"
                        + "\"usd_per_month\":7,\"in_blocks\":true}]}");

        final String out = hourly("--prices", prices.toString(), "--price-csv").out();

        final String account = "organization:" + ORGANIZATION + ",10,";
        assertEquals(
                "before-2023-03,any," + account + "7440,\"small, \"\"s\"\"\",3,21,devices,true,",
                out.lines().skip(1).findFirst().orElse(""));
        assertTrue(
                out.contains("after-2023-03,all," + account + "81840,\"small, \"\"s\"\"\",9,63,operations,true,\n"),
                out);
    }

    @Test
    void blocksAreThoseOfTheLimitThatNeedsMost() {
        final Plan basic = new Plan("basic", 720_000, 100, 299, true);

        assertEquals(new Quote(basic, 1, 299, Quote.Limit.NONE), Quote.of(basic, 0, 0));
        assertEquals(new Quote(basic, 1, 299, Quote.Limit.NONE), Quote.of(basic, 720_000, 100));
        assertEquals(new Quote(basic, 2, 598, Quote.Limit.OPERATIONS), Quote.of(basic, 720_001, 100));
        assertEquals(new Quote(basic, 2, 598, Quote.Limit.DEVICES), Quote.of(basic, 720_000, 101));
        assertEquals(new Quote(basic, 2, 598, Quote.Limit.BOTH), Quote.of(basic, 1_000_000, 150));
        assertFalse(
                Quote.of(new Plan("free", 100_000, 100, 0, false), 100_001, 1).isPossible());
        assertTrue(
                Quote.of(new Plan("free", 100_000, 100, 0, false), 100_000, 100).isPossible());
    }

    @Test
    void takesAMachineFromAResultAndAsksForMoreMachinesWhereOneIsNotEnough() throws IOException {
        write(
                "run.json",
                "{\"verdict\":\"met\",\"events\":{\"offered\":20,\"answers\":20,\"elapsed_ns\":1000000000},"
                        + "\"deliveries\":{\"device\":1}}");

        final String out = flat(hourly("--measured", directory.toString(), "--peak-factor", "10", "--headroom", "20%"));

        // 10 devices an hour and as many answers, each heard by 10: 0.0278 deliveries/s, 10 times that, of 1 with 80%.
        assertTrue(out.contains("a machine 40 events/s and 1 deliveries/s: what the run in"), out);
        assertTrue(out.contains("machines 1, so that at the busiest moment 20% of each stays free"), out);
        final String busy =
                flat(hourly("--measured", directory.toString(), "--peak-factor", "100", "--headroom", "20%"));
        assertTrue(busy.contains("machines 4, so that"), busy);
        assertTrue(
                busy.contains(
                        "one account is routed by one machine. That is not enough for organization:" + ORGANIZATION
                                + ", which by its share of the operations would take 278% of one by itself, however many there"
                                + " are:"),
                busy);
    }

    @Test
    void ratesThatWereReachedTogetherAreNotAdded() {
        assertEquals(0.5, new MachineRate(10, 100, true, "").shareOfMachine(5, 40));
        assertEquals(0.9, new MachineRate(10, 100, false, "").shareOfMachine(5, 40));
    }

    @Test
    void readsTheLimitOfASearchAndOfTheLargestPointOfASweep() throws IOException {
        write("search.json", "{\"verdict\":\"met\",\"limit\":{\"rate_per_s\":1500.5,\"deliveries_per_s\":3000}}");
        assertEquals(
                new MachineRate(1500.5, 3000, true, "the confirmed limit in " + directory.resolve("search.json")),
                MeasuredRate.of(directory.toString()));
        Files.delete(directory.resolve("search.json"));
        write(
                "sweep.json",
                "{\"verdict\":\"met\",\"axes\":[{\"points\":[{\"devices\":10,\"limit\":{\"rate_per_s\":5}},"
                        + "{\"devices\":20,\"limit\":{\"rate_per_s\":4,\"deliveries_per_s\":9}},"
                        + "{\"devices\":30}]}]}");
        assertEquals(4, MeasuredRate.of(directory.toString()).eventsPerSecond());
    }

    @Test
    void saysWhenItWasNotTheRouterThatSetTheLimit() throws IOException {
        for (final String other : List.of("generator", "nothing")) {
            assertTrue(
                    originOf(other).endsWith("search.json, which is not the most that the machine can do"),
                    originOf(other));
        }
        assertTrue(originOf("router").endsWith("search.json"), originOf("router"));
    }

    private String originOf(final String boundedBy) throws IOException {
        write(
                "search.json",
                "{\"verdict\":\"met\",\"limit\":{\"rate_per_s\":5,\"deliveries_per_s\":9,\"bounded_by\":\"" + boundedBy
                        + "\"}}");
        return MeasuredRate.of(directory.toString()).origin();
    }

    @Test
    void aPointOfASweepThatIsNotConfirmedIsNoRateToPlanWith() throws IOException {
        write(
                "sweep.json",
                "{\"axes\":[{\"points\":["
                        + "{\"devices\":10,\"limit\":{\"rate_per_s\":5,\"confidence\":\"confirmed-after-retreat\"}},"
                        + "{\"devices\":20,\"limit\":{\"rate_per_s\":9,\"confidence\":\"unconfirmed\"}}]}]}");

        assertEquals(5, MeasuredRate.of(directory.toString()).eventsPerSecond());
    }

    @Test
    void saysOfOneDeviceAndOfSeveralWhatIsAssumedOfThem() throws IOException {
        assertTrue(assumptions(1).contains("Assumed: 1 device that never acknowledges costs three attempts"));
        assertTrue(
                assumptions(1).contains("Assumed: 1 device offline in the fleet file stays so all month: it neither"));
        assertTrue(assumptions(2).contains("Assumed: 2 devices that never acknowledge cost three attempts each"));
        assertTrue(assumptions(2).contains("Assumed: 2 devices offline in the fleet file stay so all month: they"));
    }

    private String assumptions(final int each) throws IOException {
        final StringBuilder devices = new StringBuilder();
        for (int i = 0; i < 2 * each; i++) {
            devices.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"e00fce68aabbccdd0000000")
                    .append(i)
                    .append("\",\"user_id\":\"597771d1f92bae142dbb7559\",\"subscriptions\":[\"x\"],")
                    .append(i < each ? "\"attempts\":\"never\"}" : "\"online\":false}");
        }
        final Path odd =
                write("odd.json", "{\"users\":[{\"id\":\"597771d1f92bae142dbb7559\"}],\"devices\":[" + devices + "]}");
        return flat(Shell.run("plan", odd.toString(), "--event", "x", "--every", "1h", "--payload-bytes", "1"));
    }

    @Test
    void multipliesATraceAndSaysSo() throws IOException {
        final Path trace = write(
                "trace.ndjson",
                "{\"name\":\"x\",\"coreid\":\"e00fce68aabbccdd00000000\"}\n{\"type\":\"hook-response\",\"integration\":"
                        + "\"hook\",\"name\":\"x\",\"data\":\"" + "y".repeat(600)
                        + "\",\"coreid\":\"e00fce68aabbccdd00000000\"}\n");

        final String out = flat(
                Shell.run("plan", fleet.toString(), "--trace", trace.toString(), "--covers", "2h", "--days", "30"));

        assertTrue(out.contains("a month of 30 days (estimated)"), out);
        // 360 times 1 publish and 2 chunks for 10 devices.
        assertTrue(out.contains("publishing 360 360 360 360"), out);
        assertTrue(out.contains("deliveries to devices 0 7,200 7,200 7,200"), out);
        assertTrue(out.contains("\"hook-response/x/<n>\" 10 7,200 95.2%"), out);
        assertTrue(out.contains("Data operations a month: estimated. The trace, 1 event, 1 integration answer"), out);
    }

    private Shell.Outcome hourly(final String... more) {
        final List<String> arguments = new ArrayList<>(List.of(
                "plan",
                fleet.toString(),
                "--event",
                "x",
                "--every",
                "1h",
                "--payload-bytes",
                "9",
                "--response-bytes",
                "9"));
        arguments.addAll(Arrays.asList(more));
        return Shell.run(arguments.toArray(new String[0]));
    }

    @Test
    void refusesAMonthThatIsMoreThanCanBeCounted() throws IOException {
        write("fleet.json", fleet(900, "hook-response/", "hook-response/{{PARTICLE_EVENT_NAME}}"));

        // 900 x 900 deliveries of 196 chunks, 31 x 2,147,483,647 times: more than 2^63.
        final Shell.Outcome outcome = Shell.run(
                "plan",
                fleet.toString(),
                "--event",
                "x",
                "--publishes-per-day",
                "2147483647",
                "--payload-bytes",
                "9",
                "--response-bytes",
                "100000");

        assertEquals(
                fleet
                        + ": a month of this is more than can be counted, 9223372036854775807 data operations; see whether"
                        + " every event is published as often as you mean\n",
                outcome.err());
        assertEquals(2, outcome.status());
    }

    @Test
    void tellsWhatItIsDoing() {
        final List<String> told = new ArrayList<>();
        FleetPlanner.plan(
                TextSource.ofFile(fleet.toString()),
                List.of(new Behaviour("x", new Frequency(1, 3600), 9, PublisherSelection.parse("all"))),
                new ResponseSizes(Map.of(), 9),
                31,
                told::add);

        assertEquals("loading the fleet", told.get(0));
        assertEquals("adding up under rules 1 of 4", told.get(1));
        assertEquals("routing every event once under rules 4 of 4", told.get(told.size() - 1));
    }

    private static String flat(final Shell.Outcome outcome) {
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
        return outcome.out().replaceAll("\\s+", " ");
    }

    private static String fleet(final String prefix, final String topic) {
        return fleet(10, prefix, topic);
    }

    private static String fleet(final int count, final String prefix, final String topic) {
        final String devices = IntStream.range(0, count)
                .mapToObj(i -> String.format("e00fce68aabbccdd%08x", i))
                .map(id -> "{\"id\":\"" + id + "\",\"product_id\":7,\"subscriptions\":[\"" + String.format(prefix, id)
                        + "\"]}")
                .collect(Collectors.joining(","));
        return "{\"organizations\":[{\"id\":\"" + ORGANIZATION + "\"}],\"products\":[{\"id\":7,\"organization_id\":\""
                + ORGANIZATION + "\"}],\"devices\":[" + devices
                + "],\"integrations\":[{\"id\":\"hook\",\"event\":\"x\",\"product_id\":7,\"responseTopic\":\"" + topic
                + "\"}]}";
    }

    private Path write(final String name, final String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}

package io.eventrouter.loadgen.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every reason is said of a subscriber of which it is true. */
class ExplainReasonsTest {
    private static final String ANN = "597771d1f92bae142dbb7559";
    private static final String BOB = "597771d1f92bae142dbb7560";
    private static final String ORGANIZATION = "5da78e60c2b7e3d40012ab34";
    private static final String PUBLISHER = "e00fce68aabbccdd00000001";
    private static final String SUBSCRIBER = "e00fce68aabbccdd00000002";
    private static final String EVENT = "{\"name\":\"temp\",\"data\":\"1\",\"coreid\":\"" + PUBLISHER + "\"}";
    private static final String ANSWER =
            "{\"type\":\"hook-response\",\"integration\":\"h\",\"name\":\"temp\",\"data\":\"1\",\"coreid\":\""
                    + PUBLISHER + "\"}";
    private static final String API = "{\"name\":\"temp\",\"data\":\"1\",\"coreid\":\"api\",\"productID\":7}";
    private static final Set<Obstacle> SEEN = EnumSet.noneOf(Obstacle.class);

    @TempDir
    private Path directory;

    @AfterAll
    static void leavesNoReasonOut() {
        assertEquals(EnumSet.allOf(Obstacle.class), SEEN);
    }

    @Test
    void ofNames() throws IOException {
        assertDevice(EVENT, inProduct() + subscribed(), Obstacle.NO_SUBSCRIPTION, "without any subscription");
        assertDevice(EVENT, inProduct() + subscribed("Temp"), Obstacle.OTHER_CASE, "listens to \"Temp\"");
        assertDevice(EVENT, inProduct() + subscribed("temperature"), Obstacle.LONGER_FILTER, "a longer name");
        assertDevice(EVENT, inProduct() + subscribed("x", "y"), Obstacle.OTHER_NAME, "listens to \"x\", \"y\"");
        assertDevice(
                EVENT,
                inProduct() + subscribed(SUBSCRIBER + "/hook-response/"),
                Obstacle.OWN_ID_ONLY,
                "the own id only");
        assertOther(
                "logic:f", EVENT, "", logic("tem", true, true), Obstacle.NOT_THE_WHOLE_NAME, "compares whole names");
    }

    @Test
    void ofScopes() throws IOException {
        assertDevice(EVENT, claimed(BOB) + subscribed("t"), Obstacle.OTHER_SCOPE, "claimed by " + BOB);
        assertDevice(
                EVENT, inProduct() + ",\"quarantined\":true" + subscribed("t"), Obstacle.QUARANTINED, "deaf to it");
        assertDevice(EVENT, inProduct() + ",\"denied\":true" + subscribed("t"), Obstacle.DENIED, "deaf to it");
        assertOther(
                "integration:h", EVENT, "", hook("\"user\":\"" + ANN + "\""), Obstacle.UNCLAIMED_PUBLISHER, "has none");
        assertOther(
                "integration:h",
                EVENT,
                "",
                hook("\"organization_id\":\"" + ORGANIZATION + "\",\"products\":[8]"),
                Obstacle.NOT_LISTED,
                "lists [8]");
        assertOther(
                "integration:h",
                EVENT.replace(PUBLISHER, "e00fce68aabbccdd00000003"),
                "{\"id\":\"e00fce68aabbccdd00000003\",\"product_id\":9},",
                hook("\"organization_id\":\"" + ORGANIZATION + "\",\"products\":[9]"),
                Obstacle.NOT_OWNED,
                "belongs to another account");
        assertDevice(
                EVENT.replace("temp", "spark/status"),
                inProduct() + subscribed("s"),
                Obstacle.SYSTEM_EVENT,
                "no other device");
    }

    @Test
    void ofPublishersInNoScopeOrNotInGoodStanding() throws IOException {
        assertEvent(
                EVENT,
                ",\"quarantined\":true",
                ",\"product_id\":8" + subscribed("t"),
                Obstacle.NO_SCOPE,
                "the event is in no scope");
        assertEvent(
                EVENT,
                ",\"quarantined\":true",
                inProduct() + subscribed("t"),
                Obstacle.PUBLISHER_NOT_IN_STANDING,
                "the device behind the event is quarantined or denied");
    }

    @Test
    void ofErasAndPolicies() throws IOException {
        assertDevice(
                EVENT, inProduct() + subscribed("t"), Obstacle.ERA, "before March 2023", "--era", "before-2023-03");
        assertDevice(API, inProduct() + subscribed("t"), Obstacle.ERA, "before March 2023", "--era", "before-2023-03");
        assertOther(
                "stream:s",
                ANSWER,
                "",
                hook("\"product_id\":7") + "],\"streams\":[{\"id\":\"s\",\"product_id\":7}",
                Obstacle.ANSWER_ERA,
                "by the owner of that device only",
                "--era",
                "before-2023-03");
        assertDevice(
                EVENT,
                inProduct() + claimed(BOB) + subscribed("t"),
                Obstacle.CLAIMED,
                "with product-scope unclaimed-only",
                "--product-scope",
                "unclaimed-only");
        assertDevice(
                EVENT,
                inProduct() + subscribed("t"),
                Obstacle.PUBLISHED_BY_DEVICE,
                "with product-scope hook-and-api-only",
                "--product-scope",
                "hook-and-api-only");
    }

    @Test
    void ofPresenceSizePausesAndSwitches() throws IOException {
        assertDevice(EVENT, inProduct() + ",\"online\":false" + subscribed("t"), Obstacle.OFFLINE, "nothing is kept");
        assertDevice(
                EVENT.replace("\"1\"", '"' + "x".repeat(1025) + '"'),
                inProduct() + subscribed("t"),
                Obstacle.TOO_LARGE,
                "takes 1,024 bytes, the event has 1,025");
        assertDevice(
                API.replace("7", "8"),
                ",\"product_id\":8" + claimed(ANN) + ",\"quarantined\":true" + subscribed("t"),
                Obstacle.PAUSED,
                "charged to user:" + ANN,
                "--paused",
                "user:" + ANN);
        assertDevice(
                EVENT,
                inProduct() + subscribed("t"),
                Obstacle.DROPPED,
                "is dropped",
                "--paused",
                "organization:" + ORGANIZATION);
        assertOther(
                "integration:h", EVENT, "", hook("\"product_id\":7,\"disabled\":true"), Obstacle.DISABLED, "disabled");
        assertOther("logic:f", EVENT, "", logic("temp", false, true), Obstacle.DISABLED, "disabled");
        assertOther("logic:f", EVENT, "", logic("temp", true, false), Obstacle.TRIGGER_DISABLED, "a trigger for it");
    }

    @Test
    void ofDeviceFiltersAndAnswers() throws IOException {
        final String stream = hook("\"product_id\":7") + "],\"streams\":[{\"id\":\"s\",\"product_id\":7,\"device\":\""
                + SUBSCRIBER + "\"}";
        assertOther("stream:s", EVENT, "", stream, Obstacle.DEVICE_FILTER, "limited to " + SUBSCRIBER);
        assertOther("stream:s", ANSWER, "", stream, Obstacle.NO_PUBLISHER, "no device published this one");
        assertOther(
                "integration:h",
                ANSWER,
                "",
                hook("\"product_id\":7,\"responseTopic\":\"temp\""),
                Obstacle.HOOK_EVENT,
                "trigger none");
    }

    private void assertDevice(
            final String event,
            final String subscriber,
            final Obstacle obstacle,
            final String words,
            final String... options)
            throws IOException {
        assertReason("device:" + SUBSCRIBER, event, "", subscriber, "", obstacle, words, options);
    }

    private void assertEvent(
            final String event,
            final String publisher,
            final String subscriber,
            final Obstacle obstacle,
            final String words)
            throws IOException {
        assertReason("device:" + SUBSCRIBER, event, publisher, subscriber, "", obstacle, words);
    }

    private void assertOther(
            final String subscriber,
            final String event,
            final String moreDevices,
            final String integrations,
            final Obstacle obstacle,
            final String words,
            final String... options)
            throws IOException {
        final String publisher =
                moreDevices.isEmpty() ? "" : "},{" + moreDevices.substring(1, moreDevices.length() - 2);
        assertReason(subscriber, event, publisher, "", integrations, obstacle, words, options);
    }

    private void assertReason(
            final String about,
            final String event,
            final String publisher,
            final String subscriber,
            final String integrations,
            final Obstacle obstacle,
            final String words,
            final String... options)
            throws IOException {
        final String fleet = "{\"users\":[{\"id\":\"" + ANN + "\"},{\"id\":\"" + BOB
                + "\"}],\"organizations\":[{\"id\":\""
                + ORGANIZATION + "\"}],\"products\":[{\"id\":7,\"organization_id\":\"" + ORGANIZATION
                + "\"},{\"id\":8,\"organization_id\":\"" + ORGANIZATION + "\"},{\"id\":9,\"user\":\"" + BOB
                + "\"}],\"devices\":[{\"id\":\"" + PUBLISHER + "\",\"product_id\":7" + publisher + "},{\"id\":\""
                + SUBSCRIBER + "\"" + subscriber + "}],\"integrations\":[" + integrations + "]}";
        final Path file = Files.writeString(directory.resolve("fleet.json"), fleet);
        final List<String> arguments = new ArrayList<>(
                List.of("explain", "--fleet", file.toString(), "--event", event, "--about", about.toUpperCase()));
        arguments.set(6, about);
        arguments.addAll(Arrays.asList(options));

        final Shell.Outcome text = Shell.run(arguments.toArray(new String[0]));
        arguments.add("--json");
        final Shell.Outcome lines = Shell.run(arguments.toArray(new String[0]));

        assertEquals("", text.err());
        assertEquals(0, text.status());
        final String flat = text.out().replaceAll("\\s+", " ");
        assertTrue(flat.contains(obstacle.words()), flat);
        assertTrue(flat.contains(words), flat);
        assertTrue(flat.contains("It does not reach 1 "), flat);
        final String word = obstacle.name().toLowerCase().replace('_', '-');
        assertTrue(lines.out().contains("{\"obstacle\":\"" + word + "\",\"words\":"), lines.out());
        SEEN.add(obstacle);
    }

    private static String inProduct() {
        return ",\"product_id\":7";
    }

    private static String claimed(final String owner) {
        return ",\"user_id\":\"" + owner + "\"";
    }

    private static String subscribed(final String... prefixes) {
        return ",\"subscriptions\":["
                + String.join(
                        ",",
                        Arrays.stream(prefixes)
                                .map(prefix -> '"' + prefix + '"')
                                .toList()) + "]";
    }

    private static String hook(final String whose) {
        return "{\"id\":\"h\",\"event\":\"t\"," + whose + "}";
    }

    private static String logic(final String name, final boolean isEnabled, final boolean isTriggerEnabled) {
        return "],\"logic_functions\":[{\"id\":\"f\",\"enabled\":" + isEnabled
                + ",\"logic_triggers\":[{\"type\":\"Event\",\"product_id\":7,\"event_name\":\"" + name
                + "\",\"enabled\":" + isTriggerEnabled + "}]}";
    }
}

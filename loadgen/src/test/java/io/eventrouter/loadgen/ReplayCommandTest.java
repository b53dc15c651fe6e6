package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    private static final String EVENT = "{\"name\":\"t\",\"data\":\"1\",\"coreid\":\"" + SmallFleet.DEVICE + "\"}";

    @TempDir
    private Path directory;

    private Workspace workspace;

    @BeforeEach
    void writeInputs() {
        workspace = new Workspace(directory).with(SmallFleet.JSON, EVENT);
    }

    @Test
    void writesOneLineForEachDelivery() {
        final Shell.Outcome outcome = Shell.replay(workspace);

        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
        assertEquals(
                List.of(
                        "{\"event\":1,\"name\":\"t\",\"to\":\"device:bbbbbbbbbbbbbbbbbbbbbb01\",\"operations\":1}",
                        "{\"event\":1,\"name\":\"t\",\"to\":\"integration:dddddddddddddddddddddd01\",\"operations\":0}",
                        "{\"event\":1,\"name\":\"t\",\"to\":\"stream:s\",\"operations\":0}"),
                Workspace.lines(workspace.deliveries()).stream().sorted().toList());
    }

    @Test
    void worksWithoutOutputs() {
        final Shell.Outcome outcome = Shell.run(
                "replay",
                "--fleet",
                workspace.fleet().toString(),
                "--trace",
                workspace.trace().toString());

        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
        assertTrue(outcome.out().contains("organization:" + SmallFleet.ORGANIZATION), outcome.out());
    }

    @Test
    void takesMoreAccountsThanARouterHasRoomForByDefault() {
        final int customers = 1 << 20;
        final StringBuilder fleet =
                new StringBuilder(customers * 50).append(SmallFleet.JSON, 0, SmallFleet.JSON.indexOf("\"customers\""));
        fleet.append("\"customers\":[");
        for (int i = 0; i < customers; i++) {
            fleet.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"eeeeeeeeeeeeeeee")
                    .append(Integer.toHexString(0x10000000 + i))
                    .append("\",\"product_id\":7}");
        }
        fleet.append("]").append(SmallFleet.JSON, SmallFleet.JSON.indexOf(",\n\"devices\""), SmallFleet.JSON.length());

        final Shell.Outcome outcome = Shell.replay(workspace.with(fleet.toString(), EVENT));

        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void escapesWhateverMayBeInAName() {
        final Random random = new Random(7);
        final StringBuilder wanted = new StringBuilder();
        final String[] lines = new String[200];
        for (int i = 0; i < lines.length; i++) {
            final StringBuilder name = new StringBuilder();
            for (int length = 1 + random.nextInt(63); length > 0; length--) {
                name.append((char)
                        (random.nextInt(4) == 0 ? "\"\\/".charAt(random.nextInt(3)) : 0x20 + random.nextInt(0x5F)));
            }
            final String escaped = name.toString().replace("\\", "\\\\").replace("\"", "\\\"");
            lines[i] = EVENT.replace("\"t\"", '"' + escaped + '"');
            wanted.append("{\"event\":")
                    .append(i + 1)
                    .append(",\"name\":\"")
                    .append(escaped)
                    .append("\",\"to\":\"stream:s\",\"operations\":0}\n");
        }

        final Shell.Outcome outcome = Shell.replay(workspace.with(SmallFleet.JSON, lines));

        assertEquals("", outcome.err());
        final StringBuilder found = new StringBuilder();
        Workspace.lines(workspace.deliveries()).stream()
                .filter(line -> line.contains("\"stream:s\""))
                .forEach(line -> found.append(line).append('\n'));
        assertEquals(wanted.toString(), found.toString());
    }

    @Test
    void readsEveryEscapeOfTheJsonStandard() {
        final String text = "\\u0041\\n\\t\\\"\\\\\\/\\ud83d\\ude00\\u00e4\\ud83d";
        final int bytes = 1 + 1 + 1 + 1 + 1 + 1 + 4 + 2 + 3;
        // The event costs two operations exactly if every character has the expected number of bytes.
        final String fits = EVENT.replace("\"1\"", '"' + text + "x".repeat(1024 - bytes) + '"');
        final String exceeds = EVENT.replace("\"1\"", '"' + text + "x".repeat(1025 - bytes) + '"');

        assertEquals(0, Shell.replay(workspace.with(SmallFleet.JSON, fits)).status());
        assertTrue(Workspace.lines(workspace.usage()).get(1).endsWith(",1,1,2"));
        assertEquals(0, Shell.replay(workspace.with(SmallFleet.JSON, exceeds)).status());
        // More than the device takes, which is 1,024 bytes: published for two, not delivered.
        assertTrue(Workspace.lines(workspace.usage()).get(1).endsWith(",2,0,2"));
    }

    @Test
    void givesEveryLoneHalfOfAPairThreeBytes() {
        // 5,400 halves have 16,200 bytes, which cost 16 operations; the device takes no more than 1,024 bytes.
        final String many = EVENT.replace("\"1\"", '"' + "\\ud800".repeat(5_400) + '"');
        final String mixed = EVENT.replace("\"1\"", '"' + "\\ud800\\ud83d\\ude00\\udc00".repeat(102) + "xxxx\"");

        assertEquals(0, Shell.replay(workspace.with(SmallFleet.JSON, many)).status());
        assertTrue(Workspace.lines(workspace.usage()).get(1).endsWith(",16,0,16"));
        assertEquals(0, Shell.replay(workspace.with(SmallFleet.JSON, mixed)).status());
        assertTrue(Workspace.lines(workspace.usage()).get(1).endsWith(",1,1,2"));
        assertEquals(
                0,
                Shell.replay(workspace.with(SmallFleet.JSON, mixed.replace("xxxx", "xxxxx")))
                        .status());
        assertTrue(Workspace.lines(workspace.usage()).get(1).endsWith(",2,0,2"));
    }

    @Test
    void countsWhatADataUrlHoldsBecauseThatIsHowTheStreamShowsBinaryPayloads() {
        final String url = "data:application/octet-stream;base64,";
        final String fits = base64(1024);
        final String exceeds = base64(1025);

        assertEquals(",1,1,2", operationsOf(url + fits));
        // More than the device takes, which is 1,024 bytes: published for two, not delivered.
        assertEquals(",2,0,2", operationsOf(url + exceeds));
        assertEquals(",1,1,2", operationsOf("data:;base64," + fits.replace("=", "")));
        assertEquals(",16,0,16", operationsOf("data:image/jpeg;base64," + base64(16_384)));
        assertEquals(",1,1,2", operationsOf(url));
    }

    @Test
    void countsAsItStandsWhatOnlyLooksLikeADataUrl() {
        final String base64 = base64(1024);

        assertEquals(",2,0,2", operationsOf("data:text/plain," + base64));
        assertEquals(",2,0,2", operationsOf("data:;base64," + base64 + "!"));
        assertEquals(",2,0,2", operationsOf(" data:;base64," + base64));
        assertEquals(",2,0,2", operationsOf("data:;base64" + base64));
        assertEquals(",2,0,2", operationsOf("data:a,;base64," + base64));
    }

    @Test
    void cutsTheTextOfAnAnswerEvenIfItIsADataUrl() {
        final String answer = "{\"type\":\"hook-response\",\"integration\":\"" + SmallFleet.HOOK + "\",\"coreid\":\""
                + SmallFleet.DEVICE + "\",\"name\":\"t\",\"data\":\"data:;base64," + base64(512) + "\"}";

        assertEquals(0, Shell.replay(workspace.with(SmallFleet.JSON, answer)).status());

        assertEquals(2, Workspace.lines(workspace.deliveries()).size());
    }

    @Test
    void takesTheSameEventAndDeviceUnderSeveralNames() {
        final String fleet = SmallFleet.JSON.replace(
                "\"event\":\"t\",\"product_id\":7}",
                "\"event\":\"t\",\"eventName\":\"t\",\"product_id\":7,\"deviceID\":\"x\",\"deviceid\":\"y\"},"
                        + "{\"id\":\"u\",\"event\":\"t\",\"eventName\":\"\",\"user\":\"" + SmallFleet.USER
                        + "\",\"deviceID\":\"" + SmallFleet.DEVICE + "\",\"deviceId\":\""
                        + SmallFleet.DEVICE.toUpperCase() + "\"}");

        final Shell.Outcome outcome = Shell.replay(workspace.with(fleet, EVENT));

        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void takesBlankLinesAByteOrderMarkAndWindowsLineEnds() {
        final String trace = "\uFEFF" + EVENT + "\r\n\r\n  \t\r\n" + EVENT;
        Workspace.write(workspace.trace(), trace.getBytes(StandardCharsets.UTF_8));
        Workspace.write(workspace.fleet(), ("\uFEFF" + SmallFleet.JSON).getBytes(StandardCharsets.UTF_8));

        final Shell.Outcome outcome = Shell.replay(workspace);

        assertEquals("", outcome.err());
        assertEquals(
                List.of(
                        "{\"event\":1,",
                        "{\"event\":1,",
                        "{\"event\":1,",
                        "{\"event\":4,",
                        "{\"event\":4,",
                        "{\"event\":4,"),
                Workspace.lines(workspace.deliveries()).stream()
                        .map(line -> line.substring(0, 11))
                        .toList());
    }

    @Test
    void comparesIdsWithoutRegardToCaseAndPrintsThemInLowerCase() {
        final String fleet = SmallFleet.JSON
                .replace("\"" + SmallFleet.DEVICE, "\"" + SmallFleet.DEVICE.toUpperCase())
                .replace("{\"id\":\"s\"", "{\"id\":\"S\"")
                .replace(
                        "organization_id\":\"" + SmallFleet.ORGANIZATION,
                        "organization_id\":\"" + SmallFleet.ORGANIZATION.toUpperCase());
        final String[] trace = {
            EVENT,
            EVENT.replace(SmallFleet.DEVICE, SmallFleet.DEVICE.replace('b', 'B')),
            "{\"name\":\"t\",\"coreid\":\"API\",\"userid\":\"" + SmallFleet.USER.toUpperCase() + "\"}",
            "{\"type\":\"integration-disable\",\"id\":\"" + SmallFleet.HOOK.toUpperCase() + "\"}",
            "{\"type\":\"stream-close\",\"id\":\"S\"}",
            "{\"type\":\"pause\",\"account\":\"organization:" + SmallFleet.ORGANIZATION.toUpperCase() + "\"}",
        };

        final Shell.Outcome outcome = Shell.replay(workspace.with(fleet, trace));

        assertEquals("", outcome.err());
        assertEquals(6, Workspace.lines(workspace.deliveries()).size());
        assertTrue(Workspace.lines(workspace.deliveries()).stream().allMatch(line -> line.equals(line.toLowerCase())));
        assertEquals(
                "organization:aaaaaaaaaaaaaaaaaaaaaa03,7,bbbbbbbbbbbbbbbbbbbbbb01,2,2,4",
                Workspace.lines(workspace.usage()).get(1));
    }

    @Test
    void ownerIsFoundByIdBeforeNameAndOfSeveralNamesTheCustomerOfTheProduct() {
        final String fleet = String.join(
                        "\n",
                        "{'devices':[{'id':'D1','owner':'same','product_id':7},{'id':'D2','owner':'x','user_id':'CC'},",
                        "{'id':'D3','owner':'only','user_id':''},{'id':'D4','owner':'both','product_id':8}],",
                        "'customers':[{'id':'C1','username':'same','product_id':7},",
                        "{'id':'C2','username':'only','product_id':7},{'id':'C3','username':'both','product_id':7},",
                        "{'id':'CC','username':'both','product_id':8}],",
                        "'products':[{'id':7,'user':'E1'},{'id':8,'user':'E1'}],",
                        "'users':[{'id':'E1','username':'same'}],",
                        "'streams':[{'id':'c1','user':'C1'},{'id':'c2','user':'C2'},{'id':'cc','user':'CC'}]}")
                .replace('\'', '"')
                .replaceAll("\"(D\\d|C\\d|CC|E1)\"", "\"$1aaaaaaaaaaaaaaaaaaaaaa\"");
        final String event = "{\"name\":\"t\",\"coreid\":\"D0aaaaaaaaaaaaaaaaaaaaaa\"}";

        final Shell.Outcome outcome = Shell.replay(workspace.with(
                fleet,
                event.replace("D0", "D1"),
                event.replace("D0", "D2"),
                event.replace("D0", "D3"),
                event.replace("D0", "D4")));

        assertEquals("", outcome.err());
        assertEquals(
                List.of("1 c1", "2 cc", "3 c2", "4 cc"),
                Workspace.lines(workspace.deliveries()).stream()
                        .map(line -> line.replaceAll(".*\"event\":(\\d).*stream:(..)\".*", "$1 $2"))
                        .toList());
    }

    private String operationsOf(final String data) {
        assertEquals(
                0,
                Shell.replay(workspace.with(SmallFleet.JSON, EVENT.replace("\"1\"", '"' + data + '"')))
                        .status());
        final String row = Workspace.lines(workspace.usage()).get(1);
        return row.substring(row.indexOf(SmallFleet.DEVICE) + SmallFleet.DEVICE.length());
    }

    private static String base64(final int length) {
        return Base64.getEncoder().encodeToString(new byte[length]);
    }
}

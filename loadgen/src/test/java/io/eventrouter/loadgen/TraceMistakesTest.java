package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake in a line, with the exact words for it; the message is the specification. */
class TraceMistakesTest {
    private static final String GOOD = "{'name':'t','data':'1','coreid':'bbbbbbbbbbbbbbbbbbbbbb01'}";

    @TempDir
    private Path directory;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                // Not a line of a trace at all.
                mistake("xyz", "not readable as JSON: unknown word 'xyz', column 1"),
                mistake("{'name':'t'", "not readable as JSON: ends in an object, '}' is missing, column 12"),
                mistake("{'name':}", "not readable as JSON: unexpected '}', expected a value, column 9"),
                mistake("{'name':tru}", "not readable as JSON: unknown word 'tru', column 9"),
                mistake("{'name':'t'],", "not readable as JSON: unexpected ']', expected '}', column 12"),
                mistake("{'name':'a\\q'}", "not readable as JSON: unknown escape: 'q', column 12"),
                mistake("{'name':NaN}", "not readable as JSON: no number of JSON: 'NaN', column 12"),
                mistake("{'name':'t", "not readable as JSON: ends in a string, column 11"),
                mistake("{'name", "not readable as JSON: ends in a string, column 7"),
                mistake("{'x':[1", "not readable as JSON: ends in an array, ']' is missing, column 8"),
                mistake("{'x':", "not readable as JSON: ends in an object, '}' is missing, column 6"),
                mistake(
                        "{x:1}",
                        "not readable as JSON: unexpected 'x', expected a field name in double quotes, column 2"),
                mistake("{'x' 1}", "not readable as JSON: unexpected '1', expected a colon, column 6"),
                mistake("{'x':1 'y':2}", "not readable as JSON: unexpected '\"', expected a comma or '}', column 8"),
                mistake("{'x':[1 2]}", "not readable as JSON: unexpected '2', expected a comma or ']', column 9"),
                mistake("{'x':\u00a0}", "not readable as JSON: unexpected U+00A0, expected a value, column 7"),
                mistake("{'x':\ud83d\ude00}", "not readable as JSON: unexpected U+1F600, expected a value, column 9"),
                mistake("{'x':-y}", "not readable as JSON: unexpected 'y', expected a digit, column 7"),
                mistake("{'x':1.}", "not readable as JSON: unexpected '}', expected a digit, column 8"),
                mistake("{'x':+1}", "not readable as JSON: unexpected '+', expected a digit, column 7"),
                mistake("{'x':01}", "not readable as JSON: a number may not begin with 0, column 7"),
                mistake("{'x':.5}", "not readable as JSON: unexpected '.', expected a value, column 6"),
                mistake(
                        "{'x':'\\uZ'}",
                        "not readable as JSON: unexpected 'Z', expected a hex digit of the escape, column 9"),
                mistake("{'x':'a\tb'}", "not readable as JSON: in a string this must be escaped: U+0009, column 8"),
                mistake("{\u0001}", "not readable as JSON: unexpected U+0001, column 3"),
                mistake("// no", "not readable as JSON: comments are not allowed, column 1"),
                mistake("}", "not readable as JSON: unexpected '}', column 1"),
                mistake("{'x':" + "[".repeat(20_000), "not readable as JSON: is nested deeper than 1000 levels"),
                mistake("{'data':" + "{'a':".repeat(900) + "1" + "}".repeat(900) + "}", "coreid: is missing"),
                mistake(
                        "{'x':" + "1".repeat(1_100) + "}",
                        "not readable as JSON: a number may not be longer than 1000"),
                mistake("[1]", "a line must be a JSON object: value=an array"),
                mistake("'t'", "a line must be a JSON object: value=\"t\""),
                mistake("null", "a line must be a JSON object: value=null"),
                mistake("{}", "a line must have a name and a coreid, or a type; this one has none of them"),
                mistake("{'x':1}", "a line must have a name and a coreid, or a type; this one has none of them"),
                mistake(GOOD + " x", "nothing may follow the closing brace of the line's object"),
                mistake(GOOD + GOOD, "nothing may follow the closing brace of the line's object"),
                mistake("{'type':'x','type':'y'}", "type: is there twice"),
                mistake("{'type':'reboot'}", "type: is unknown: value=\"reboot\""),
                mistake("{'type':''}", "type: is unknown: value=\"\""),
                mistake("{'type':5}", "type: must be a string or null: value=5"),
                // Events.
                mistake("{'name':'t'}", "coreid: is missing"),
                mistake("{'name':'t','coreid':''}", "coreid: is missing"),
                mistake("{'name':'t','coreid':null}", "coreid: is missing"),
                mistake("{'name':'t','coreid':1}", "coreid: must be a string: value=1"),
                mistake("{'coreid':'DEVICE'}", "name: is missing"),
                mistake("{'name':7,'coreid':'DEVICE'}", "name: must be a string: value=7"),
                mistake("{'name':'','coreid':'DEVICE'}", "name length must be in [1, 64]: length=0"),
                mistake(
                        "{'name':'" + "n".repeat(65) + "','coreid':'DEVICE'}",
                        "name length must be in [1, 64]: length=65"),
                mistake(
                        "{'name':'" + "n".repeat(300) + "','coreid':'api','userid':'USER'}",
                        "name length must be in [1, 64]: length=300"),
                mistake(
                        "{'name':'spark" + "k".repeat(60) + "','coreid':'DEVICE'}",
                        "name length must be in [1, 64]: length=65"),
                mistake(
                        "{'name':'a\\tb','coreid':'DEVICE'}",
                        "name must be printable ASCII, 0x20 to 0x7E: position=1, character=U+0009"),
                mistake(
                        "{'name':'a\u00e4','coreid':'DEVICE'}",
                        "name must be printable ASCII, 0x20 to 0x7E: position=1, character=U+00E4"),
                mistake(
                        "{'name':'\u00e9','coreid':'api','userid':'USER'}",
                        "name must be printable ASCII, 0x20 to 0x7E: position=0, character=U+00E9"),
                mistake(
                        "{'name':'a\\ud83d\\ude00','coreid':'DEVICE'}",
                        "name must be printable ASCII, 0x20 to 0x7E: position=1, character=U+1F600"),
                mistake(
                        "{'name':'\\ud800','coreid':'DEVICE'}",
                        "name must be printable ASCII, 0x20 to 0x7E: position=0, character=U+D800"),
                mistake(
                        "{'name':'a\\u0000','coreid':'DEVICE'}",
                        "name must be printable ASCII, 0x20 to 0x7E: position=1, character=U+0000"),
                mistake("{'name':'t','data':5,'coreid':'DEVICE'}", "data: must be a string or null: value=5"),
                mistake(
                        "{'name':'t','data':{'t':1},'coreid':'DEVICE'}",
                        "data: must be a string or null: value=an object"),
                mistake(
                        "{'name':'t','data':'" + "x".repeat(16_385) + "','coreid':'DEVICE'}",
                        "payload length must be in [0, 16384]: length=16385"),
                mistake(
                        "{'name':'t','data':'" + "\u00e4".repeat(8_193) + "','coreid':'DEVICE'}",
                        "payload length must be in [0, 16384]: length=16386"),
                mistake(
                        "{'name':'t','data':'" + "\\ud800".repeat(5_462) + "','coreid':'DEVICE'}",
                        "payload length must be in [0, 16384]: length=16386"),
                mistake(
                        "{'name':'t','data':'" + "\\ud800".repeat(16_384) + "','coreid':'DEVICE'}",
                        "payload length must be in [0, 16384]: length=49152"),
                mistake("{'name':'t','coreid':'12'}", "coreid: id must have 24 hex digits: length=2, id=\"12\""),
                mistake(
                        "{'name':'t','coreid':'xbbbbbbbbbbbbbbbbbbbbb01'}",
                        "coreid: id must have 24 hex digits: id=\"xbbbbbbbbbbbbbbbbbbbbb01\""),
                mistake(
                        "{'name':'t','coreid':'NOBODY'}",
                        "coreid: is not a device of the fleet: value=cccccccccccccccccccccc01"),
                mistake(
                        "{'name':'t','coreid':'particle-internal'}",
                        "coreid: must be a device or api; answers of"
                                + " integrations are lines of type hook-response: value=particle-internal"),
                mistake("{'name':'t','coreid':'api'}", "an API publish needs a productID or a userid"),
                mistake(
                        "{'name':'t','coreid':'api','userid':'','productID':null}",
                        "an API publish needs a productID or a userid"),
                mistake(
                        "{'name':'t','coreid':'api','userid':'NOBODY'}",
                        "userid: is not a user of the fleet: value=cccccccccccccccccccccc01"),
                mistake(
                        "{'name':'t','coreid':'api','userid':'CUSTOMER'}",
                        "userid: is not a user of the fleet: value=aaaaaaaaaaaaaaaaaaaaaa02"),
                mistake(
                        "{'name':'t','coreid':'api','productID':8}",
                        "productID: is not a product of the fleet: value=8"),
                mistake(
                        "{'name':'t','coreid':'api','productID':'7'}",
                        "productID: must be a whole number: value=\"7\""),
                mistake("{'name':'t','coreid':'api','productID':7.5}", "productID: must be a whole number: value=7.5"),
                mistake("{'name':'t','coreid':'api','productID':0}", "productID: must be in [1, 2147483647]: value=0"),
                // Answers of integrations.
                mistake(
                        "{'type':'hook-response','integration':'HOOK','coreid':'DEVICE','name':'t\u00e9'}",
                        "name must be printable ASCII, 0x20 to 0x7E: position=1, character=U+00E9"),
                mistake("{'type':'hook-response','coreid':'DEVICE','name':'t'}", "integration: is missing"),
                mistake(
                        "{'type':'hook-response','integration':'x','coreid':'DEVICE','name':'t'}",
                        "integration: is not an integration that exists: value=\"x\""),
                mistake(
                        "{'type':'hook-response','integration':'HOOK','coreid':'NOBODY','name':'t'}",
                        "coreid: is not a device of the fleet: value=cccccccccccccccccccccc01"),
                mistake("{'type':'hook-response','integration':'HOOK','coreid':'DEVICE'}", "name: is missing"),
                mistake(
                        "{'type':'hook-response','integration':'HOOK','coreid':'DEVICE','name':''}",
                        "name length must be in [1, 64]: length=0"),
                mistake(
                        "{'type':'hook-response','integration':'HOOK','coreid':'DEVICE','name':'t','data':1}",
                        "data: must be a string or null: value=1"),
                mistake(
                        "{'type':'hook-response','integration':'HOOK','coreid':'DEVICE','name':'t','error':'no'}",
                        "error: must be true or false: value=\"no\""),
                // Changes of the fleet.
                mistake("{'type':'claim','device':'DEVICE'}", "owner: is missing"),
                mistake("{'type':'claim','owner':'USER'}", "device: is missing"),
                mistake(
                        "{'type':'claim','device':'NOBODY','owner':'USER'}",
                        "device: is not a device of the fleet: value=cccccccccccccccccccccc01"),
                mistake(
                        "{'type':'claim','device':'DEVICE','owner':'ORGANIZATION'}",
                        "owner: is neither a user nor a customer of the fleet: value=aaaaaaaaaaaaaaaaaaaaaa03"),
                mistake("{'type':'unclaim','device':7}", "device: must be a string: value=7"),
                mistake(
                        "{'type':'product-add','device':'DEVICE','product_id':13}",
                        "product_id: is not a product of the fleet: value=13"),
                mistake("{'type':'product-add','device':'DEVICE'}", "product_id: is missing"),
                mistake(
                        "{'type':'device-flags','device':'DEVICE','denied':1}",
                        "denied: must be true or false: value=1"),
                mistake("{'type':'subscribe','device':'DEVICE'}", "prefix: is missing"),
                mistake(
                        "{'type':'subscribe','device':'DEVICE','prefix':''}",
                        "prefix: length must be in [1, 64]: length=0"),
                mistake(
                        "{'type':'subscribe','device':'DEVICE','prefix':'a\\u0000'}",
                        "prefix: must be printable ASCII, 0x20 to 0x7E: position=1, character=U+0000"),
                mistake(
                        "{'type':'unsubscribe','device':'DEVICE','prefix':''}",
                        "prefix: length must be in [1, 64]: length=0"),
                mistake("{'type':'integration-create'}", "integration: is missing"),
                mistake(
                        "{'type':'integration-create','integration':'x'}",
                        "integration: must be an object: value=\"x\""),
                mistake(
                        "{'type':'integration-create','integration':{'id':'HOOK','event':'t','product_id':7}}",
                        "integration.id: is already taken: value=dddddddddddddddddddddd01"),
                mistake(
                        "{'type':'integration-create','integration':{'id':'x','event':'t'}}",
                        "integration: must say"
                                + " whose it is with one of user, product_id and organization_id: found none"),
                mistake(
                        "{'type':'integration-create','integration':{'id':'x','event':'','product_id':7}}",
                        "integration.event: length must be in [1, 64]: length=0"),
                mistake(
                        "{'type':'integration-create','integration':{'id':'x','event':'t','eventName':'u','product_id':7}}",
                        "integration.eventName: differs from event: value=\"u\""),
                mistake("{'type':'integration-delete','id':'x'}", "id: is not an integration that exists: value=\"x\""),
                mistake("{'type':'integration-enable'}", "id: is missing"),
                mistake(
                        "{'type':'integration-disable','id':'x'}",
                        "id: is not an integration that exists: value=\"x\""),
                mistake(
                        "{'type':'stream-open','stream':{'id':'S','product_id':7}}",
                        "stream.id: is already taken: value=s"),
                mistake(
                        "{'type':'stream-open','stream':{'id':'x','product_id':7,'device':'NOBODY'}}",
                        "stream.device: is not a device of the fleet: value=cccccccccccccccccccccc01"),
                mistake("{'type':'stream-close','id':'x'}", "id: is not an open stream: value=\"x\""),
                mistake(
                        "{'type':'pause','account':'USER'}",
                        "account: must be user:<id> or organization:<id>:" + " account=\"aaaaaaaaaaaaaaaaaaaaaa01\""),
                mistake(
                        "{'type':'pause','account':'user:CUSTOMER'}",
                        "account: is not an account of the fleet: value=user:aaaaaaaaaaaaaaaaaaaaaa02"),
                mistake(
                        "{'type':'resume','account':'organization:USER'}",
                        "account: is not an account of the fleet: value=organization:aaaaaaaaaaaaaaaaaaaaaa01"),
                mistake("{'type':'resume'}", "account: is missing"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void isReportedWithFileLineAndReasonAndEndsTheReplay(final String line, final String message) {
        final Workspace workspace = new Workspace(directory).with(SmallFleet.JSON, json(GOOD), "", line, json(GOOD));

        final Shell.Outcome outcome = Shell.replay(workspace);

        assertEquals(workspace.trace() + ":3: " + message + System.lineSeparator(), outcome.err());
        assertEquals(2, outcome.status());
        // The event before the mistake is delivered, the one behind it is not.
        assertEquals(3, Workspace.lines(workspace.deliveries()).size());
        assertEquals(
                List.of(
                        Workspace.USAGE_HEADER,
                        "organization:aaaaaaaaaaaaaaaaaaaaaa03,7,bbbbbbbbbbbbbbbbbbbbbb01,1,1,2"),
                Workspace.lines(workspace.usage()));
    }

    @Test
    void skipsEveryMistakeAndGoesOnIfAsked() {
        final List<Arguments> mistakes = mistakes().toList();
        final String[] lines = Stream.concat(
                        mistakes.stream().map(mistake -> (String) mistake.get()[0]), Stream.of(json(GOOD)))
                .toArray(String[]::new);
        final Workspace workspace = new Workspace(directory).with(SmallFleet.JSON, lines);

        final Shell.Outcome outcome = Shell.replay(workspace, "--on-error", "skip");

        final StringBuilder complaints = new StringBuilder();
        for (int i = 0; i < mistakes.size(); i++) {
            complaints
                    .append(workspace.trace())
                    .append(':')
                    .append(i + 1)
                    .append(": ")
                    .append(mistakes.get(i).get()[1])
                    .append(System.lineSeparator());
        }
        assertEquals(complaints.toString(), outcome.err());
        assertEquals(0, outcome.status());
        assertTrue(outcome.out().contains(mistakes.size() + " lines skipped"), outcome.out());
        assertEquals(3, Workspace.lines(workspace.deliveries()).size());
    }

    @Test
    void reportsBytesThatAreNotUtf8() {
        final Workspace workspace = new Workspace(directory).with(SmallFleet.JSON);
        Workspace.write(workspace.trace(), "\n{\"name\":\"\u00e4\"}\n".getBytes(StandardCharsets.ISO_8859_1));

        final Shell.Outcome outcome = Shell.replay(workspace);

        assertEquals(
                workspace.trace() + ":2: is not UTF-8 text: byte 0xe4, column 10" + System.lineSeparator(),
                outcome.err());
        assertEquals(2, outcome.status());
    }

    @Test
    void reportsNulBytes() {
        final Workspace workspace = new Workspace(directory).with(SmallFleet.JSON, "", "{\"na\0me\":1}");

        assertEquals(
                workspace.trace() + ":2: has a NUL byte, column 5" + System.lineSeparator(),
                Shell.replay(workspace).err());
    }

    @Test
    void reportsLinesThatAreTooLongAndFindsTheNextOne() {
        final Workspace workspace = new Workspace(directory)
                .with(SmallFleet.JSON, "{\"x\":\"" + "x".repeat(10_000_001) + "\"}", json(GOOD));

        final Shell.Outcome outcome = Shell.replay(workspace, "--on-error", "skip");

        assertEquals(
                workspace.trace() + ":1: line is longer than 10000000 bytes" + System.lineSeparator(), outcome.err());
        assertEquals(0, outcome.status());
        assertTrue(Workspace.lines(workspace.deliveries()).get(0).startsWith("{\"event\":2,"));
    }

    @Test
    void reportsTopicsThatGetTooLong() {
        final String template = "x".repeat(240) + "{{PARTICLE_EVENT_NAME}}";
        final String tooLong = SmallFleet.JSON.replace(
                "\"event\":\"t\",", "\"event\":\"t\",\"responseTopic\":\"" + template.substring(10) + "\",");
        final Workspace workspace = new Workspace(directory)
                .with(
                        tooLong,
                        expand(json("{'type':'hook-response','integration':'HOOK','coreid':'DEVICE'," + "'name':'"
                                + "n".repeat(24) + "','data':'ok'}")));

        final Shell.Outcome outcome = Shell.replay(workspace);

        assertEquals(
                workspace.trace() + ":1: topic length must be in [1, 255] with the number of the chunk: length=254"
                        + System.lineSeparator(),
                outcome.err());
    }

    private static Arguments mistake(final String line, final String message) {
        return Arguments.of(expand(json(line)), message);
    }

    private static String json(final String line) {
        return line.replace('\'', '"');
    }

    private static String expand(final String line) {
        return line.replace("DEVICE", SmallFleet.DEVICE)
                .replace("USER", SmallFleet.USER)
                .replace("CUSTOMER", SmallFleet.CUSTOMER)
                .replace("ORGANIZATION", SmallFleet.ORGANIZATION)
                .replace("NOBODY", SmallFleet.NOBODY)
                .replace("HOOK", SmallFleet.HOOK);
    }
}

package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake in a fleet file, with the exact words for it; the message is the specification. */
class FleetMistakesTest {
    private static final String USERS = "'users':[{'id':'USER','username':'u'}],";
    private static final String ACCOUNTS = USERS + "'organizations':[{'id':'ORGANIZATION'}],"
            + "'products':[{'id':7,'organization_id':'ORGANIZATION'},{'id':8,'user':'USER'}],"
            + "'customers':[{'id':'CUSTOMER','username':'c','product_id':7},"
            + "{'id':'aaaaaaaaaaaaaaaaaaaaaa04','username':'c','product_id':8}],";
    private static final String OWNS = " must say whose it is with one of user, product_id and organization_id: found ";

    @TempDir
    private Path directory;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                // Not a fleet at all; the line is the one on which the mistake is.
                mistake("", "1: a fleet must be a JSON object, but the file is empty"),
                mistake(
                        "\n[]",
                        "2: a fleet must be a JSON object with keys such as users, products and devices:"
                                + " value=an array"),
                mistake("7", "1: a fleet must be a JSON object with keys such as users, products and devices: value=7"),
                mistake("{}\n\n{}", "3: nothing may follow the fleet's closing brace"),
                mistake("{}\n}", "2: nothing may follow the fleet's closing brace"),
                mistake("{\n'devices':[\n", "3: not readable as JSON: ends in an array, ']' is missing, column 1"),
                mistake(
                        "{'devices':[\n{'id':1}\n{'id':2}]}",
                        "3: not readable as JSON: unexpected '{', expected a comma or ']', column 1"),
                mistake("{\n\n'x':" + "[".repeat(5_000), "3: not readable as JSON: is nested deeper than 1000 levels"),
                mistake("{\n'users':{}}", "2: users: must be an array: value=an object"),
                mistake("{'users':[],\n'users':[]}", "2: users: is there twice"),
                mistake("{'users':[\n5]}", "2: users[0]: must be an object: value=5"),
                mistake("{'devices':[null]}", "1: devices[0]: must be an object: value=null"),
                // Accounts.
                mistake("{'users':[{\n}]}", "1: users[0].id: is missing"),
                mistake("{'users':[{\n'id':5}]}", "2: users[0].id: must be a string: value=5"),
                mistake("{'users':[{'id':'12'}]}", "1: users[0].id: must have 24 hex digits: length=2, id=\"12\""),
                mistake(
                        "{'users':[{'id':'USER'},\n{'id':'AAAAAAAAAAAAAAAAAAAAAA01'}]}",
                        "2: users[1].id: is already taken: value=aaaaaaaaaaaaaaaaaaaaaa01"),
                mistake("{'users':[{'id':'USER','id':'USER'}]}", "1: users[0].id: is there twice"),
                mistake(
                        "{'users':[{'id':'USER','plan':'gold'}]}",
                        "1: users[0].plan: must be one of free, basic, plus, enterprise: plan=\"gold\""),
                mistake(
                        "{'users':[{'id':'USER','plan':'basic','blocks':0}]}",
                        "1: users[0].blocks: must be in [1, 1000000]: value=0"),
                mistake(
                        "{'users':[{'id':'USER','username':7}]}",
                        "1: users[0].username: must be a string or null: value=7"),
                mistake(
                        "{'organizations':[{'id':'ORGANIZATION'},{'id':'ORGANIZATION'}]}",
                        "1: organizations[1].id: is already taken: value=aaaaaaaaaaaaaaaaaaaaaa03"),
                mistake(
                        "{'products':[{'id':0,'user':'USER'}]}",
                        "1: products[0].id: must be in [1, 2147483647]: value=0"),
                mistake(
                        "{'products':[{'id':2147483648,'user':'USER'}]}",
                        "1: products[0].id: must be in [1, 2147483647]: value=2147483648"),
                mistake(
                        "{'products':[{'id':99999999999999999999,'user':'USER'}]}",
                        "1: products[0].id: must be a whole number: value=99999999999999999999"),
                mistake(
                        "{'products':[{'id':'7','user':'USER'}]}",
                        "1: products[0].id: must be a whole number: value=\"7\""),
                mistake(
                        "{'products':[{'id':7}]}",
                        "1: products[0]: must belong to either a user or an organization_id: found neither"),
                mistake(
                        "{'products':[{'id':7,'user':'USER','organization_id':'ORGANIZATION'}]}",
                        "1: products[0]: must belong to either a user or an organization_id: found both"),
                mistake(
                        "{'products':[{'id':7,\n'user':'USER'}]}",
                        "2: products[0].user: is not a user of the fleet: value=aaaaaaaaaaaaaaaaaaaaaa01"),
                mistake(
                        "{'products':[{'id':7,'organization_id':'USER'}]," + USERS + "'x':1}",
                        "1: products[0]"
                                + ".organization_id: is not an organization of the fleet:"
                                + " value=aaaaaaaaaaaaaaaaaaaaaa01"),
                mistake(
                        "{" + ACCOUNTS.replace("'id':8", "'id':7") + "'x':1}",
                        "1: products[1].id: is already taken: value=7"),
                mistake("{'customers':[{'id':'CUSTOMER'}]}", "1: customers[0].product_id: is missing"),
                mistake(
                        "{'customers':[\n{'id':'CUSTOMER','product_id':7}]}",
                        "2: customers[0].product_id: is not a product of the fleet: value=7"),
                mistake(
                        "{'customers':[{'id':'USER','product_id':7}]," + USERS + "'x':1}",
                        "1: users[0].id: is already taken: value=aaaaaaaaaaaaaaaaaaaaaa01"),
                // Devices.
                device("'id':null", "0].id: is missing"),
                device(
                        "'id':'DEVICE'},\n{'id':'DEVICE'",
                        "2: ",
                        "1].id: is already taken: value=bbbbbbbbbbbbbbbbbbbbbb01"),
                device(
                        "'id':'DEVICE','user_id':'NOBODY'",
                        "0].user_id: is neither a user nor a customer of the"
                                + " fleet: value=cccccccccccccccccccccc01"),
                device("'id':'DEVICE','user_id':5", "0].user_id: must be a string: value=5"),
                device("'id':'DEVICE','owner':'x'", "0].owner: no user or customer has this username: value=\"x\""),
                device(
                        "'id':'DEVICE','owner':'c'",
                        "0].owner: names more than one user or customer, user_id must say which: value=\"c\""),
                // The same name twice in one place, so the product does not tell either.
                mistake(
                        "{" + USERS + "'products':[{'id':7,'user':'USER'}],'customers':["
                                + "{'id':'CUSTOMER','username':'c','product_id':7},"
                                + "{'id':'aaaaaaaaaaaaaaaaaaaaaa04','username':'c','product_id':7}],"
                                + "'devices':[{'id':'DEVICE','owner':'c','product_id':7}]}",
                        "1: devices[0].owner: names more than one user or customer, user_id must say which: value=\"c\""),
                mistake(
                        "{'users':[{'id':'USER','username':'u'},{'id':'CUSTOMER','username':'u'}],"
                                + "'devices':[{'id':'DEVICE','owner':'u'}]}",
                        "1: devices[0].owner: names more than one user or customer, user_id must say which: value=\"u\""),
                mistake(
                        "{" + USERS + "'products':[{'id':7,'user':'USER'}],"
                                + "'customers':[{'id':'CUSTOMER','username':'u','product_id':7}],"
                                + "'devices':[{'id':'DEVICE','owner':'u','product_id':8}]}",
                        "1: devices[0].owner: names more than one user or customer, user_id must say which: value=\"u\""),
                device(
                        "'id':'DEVICE','subscriptions':['t\u00e9']",
                        "0].subscriptions[0]: prefix must be printable ASCII, 0x20 to 0x7E: position=1, character=U+00E9"),
                device("'id':'DEVICE','owner':true", "0].owner: must be a string or null: value=true"),
                device("'id':'DEVICE','product_id':'7'", "0].product_id: must be a whole number: value=\"7\""),
                device("'id':'DEVICE','online':'yes'", "0].online: must be true or false: value=\"yes\""),
                device("'id':'DEVICE','development':0", "0].development: must be true or false: value=0"),
                device("'id':'DEVICE','max_event_size':254", "0].max_event_size: must be in [255, 16384]: value=254"),
                device(
                        "'id':'DEVICE','max_event_size':16385",
                        "0].max_event_size: must be in [255, 16384]: value=16385"),
                device("'id':'DEVICE','attempts':4", "0].attempts: must be 1, 2, 3 or \"never\": value=4"),
                device("'id':'DEVICE','attempts':-1", "0].attempts: must be 1, 2, 3 or \"never\": value=-1"),
                device("'id':'DEVICE','attempts':'once'", "0].attempts: must be 1, 2, 3 or \"never\": value=\"once\""),
                device("'id':'DEVICE','attempts':1.5", "0].attempts: must be 1, 2, 3 or \"never\": value=1.5"),
                device("'id':'DEVICE','subscriptions':'t'", "0].subscriptions: must be an array: value=\"t\""),
                device("'id':'DEVICE','subscriptions':['t',5]", "0].subscriptions[1]: must be a string: value=5"),
                device(
                        "'id':'DEVICE','subscriptions':['']",
                        "0].subscriptions[0]: prefix length must be in [1, 64]: length=0"),
                device(
                        "'id':'DEVICE','subscriptions':['" + "p".repeat(65) + "']",
                        "0].subscriptions[0]: prefix length must be in [1, 64]: length=65"),
                // Integrations.
                integration("'id':'x','event':'t'", "0]:" + OWNS + "none"),
                integration("'id':'x','event':'t','user':'','product_id':null", "0]:" + OWNS + "none"),
                integration("'id':'x','event':'t','user':'USER','product_id':7", "0]:" + OWNS + "user and product_id"),
                integration("'event':'t','user':'USER'", "0].id: is missing"),
                integration("'id':'','event':'t','user':'USER'", "0].id: length must be in [1, 64]: length=0"),
                integration("'id':'x','user':'USER'", "0].event: is missing"),
                integration(
                        "'id':'x','event':'" + "e".repeat(65) + "','user':'USER'",
                        "0].event: length must be in [1, 64]: length=65"),
                integration("'id':'x','eventName':5,'user':'USER'", "0].eventName: must be a string: value=5"),
                integration(
                        "'id':'x','event':'t','user':'CUSTOMER'",
                        "0].user: is not a user of the fleet: value=aaaaaaaaaaaaaaaaaaaaaa02"),
                integration(
                        "'id':'x','event':'t','product_id':9", "0].product_id: is not a product of the fleet: value=9"),
                integration(
                        "'id':'x','event':'t','organization_id':'USER'",
                        "0].organization_id: is not an organization of" + " the fleet: value=aaaaaaaaaaaaaaaaaaaaaa01"),
                integration(
                        "'id':'x','event':'t','organization_id':'ORGANIZATION','products':[7,9]",
                        "0].products[1]: is not a product of the fleet: value=9"),
                integration(
                        "'id':'x','event':'t','organization_id':'ORGANIZATION','products':7",
                        "0].products: must be an array: value=7"),
                integration(
                        "'id':'x','event':'t','user':'USER','deviceID':'NOBODY'",
                        "0].deviceID: is not a device of the fleet: value=cccccccccccccccccccccc01"),
                integration(
                        "'id':'x','event':'t','user':'USER','deviceid':'12'",
                        "0].deviceid: id must have 24 hex digits: length=2, id=\"12\""),
                integration(
                        "'id':'x','event':'t','eventName':'u','user':'USER'",
                        "0].eventName: differs from event: value=\"u\""),
                mistake(
                        "{" + ACCOUNTS
                                + "'devices':[{'id':'DEVICE'},{'id':'bbbbbbbbbbbbbbbbbbbbbb02'}],'integrations':["
                                + "{'id':'x','event':'t','user':'USER','deviceid':'DEVICE',"
                                + "'deviceId':'bbbbbbbbbbbbbbbbbbbbbb02'}]}",
                        "1: integrations[0].deviceId: differs from deviceid: value=bbbbbbbbbbbbbbbbbbbbbb02"),
                integration(
                        "'id':'x','event':'t','user':'USER','disabled':'no'",
                        "0].disabled: must be true or false: value=\"no\""),
                integration(
                        "'id':'x','event':'t','user':'USER','responseTopic':'" + "r".repeat(256) + "'",
                        "0].responseTopic: length must be in [1, 255]: length=256"),
                integration(
                        "'id':'x','event':'t','user':'USER'},{'id':'X','event':'t','user':'USER'",
                        "1].id: is already taken: value=x"),
                // Logic functions and streams.
                element(
                        "logic_functions",
                        "'id':'l','logic_triggers':{}",
                        "0].logic_triggers: must be an array: value=an object"),
                element(
                        "logic_functions",
                        "'id':'l','logic_triggers':[5]",
                        "0].logic_triggers[0]: must be an object: value=5"),
                element("logic_functions", "'id':'l','logic_triggers':[{}]", "0].logic_triggers[0].type: is missing"),
                element(
                        "logic_functions",
                        "'id':'l','logic_triggers':[{'type':'Event','event_name':'t'}]",
                        "0].logic_triggers[0].product_id: is missing"),
                element(
                        "logic_functions",
                        "'id':'l','logic_triggers':[{'type':'Event','event_name':'t','product_id':9}]",
                        "0].logic_triggers[0].product_id: is not a product of the fleet: value=9"),
                element(
                        "logic_functions",
                        "'id':'l','logic_triggers':[{'type':'Event','product_id':7}]",
                        "0].logic_triggers[0].event_name: is missing"),
                element("logic_functions", "'id':'l'},{'id':'L'", "1].id: is already taken: value=l"),
                element("streams", "'id':'s'", "0]:" + OWNS + "none"),
                element(
                        "streams",
                        "'id':'s','user':'NOBODY'",
                        "0].user: is neither a user nor a customer of the" + " fleet: value=cccccccccccccccccccccc01"),
                element(
                        "streams",
                        "'id':'s','product_id':7,'device':'NOBODY'",
                        "0].device: is not a device of the fleet: value=cccccccccccccccccccccc01"),
                element(
                        "streams",
                        "'id':'s','product_id':7,'prefix':'" + "p".repeat(65) + "'",
                        "0].prefix: length must be in [1, 64]: length=65"),
                element(
                        "streams",
                        "'id':'s','product_id':7},{'id':'s','product_id':7",
                        "1].id: is already taken: value=s"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void isReportedWithFileLinePathAndReasonAndNothingIsWritten(final String fleet, final String message) {
        final Workspace workspace = new Workspace(directory).with(fleet, "");

        final Shell.Outcome outcome = Shell.replay(workspace, "--on-error", "skip");

        assertEquals(workspace.fleet() + ":" + message + System.lineSeparator(), outcome.err());
        assertEquals(2, outcome.status());
        assertEquals("", outcome.out());
        assertFalse(Files.exists(workspace.deliveries()));
        assertFalse(Files.exists(workspace.usage()));
    }

    @Test
    void leavesOlderOutputAsItWas() {
        final Workspace workspace = new Workspace(directory).with("{'users':5}".replace('\'', '"'), "");
        Workspace.write(workspace.usage(), "older\n".getBytes(StandardCharsets.UTF_8));

        assertEquals(2, Shell.replay(workspace).status());
        assertEquals(List.of("older"), Workspace.lines(workspace.usage()));
    }

    @Test
    void reportsTextThatIsNotUtf8() {
        final Workspace workspace = new Workspace(directory).with("", "");
        Workspace.write(workspace.fleet(), "{\n\"users\":[\"\u00e4\"]}".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                workspace.fleet() + ":2: is not UTF-8 text: byte 0xe4, column 11" + System.lineSeparator(),
                Shell.replay(workspace).err());

        // Over the ends of the pieces in which the file is read.
        for (int length = 7_990; length < 8_010; length++) {
            final String start = "{\n\"x\":\"" + "x".repeat(length);
            final byte[] text = (start + "\u20ac\"}").getBytes(StandardCharsets.UTF_8);
            text[start.length() + 2] = 'x';
            Workspace.write(workspace.fleet(), text);
            assertEquals(
                    workspace.fleet() + ":2: is not UTF-8 text: byte 0xe2, column " + (start.length() - 1)
                            + System.lineSeparator(),
                    Shell.replay(workspace).err());
        }

        Workspace.write(workspace.fleet(), "{\n\0}".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                workspace.fleet() + ":2: has a NUL byte, column 1" + System.lineSeparator(),
                Shell.replay(workspace).err());

        Workspace.write(workspace.fleet(), "{}".getBytes(StandardCharsets.UTF_16));
        assertEquals(
                workspace.fleet() + ":1: is UTF-16 text, must be UTF-8" + System.lineSeparator(),
                Shell.replay(workspace).err());

        Workspace.write(workspace.fleet(), new byte[] {'{', '"', (byte) 0xC3});
        assertEquals(
                workspace.fleet() + ":1: is not UTF-8 text: the last character is cut off" + System.lineSeparator(),
                Shell.replay(workspace).err());
    }

    private static Arguments device(final String device, final String message) {
        return element("devices", device, message);
    }

    private static Arguments device(final String devices, final String line, final String message) {
        return mistake("{" + ACCOUNTS + "'devices':[{" + devices + "}]}", line + "devices[" + message);
    }

    private static Arguments integration(final String integration, final String message) {
        return element("integrations", integration, message);
    }

    private static Arguments element(final String section, final String element, final String message) {
        return mistake(
                "{'" + section + "':[{" + element + "}]," + ACCOUNTS + "'x':[]}", "1: " + section + "[" + message);
    }

    private static Arguments mistake(final String fleet, final String message) {
        return Arguments.of(
                fleet.replace('\'', '"')
                        .replace("DEVICE", SmallFleet.DEVICE)
                        .replace("USER", SmallFleet.USER)
                        .replace("CUSTOMER", SmallFleet.CUSTOMER)
                        .replace("ORGANIZATION", SmallFleet.ORGANIZATION)
                        .replace("NOBODY", SmallFleet.NOBODY),
                message);
    }
}

package io.eventrouter.loadgen.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.loadgen.input.TextSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetFileTest {
    private static final List<String> SECTIONS = List.of(
            "'users':[{'id':'aaaaaaaaaaaaaaaaaaaaaa01','username':'u','plan':'plus','blocks':2}]",
            "'organizations':[{'id':'aaaaaaaaaaaaaaaaaaaaaa03'}]",
            "'products':[{'id':7,'user':'aaaaaaaaaaaaaaaaaaaaaa01'},"
                    + "{'id':8,'organization_id':'aaaaaaaaaaaaaaaaaaaaaa03'}]",
            "'customers':[{'id':'aaaaaaaaaaaaaaaaaaaaaa02','username':'c','product_id':8}]",
            "'devices':[{'id':'bbbbbbbbbbbbbbbbbbbbbb01','owner':'c','product_id':8,'subscriptions':['a','b'],"
                    + "'attempts':'never','denied':true},"
                    + "{'id':'bbbbbbbbbbbbbbbbbbbbbb02','product_id':13,'online':false,'max_event_size':16384}]",
            "'integrations':[{'id':'i','eventName':'t','user':'aaaaaaaaaaaaaaaaaaaaaa01',"
                    + "'deviceId':'bbbbbbbbbbbbbbbbbbbbbb01'},"
                    + "{'id':'j','event':'t','organization_id':'aaaaaaaaaaaaaaaaaaaaaa03','products':[8,7,8],"
                    + "'disabled':true}]",
            "'logic_functions':[{'id':'l','logic_triggers':[{'type':'Scheduled','cron':'* * * * *'},"
                    + "{'type':'Event','product_id':7,'event':'t'},"
                    + "{'type':'Event','product_id':8,'event_name':'u','event':'x'}]}]",
            "'streams':[{'id':'s','product_id':7,'device':'bbbbbbbbbbbbbbbbbbbbbb02','prefix':''}]");

    @TempDir
    private Path directory;

    @Test
    void readsAccountsBeforeDevicesBeforeListenersWhateverTheOrderInTheFile() throws IOException {
        final List<Command> usual = commands(SECTIONS);
        assertTrue(
                usual.toString().contains("RegisterUser[user=aaaaaaaaaaaaaaaaaaaaaa01, operationsPerMonth=10000000]"));
        assertTrue(usual.toString()
                .contains("RegisterOrganization[organization=aaaaaaaaaaaaaaaaaaaaaa03, operationsPerMonth=720000]"));
        assertTrue(usual.toString().contains("products=[8, 7]"));
        assertEquals("RegisterUser", usual.get(0).getClass().getSimpleName());
        assertEquals("OpenStream", usual.get(usual.size() - 1).getClass().getSimpleName());

        final Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            final List<String> shuffled = new ArrayList<>(SECTIONS);
            shuffled.add("'meta':{'devices':[1,2,3],'page':1}");
            Collections.shuffle(shuffled, random);
            assertEquals(describe(usual), describe(commands(shuffled)));
        }
    }

    @Test
    void everyKeyIsOptional() throws IOException {
        assertEquals(List.of(), commands(List.of()));
        for (int i = 0; i < SECTIONS.size(); i++) {
            final String name = SECTIONS.get(i).substring(0, SECTIONS.get(i).indexOf(':'));
            assertEquals(List.of(), commands(List.of(name + ":[]")));
            assertEquals(List.of(), commands(List.of(name + ":null")));
        }
    }

    private List<Command> commands(final List<String> sections) throws IOException {
        final Path file = directory.resolve("fleet.json");
        Files.writeString(file, ("{" + String.join(",\n", sections) + "}").replace('\'', '"'));
        final FleetFile fleet = FleetFile.open(TextSource.ofFile(file.toString()), Plans.load());
        final List<Command> commands = new ArrayList<>();
        fleet.load(commands::add);
        assertEquals(fleet.deviceCount(), fleet.directory().devices().size());
        return commands;
    }

    // Topics have no equality of their own, so integrations are compared without them; sections may swap places.
    private static List<String> describe(final List<Command> commands) {
        final List<String> described = new ArrayList<>();
        commands.forEach(command -> described.add(command.toString().replaceAll("HookTopics@\\w+", "topics")));
        Collections.sort(described);
        return described;
    }
}

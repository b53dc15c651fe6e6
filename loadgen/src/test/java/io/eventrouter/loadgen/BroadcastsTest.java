package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events for more devices than a router hands over in one go by default, and more of them than may be pending. */
class BroadcastsTest {
    private static final int DEVICES = 1_500;
    private static final int EVENTS = 100;
    private static final Pattern EVENT = Pattern.compile("\\{\"event\":(\\d+),.*");

    @TempDir
    private Path directory;

    private Workspace workspace;

    @BeforeEach
    void writeInputs() {
        final String devices = IntStream.range(0, DEVICES)
                .mapToObj(i -> "{\"id\":\"" + device(i) + "\",\"product_id\":7,\"subscriptions\":[\"t\"]}")
                .collect(Collectors.joining(","));
        workspace = new Workspace(directory)
                .with(
                        "{\"organizations\":[{\"id\":\"" + SmallFleet.ORGANIZATION + "\"}],\"products\":[{\"id\":7,"
                                + "\"organization_id\":\"" + SmallFleet.ORGANIZATION + "\"}],\"devices\":[" + devices
                                + "],\"streams\":[{\"id\":\"s\",\"product_id\":7}]}",
                        IntStream.range(0, EVENTS)
                                .mapToObj(i -> "{\"name\":\"t\",\"data\":\"1\",\"coreid\":\"" + device(i) + "\"}")
                                .toArray(String[]::new));
    }

    @Test
    void areReplayedInTheOrderOfTheTrace() {
        final Shell.Outcome outcome = Shell.replay(workspace);

        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
        final List<Integer> events = Workspace.lines(workspace.deliveries()).stream()
                .map(BroadcastsTest::eventOf)
                .collect(Collectors.toList());
        assertEquals(
                IntStream.rangeClosed(1, EVENTS)
                        .flatMap(event -> IntStream.generate(() -> event).limit(DEVICES + 1))
                        .boxed()
                        .collect(Collectors.toList()),
                events);
    }

    @Test
    void areAllCountedInAPlan() {
        final String fleet = workspace.fleet().toString();

        final Shell.Outcome ofTrace = Shell.run(
                "plan", fleet, "--trace", workspace.trace().toString(), "--covers", "1day", "--days", "30", "--csv");
        final Shell.Outcome ofEvents = Shell.run(
                "plan", fleet, "--event", "t", "--every", "1day", "--payload-bytes", "1", "--days", "30", "--csv");

        assertPlanned(30L * EVENTS * (DEVICES + 1), ofTrace);
        assertPlanned(30L * DEVICES * (DEVICES + 1), ofEvents);
    }

    private static void assertPlanned(final long operations, final Shell.Outcome outcome) {
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
        assertTrue(outcome.out().contains("," + operations), outcome.out());
    }

    private static int eventOf(final String line) {
        final Matcher event = EVENT.matcher(line);
        assertTrue(event.matches(), line);
        return Integer.parseInt(event.group(1));
    }

    private static String device(final int number) {
        return String.format("bbbbbbbbbbbbbbbb%08x", number);
    }
}

package io.eventrouter.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.eventrouter.journal.FileSystemDisk;
import io.eventrouter.oracle.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Starts a router on a directory, kills it, and looks at what is left; again and again. */
final class CrashCycles {
    private static final int MAX_LIFE_MS = 400;
    private static final int MAX_START_MS = 600;
    /** A point that is not reached by then is not going to be. */
    private static final int LINES_UNTIL_POINT = 4_000;

    private final SplittableRandom random;
    private final Path directory;
    private final Path errors;
    private final Ledger ledger = new Ledger();
    private final Map<String, Long> kills = new TreeMap<>();
    private int cycles;

    CrashCycles(final Path directory, final long seed) {
        this.directory = directory.resolve("data");
        errors = directory.resolve("errors.txt");
        random = new SplittableRandom(seed);
    }

    /** Kill at random times, while it works and while it starts. */
    void killAtRandom(final int count) throws Exception {
        for (int i = 0; i < count; i++) {
            final boolean isAtStart = cycles > 0 && random.nextInt(4) == 0;
            try (ChildProcess child = ChildProcess.start(directory, errors, random.nextLong())) {
                if (isAtStart) {
                    Thread.sleep(random.nextInt(MAX_START_MS));
                } else {
                    live(child);
                }
                kill(child, isAtStart ? "while it starts" : "while it works");
            }
        }
    }

    /** Kill at a point; the first occurrences of most come while the router starts. */
    void killAt(final CrashPoint point, final int occurrence) throws Exception {
        try (ChildProcess child =
                ChildProcess.start(directory, errors, random.nextLong(), point.name(), Integer.toString(occurrence))) {
            final boolean isReached = liveUntilPoint(child);
            kill(child, isReached ? point.name() : "point not reached: " + point);
        }
    }

    private void live(final ChildProcess child) throws Exception {
        start(child);
        final long endNs = System.nanoTime() + random.nextInt(MAX_LIFE_MS) * 1_000_000L;
        while (System.nanoTime() < endNs) {
            hear(child);
        }
    }

    // It may pause before it has started.
    private boolean liveUntilPoint(final ChildProcess child) throws Exception {
        final Map<String, String> devices = new TreeMap<>();
        for (int i = 0; i < LINES_UNTIL_POINT; i++) {
            final String line = hear(child);
            if (line.startsWith("at ")) {
                return true;
            }
            note(line, devices);
        }
        return false;
    }

    private void start(final ChildProcess child) throws Exception {
        final Map<String, String> devices = new TreeMap<>();
        String line = "";
        while (!line.equals("started")) {
            line = hear(child);
            note(line, devices);
        }
    }

    private void note(final String line, final Map<String, String> devices) {
        if (line.startsWith("device ")) {
            final String[] words = line.split(" ", 3);
            devices.put("device:" + words[1], words[2]);
        } else if (line.equals("started")) {
            ledger.check(devices);
        }
    }

    private String hear(final ChildProcess child) throws Exception {
        final String line = child.line();
        if (line == null || line.startsWith("unavailable ") || line.startsWith("error ")) {
            fail("the child does not do as it should: " + line + "\n" + Files.readString(errors));
        }
        ledger.hear(line);
        return line;
    }

    private void kill(final ChildProcess child, final String where) throws Exception {
        child.kill();
        for (String line = child.line(); line != null; line = child.line()) {
            ledger.hear(line);
        }
        ledger.settle(left());
        kills.merge(where, 1L, Long::sum);
        cycles++;
    }

    private SortedMap<String, String> left() throws IOException {
        return StoreReader.read(new FileSystemDisk(directory), CrashFleet.MAX_DEVICES, CrashFleet.MAX_ACCOUNTS);
    }

    /** A process that is stopped still has its directory; nobody else gets in, and it goes on when it is let. */
    void stopAndContinue() throws Exception {
        try (ChildProcess child = ChildProcess.start(directory, errors, random.nextLong())) {
            live(child);
            child.signal("STOP");
            try (ChildProcess other = ChildProcess.start(directory, errors, random.nextLong())) {
                String line = other.line();
                while ("starting".equals(line)) {
                    line = other.line();
                }
                assertTrue(line != null && line.startsWith("unavailable another router uses"), line);
            }
            child.signal("CONT");
            final long before = ledger.acknowledged();
            while (ledger.acknowledged() < before + 100) {
                hear(child);
            }
            kill(child, "behind a stop");
        }
    }

    boolean wasKilledAt(final CrashPoint point) {
        return kills.containsKey(point.name());
    }

    int cycles() {
        return cycles;
    }

    String report() {
        return cycles + " cycles, killed " + kills + ", " + ledger.report();
    }
}

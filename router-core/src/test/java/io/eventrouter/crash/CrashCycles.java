package io.eventrouter.crash;

import static org.junit.jupiter.api.Assertions.assertNotNull;
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

    void run(final int count) throws Exception {
        for (int i = 0; i < count; i++) {
            cycle();
        }
    }

    private void cycle() throws Exception {
        try (ChildProcess child = ChildProcess.start(directory, errors, random.nextLong())) {
            if (cycles > 0 && random.nextInt(5) == 0) {
                killWhileItStarts(child);
            } else {
                killWhileItWorks(child);
            }
            hearTheRest(child);
        }
        ledger.settle(recovered());
        cycles++;
    }

    private void killWhileItStarts(final ChildProcess child) throws Exception {
        Thread.sleep(random.nextInt(MAX_START_MS));
        child.kill();
        count("while it starts");
    }

    private void killWhileItWorks(final ChildProcess child) throws Exception {
        awaitStart(child);
        final long endNs = System.nanoTime() + random.nextInt(MAX_LIFE_MS) * 1_000_000L;
        while (System.nanoTime() < endNs) {
            final String line = child.line();
            if (line == null || !ledger.hear(line)) {
                fail("the child has ended: " + line + "\n" + Files.readString(errors));
            }
        }
        child.kill();
        count("at random");
    }

    private void awaitStart(final ChildProcess child) throws Exception {
        final Map<String, String> devices = new TreeMap<>();
        for (String line = child.line(); !"started".equals(line); line = child.line()) {
            assertNotNull(line, () -> "the child does not start: " + contents(errors));
            if (line.startsWith("unavailable ")) {
                fail(line);
            }
            if (line.startsWith("device ")) {
                final String[] words = line.split(" ", 3);
                devices.put("device:" + words[1], words[2]);
            }
        }
        ledger.check(devices);
    }

    private void hearTheRest(final ChildProcess child) throws InterruptedException {
        for (String line = child.line(); line != null; line = child.line()) {
            ledger.hear(line);
        }
    }

    private SortedMap<String, String> recovered() throws IOException {
        return StoreReader.read(new FileSystemDisk(directory), CrashFleet.MAX_DEVICES, CrashFleet.MAX_ACCOUNTS);
    }

    private void count(final String kill) {
        kills.merge(kill, 1L, Long::sum);
    }

    private static String contents(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException problem) {
            return problem.toString();
        }
    }

    String report() {
        return cycles + " cycles, killed " + kills + ", " + ledger.report();
    }
}

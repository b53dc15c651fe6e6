package io.eventrouter.loadgen.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventrouter.loadgen.feed.ReplayFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultDirectoryTest {
    private static final Path FULL_DEVICE = Path.of("/dev/full");

    @TempDir
    private Path parent;

    @Test
    void saysThatIntervalsCouldNotBeWrittenAndSaysItOnce() throws IOException {
        assumeTrue(Files.exists(FULL_DEVICE), "this system has no device that is always full");
        final Path path = parent.resolve("results");
        final ResultDirectory directory = ResultDirectory.create(path.toString());
        Files.createSymbolicLink(path.resolve("intervals.hlog"), FULL_DEVICE);
        directory.log("all", 0, times());

        assertEquals(
                path + ": results cannot be written: intervals.hlog: No space left on device",
                assertThrows(ReplayFailedException.class, directory::close).getMessage());
        directory.close();
        assertFalse(Files.exists(path.resolve("intervals.hlog")), "half a log would pass for a short one");
    }

    @Test
    void whatIsMeasuredGetsToItsEndThoughThereIsNoPlaceForIntervals() throws IOException {
        final Path path = parent.resolve("results");
        final ResultDirectory directory = ResultDirectory.create(path.toString());
        Files.delete(path);

        directory.log("all", 0, times());
        directory.log("all", 1, times());

        assertEquals(
                path + ": results cannot be written: intervals.hlog: there is no such file or directory",
                assertThrows(ReplayFailedException.class, directory::close).getMessage());
        directory.close();
    }

    @Test
    void aDirectoryInsideThatCannotBeMadeIsNoMistakeOfTheUser() throws IOException {
        final Path path = parent.resolve("results");
        final ResultDirectory directory = ResultDirectory.create(path.toString());
        Files.createFile(path.resolve("confirm"));

        assertEquals(
                path.resolve("confirm") + ": is a file, not a directory",
                assertThrows(ReplayFailedException.class, () -> directory.inside("confirm"))
                        .getMessage());
    }

    @Test
    void writesIntervalsUnderTheirTag() throws IOException {
        final Path path = parent.resolve("results");
        final ResultDirectory directory = ResultDirectory.create(path.toString());
        directory.log("all", 0, times());
        directory.close();

        assertTrue(Files.readString(path.resolve("intervals.hlog")).contains("Tag=all,0.000,1.000,"));
    }

    private static Histogram times() {
        final Histogram times = new Histogram(3);
        times.recordValue(1_000);
        return times;
    }
}

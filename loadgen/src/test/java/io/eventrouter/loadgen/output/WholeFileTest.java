package io.eventrouter.loadgen.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventrouter.loadgen.input.FileComplaint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    private static final Path FULL_DEVICE = Path.of("/dev/full");

    @TempDir
    private Path directory;

    @Test
    void replacesWhatIsThereAndLeavesNothingElse() throws IOException {
        final Path file = directory.resolve("page");
        WholeFile.write(file, bytes("old and long"));
        WholeFile.write(file, bytes("new"));

        assertEquals("new", Files.readString(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void keepsWhatWasThereIfItCannotBeWritten() throws IOException {
        final Path file = Files.writeString(directory.resolve("page"), "old");
        final Path inTheWay = Files.createDirectories(directory.resolve("page.unfinished/x"));

        assertThrows(FileSystemException.class, () -> WholeFile.write(file, bytes("new")));

        assertEquals("old", Files.readString(file));
        assertTrue(Files.exists(inTheWay));
    }

    @Test
    void writesWhatASymbolicLinkLeadsTo() throws IOException {
        final Path file = Files.writeString(directory.resolve("page"), "old");
        final Path link = Files.createSymbolicLink(directory.resolve("latest"), file);

        WholeFile.write(link, bytes("new"));

        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void writesToADeviceAndNamesItWhenItIsFull() {
        assumeTrue(Files.exists(FULL_DEVICE), "this system has no device that is always full");

        final FileSystemException complaint =
                assertThrows(FileSystemException.class, () -> WholeFile.write(FULL_DEVICE, bytes("new")));

        assertEquals("full: No space left on device", FileComplaint.describeInside(complaint));
        assertFalse(Files.exists(Path.of("/dev/full.unfinished")));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

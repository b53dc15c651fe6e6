package io.eventrouter.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemDiskTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        final Disk disk = new FileSystemDisk(directory.resolve("made"));
        try (DiskFile file = disk.create("some", 3 << 20)) {
            assertEquals(3 << 20, file.length());
            file.write(1_000_000, new byte[] {9, 1, 2, 3, 9}, 1, 3);
            file.force();
        }
        disk.forceDirectory();
        assertEquals(List.of("some"), disk.list());
        try (DiskFile file = disk.open("some")) {
            final byte[] found = new byte[5];
            assertEquals(5, file.read(999_999, found, 0, 5));
            assertArrayEquals(new byte[] {0, 1, 2, 3, 0}, found);
            assertEquals(2, file.read((3 << 20) - 2, found, 0, 5), "only what there is");
        }
        assertThrows(IOException.class, () -> disk.create("some", 1), "the name is taken");
        disk.delete("some");
        disk.delete("some");
        assertThrows(IOException.class, () -> disk.open("some"));
        assertEquals(List.of(), disk.list());
    }

    @Test
    void shouldNotBeHarmedByAnInterrupt() throws IOException {
        final Disk disk = new FileSystemDisk(directory);
        Thread.currentThread().interrupt();
        try (DiskFile file = disk.create("some", 100)) {
            file.write(0, new byte[] {1}, 0, 1);
            file.force();
            disk.forceDirectory();
            assertEquals(1, file.read(0, new byte[1], 0, 1));
            assertTrue(Thread.interrupted(), "it is still there");
        }
        assertFalse(Thread.interrupted());
    }

    @Test
    void shouldKnowTheWordsOfAFullDisk() throws IOException {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is no /dev/full here");
        try (RandomAccessFile file = new RandomAccessFile(full.toFile(), "rw")) {
            final IOException problem = assertThrows(IOException.class, () -> file.write(new byte[10]));
            assertTrue(FileSystemDisk.isOutOfSpace(problem), problem.getMessage());
        }
        assertFalse(FileSystemDisk.isOutOfSpace(new IOException("Input/output error")));
    }

    @Test
    void shouldLeaveNothingBehindOnAFullDisk() throws Exception {
        try (SmallFileSystem small = SmallFileSystem.mount(directory.resolve("small"), "1m")) {
            final Disk disk = new FileSystemDisk(small.directory());
            disk.create("half", 1 << 19).close();
            assertThrows(OutOfSpaceException.class, () -> disk.create("more", 1 << 20));
            assertEquals(List.of("half"), disk.list());
            try (DiskFile file = disk.open("half")) {
                final byte[] content = new byte[1 << 19];
                disk.create("rest", (1 << 19) - 8_192).close();
                file.write(0, content, 0, content.length);
                file.force();
            }
        }
    }

    @Test
    void shouldGiveADirectoryToOneAtATime() throws IOException {
        final Disk disk = new FileSystemDisk(directory);
        final Closeable lock = disk.lock("lock");
        final IllegalStateException refused = assertInstanceOf(
                IllegalStateException.class,
                assertThrows(Exception.class, () -> new FileSystemDisk(directory).lock("lock")));
        assertEquals("another router uses the data directory: " + directory, refused.getMessage());
        lock.close();
        disk.lock("lock").close();
    }

    @Test
    void shouldNameTheRunOfTheMachine() throws IOException {
        final Path bootId = Path.of("/proc/sys/kernel/random/boot_id");
        assumeTrue(Files.exists(bootId), "this is not Linux");
        final String digits = Files.readString(bootId).strip().replace("-", "");
        final long expected =
                Long.parseUnsignedLong(digits, 0, 16, 16) ^ Long.parseUnsignedLong(digits, 16, digits.length(), 16);

        assertEquals(expected, new FileSystemDisk(directory).machineRun());
    }
}

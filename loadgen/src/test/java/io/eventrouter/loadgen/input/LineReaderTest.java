package io.eventrouter.loadgen.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
    @TempDir
    private Path directory;

    @Test
    void splitsAtLineEndsOnly() throws IOException {
        assertEquals(List.of(), read(""));
        assertEquals(List.of(""), read("\n"));
        assertEquals(List.of("a", "b"), read("a\nb"));
        assertEquals(List.of("a", "b"), read("a\r\nb\r\n"));
        assertEquals(List.of("", "a\rb", ""), read("\na\rb\n\n"));
        assertEquals(List.of("a", "\uFEFFb"), read("\uFEFFa\n\uFEFFb"));
    }

    /** The oracle is String.split on the same text. */
    @Test
    void findsEveryLineWhereverTheBufferEnds() throws IOException {
        final Random random = new Random(1);
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            lines.add(i + "x".repeat(random.nextInt(10) == 0 ? random.nextInt(300_000) : random.nextInt(50)));
        }
        assertEquals(lines, read(String.join("\n", lines)));
    }

    @Test
    void passesOverLinesThatAreTooLong() throws IOException {
        final String tooLong = "x".repeat(LineReader.MAX_LINE_LENGTH + 1);
        assertEquals(List.of("a", "too long", "b"), read("a\n" + tooLong + "\nb"));
        assertEquals(List.of("too long"), read(tooLong + tooLong + tooLong));
        assertEquals(List.of("too long", "b"), read(tooLong + tooLong + "\nb\n"));
        assertEquals(
                LineReader.MAX_LINE_LENGTH, read(tooLong.substring(1)).get(0).length());
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        final TextSource source = TextSource.ofFile(directory.resolve("none").toString());
        final BadInputException thrown = assertThrows(BadInputException.class, () -> new LineReader(source));
        assertEquals(directory.resolve("none") + ": no such file", thrown.getMessage());
    }

    private List<String> read(final String text) throws IOException {
        final Path file = Files.writeString(directory.resolve("lines"), text);
        final List<String> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(TextSource.ofFile(file.toString()))) {
            while (reader.next()) {
                lines.add(
                        reader.isTooLong()
                                ? "too long"
                                : new String(
                                        reader.buffer(), reader.offset(), reader.length(), StandardCharsets.UTF_8));
                assertEquals(lines.size(), reader.lineNumber());
            }
        }
        return lines;
    }
}

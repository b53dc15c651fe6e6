package io.eventrouter.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first code that an embedder copies must run, and print what the README says. */
@Timeout(300)
class EmbeddingExampleTest {
    private static final Path SOURCE = Path.of("src/test/java/io/eventrouter/example/EmbeddingExample.java");
    private static final Path README = Path.of("../README.md");

    @Test
    void shouldRun() {
        assertEquals(
                "temperature -> e00fce68aabbccdd00000021\nTotals[publishOperations=1, subscribeOperations=1]\n",
                printedBy(EmbeddingExample::main));
    }

    @Test
    void shouldRunWithOutboxes() {
        assertEquals(
                "INTEGRATION good: delivered 10\nINTEGRATION broken: failed 3, then SET_ASIDE\n",
                printedBy(OutboxesExample::main));
    }

    private static String printedBy(final Consumer<String[]> example) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            example.accept(new String[0]);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldStandInTheReadmeWordForWord() throws IOException {
        final String source = Files.readString(SOURCE);
        final int begin = source.indexOf("        EntityId ann");
        final String body = source.substring(begin, source.lastIndexOf("\n    }"));

        assertTrue(Files.readString(README).contains(body.indent(-8).strip()), "README.md must contain:\n" + body);
    }
}

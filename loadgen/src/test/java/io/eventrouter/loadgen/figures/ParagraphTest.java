package io.eventrouter.loadgen.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void breaksBetweenWordsAndGoesOnBelowAShortTitle() {
        final String words = "word ".repeat(25).strip();

        // 7 columns of title and 18 words with 17 blanks make 96; one more would not fit.
        assertEquals(
                "title: " + "word ".repeat(18).strip() + "\n       "
                        + "word ".repeat(7).strip() + "\n",
                print("title: ", words));
    }

    @Test
    void goesOnNearTheMarginBelowALongTitle() {
        final String printed =
                print("  a title that is rather long: ", "word ".repeat(20).strip());

        assertEquals("      word", printed.split("\n")[1].substring(0, 10));
    }

    @Test
    void leavesWordsWholeThatAreLongerThanALine() {
        final String word = "x".repeat(150);

        assertEquals("a\n" + word + "\nb\n", print("", "a " + word + " b"));
    }

    private static String print(final String title, final String text) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        Paragraph.print(new PrintStream(out, true, StandardCharsets.UTF_8), title, text);
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}

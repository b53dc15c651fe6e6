package io.eventrouter.loadgen.figures;

import java.io.PrintStream;

/** A title and a text behind it that goes on below itself where it is too long for one line. */
public final class Paragraph {
    /** The longest line. */
    public static final int WIDTH = 100;

    private static final int MOST_INDENT = 16;

    private Paragraph() {}

    /**
     * Print a text.
     *
     * @param out takes the lines.
     * @param title in front of the first line; if it is short, the other lines begin below the text behind it.
     * @param text to break between words; a word that is longer than a line stays whole.
     */
    public static void print(final PrintStream out, final String title, final String text) {
        final int leading = title.length() - title.stripLeading().length();
        final String indent = " ".repeat(title.length() <= MOST_INDENT ? title.length() : leading + 4);
        final StringBuilder line = new StringBuilder(title);
        boolean isEmpty = true;
        for (final String word : text.split(" ")) {
            if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(indent);
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        out.println(line.toString().stripTrailing());
    }
}

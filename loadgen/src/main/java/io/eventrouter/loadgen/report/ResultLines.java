package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.LineReader;
import io.eventrouter.loadgen.input.TextSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The lines of a text file of a result, with complaints that name the line. */
final class ResultLines implements AutoCloseable {
    private static final int MAX_SHOWN = 32;

    private final String name;
    private final LineReader lines;

    ResultLines(final Path file) {
        name = file.toString();
        lines = new LineReader(new TextSource(name, file));
    }

    /** The next line, or null after the last. */
    String next() {
        return lines.next() ? new String(lines.buffer(), lines.offset(), lines.length(), StandardCharsets.UTF_8) : null;
    }

    /** The number that a text is. */
    double number(final String what, final String text) {
        try {
            return Double.parseDouble(text);
        } catch (final NumberFormatException e) {
            throw error(what + " must be a number: value=" + cut(text));
        }
    }

    /** What to throw because of the current line. */
    BadInputException error(final String complaint) {
        return new BadInputException(name + ":" + Math.max(1, lines.lineNumber()) + ": " + complaint);
    }

    static String cut(final String text) {
        final StringBuilder cut = new StringBuilder("\"");
        text.chars()
                .limit(MAX_SHOWN)
                .forEach(
                        c -> cut.append(c < 0x20 || c > 0x7E ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return cut.append(text.length() > MAX_SHOWN ? "…\"" : "\"").toString();
    }

    @Override
    public void close() {
        lines.close();
    }
}

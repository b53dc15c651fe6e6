package io.eventrouter.loadgen.figures;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of a label and some figures, which are as wide as the widest of their column and end below each other. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    /**
     * Add a row, or a heading.
     *
     * @param label of the row.
     * @param figures of the row.
     */
    public void row(final String label, final String... figures) {
        final String[] cells = new String[figures.length + 1];
        cells[0] = label;
        System.arraycopy(figures, 0, cells, 1, figures.length);
        rows.add(cells);
    }

    /**
     * Print all rows.
     *
     * @param out takes them.
     */
    public void print(final PrintStream out) {
        final int[] widths = widths();
        for (final String[] cells : rows) {
            final StringBuilder line = new StringBuilder(cells[0]);
            for (int i = 1; i < cells.length; i++) {
                final int start = i == 1 ? widths[0] : line.length();
                pad(line, start + GAP.length() + widths[i] - cells[i].length());
                line.append(cells[i]);
            }
            out.println(line);
        }
    }

    private int[] widths() {
        int[] widths = {};
        for (final String[] cells : rows) {
            widths = Arrays.copyOf(widths, Math.max(widths.length, cells.length));
            for (int i = 0; i < cells.length; i++) {
                widths[i] = Math.max(widths[i], cells[i].length());
            }
        }
        return widths;
    }

    private static void pad(final StringBuilder line, final int length) {
        while (line.length() < length) {
            line.append(' ');
        }
    }
}

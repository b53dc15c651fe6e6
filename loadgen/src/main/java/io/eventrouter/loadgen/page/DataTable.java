package io.eventrouter.loadgen.page;

import java.util.ArrayList;
import java.util.List;

/** A table with a caption: columns of text and of numbers, then rows; on a narrow screen it scrolls inside itself. */
public final class DataTable {
    private static final int LONGEST_ON_ONE_LINE = 30;

    private record Column(String heading, boolean isNumber) {}

    private record Row(Tone tone, boolean isTotal, List<String> cells) {}

    private final String caption;
    private final List<Column> columns = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /**
     * A table without columns.
     *
     * @param caption what the table shows; empty for none.
     */
    public DataTable(final String caption) {
        this.caption = caption;
    }

    /**
     * Add a column of text; the first one names its row.
     *
     * @param heading of the column.
     * @return this.
     */
    public DataTable text(final String heading) {
        columns.add(new Column(heading, false));
        return this;
    }

    /**
     * Add a column of numbers, which end below each other.
     *
     * @param heading of the column.
     * @return this.
     */
    public DataTable number(final String heading) {
        columns.add(new Column(heading, true));
        return this;
    }

    /**
     * Add a row.
     *
     * @param cells one for each column; may be empty.
     * @return this.
     * @throws IllegalArgumentException if there are not as many cells as columns.
     */
    public DataTable row(final String... cells) {
        return add(Tone.NEUTRAL, false, cells);
    }

    /**
     * Add a row that is good or bad news.
     *
     * @param tone of the news; its sign is put before the first cell.
     * @param cells one for each column.
     * @return this.
     * @throws IllegalArgumentException if there are not as many cells as columns.
     */
    public DataTable row(final Tone tone, final String... cells) {
        return add(tone, false, cells);
    }

    /**
     * Add a row that sums up the ones above.
     *
     * @param cells one for each column.
     * @return this.
     * @throws IllegalArgumentException if there are not as many cells as columns.
     */
    public DataTable total(final String... cells) {
        return add(Tone.NEUTRAL, true, cells);
    }

    /**
     * Whether the table has no rows.
     *
     * @return true if it has none.
     */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    private DataTable add(final Tone tone, final boolean isTotal, final String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "a row must have a cell for each column: cells=" + cells.length + ", columns=" + columns.size());
        }
        rows.add(new Row(tone, isTotal, List.of(cells)));
        return this;
    }

    void write(final HtmlWriter html) {
        html.open("div", "class", "scroll", "tabindex", "0");
        html.open("table", "class", columns.size() <= 2 ? "narrow" : "wide");
        if (!caption.isEmpty()) {
            html.element("caption", caption);
        }
        html.open("thead").open("tr");
        for (int i = 0; i < columns.size(); i++) {
            html.open("th", "scope", "col", "class", styleClass(i))
                    .text(columns.get(i).heading)
                    .close("th");
        }
        html.close("tr").close("thead").open("tbody");
        for (final Row row : rows) {
            writeRow(html, row);
        }
        html.close("tbody").close("table").close("div").line();
    }

    private void writeRow(final HtmlWriter html, final Row row) {
        html.open("tr", "class", row.isTotal ? "total" : row.tone.styleClass());
        for (int i = 0; i < columns.size(); i++) {
            final String tag = i == 0 ? "th" : "td";
            if (i == 0) {
                html.open(tag, "scope", "row", "class", styleClass(i));
                if (row.tone != Tone.NEUTRAL) {
                    html.open("span", "class", "sign").text(row.tone.sign()).close("span");
                }
            } else {
                html.open(tag, "class", styleClass(i));
            }
            html.text(row.cells.get(i)).close(tag);
        }
        html.close("tr").line();
    }

    private String styleClass(final int column) {
        if (columns.get(column).isNumber) {
            return "number";
        }
        final boolean isLong =
                rows.stream().anyMatch(row -> row.cells.get(column).length() > LONGEST_ON_ONE_LINE);
        return isLong ? "long" : "text";
    }
}

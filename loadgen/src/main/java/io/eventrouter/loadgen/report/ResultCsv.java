package io.eventrouter.loadgen.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A table of a result: a header, then a row a line; cells hold neither commas nor quotes. */
final class ResultCsv {
    private final int rows;
    private final Map<String, double[]> numbers;
    private final Map<String, List<String>> texts;

    private ResultCsv(final int rows, final Map<String, double[]> numbers, final Map<String, List<String>> texts) {
        this.rows = rows;
        this.numbers = numbers;
        this.texts = texts;
    }

    /**
     * Read a file.
     *
     * @param file to read.
     * @param textColumns columns that have to be there and are kept as they are.
     * @param numberColumns columns that have to be there and hold numbers; an empty cell is NaN.
     * @return the table; other columns are left out.
     */
    static ResultCsv read(final Path file, final List<String> textColumns, final List<String> numberColumns) {
        try (ResultLines lines = new ResultLines(file)) {
            final List<String> header = header(lines, textColumns, numberColumns);
            final List<String[]> rows = new ArrayList<>();
            final Map<String, List<Double>> read = new HashMap<>();
            numberColumns.forEach(column -> read.put(column, new ArrayList<>()));
            for (String line = lines.next(); line != null; line = lines.next()) {
                final String[] cells = line.split(",", -1);
                if (cells.length != header.size()) {
                    throw lines.error("must have as many cells as the header: cells=" + cells.length + ", header="
                            + header.size());
                }
                read.forEach((column, kept) -> kept.add(number(lines, column, cells[header.indexOf(column)])));
                rows.add(cells);
            }
            final Map<String, double[]> numbers = new HashMap<>();
            read.forEach((column, kept) -> numbers.put(
                    column, kept.stream().mapToDouble(Double::doubleValue).toArray()));
            final Map<String, List<String>> texts = new HashMap<>();
            textColumns.forEach(column -> texts.put(
                    column,
                    rows.stream().map(cells -> cells[header.indexOf(column)]).toList()));
            return new ResultCsv(rows.size(), numbers, texts);
        }
    }

    int rows() {
        return rows;
    }

    double[] numbers(final String column) {
        return numbers.get(column);
    }

    List<String> texts(final String column) {
        return texts.get(column);
    }

    private static List<String> header(
            final ResultLines lines, final List<String> textColumns, final List<String> numberColumns) {
        final String first = lines.next();
        if (first == null) {
            throw lines.error("must begin with a header, but the file is empty");
        }
        final List<String> header = Arrays.asList(first.split(",", -1));
        for (final String column :
                Stream.concat(textColumns.stream(), numberColumns.stream()).toList()) {
            if (!header.contains(column)) {
                throw lines.error("column " + column + " is missing");
            }
        }
        return header;
    }

    private static double number(final ResultLines lines, final String column, final String cell) {
        return cell.isEmpty() ? Double.NaN : lines.number(column, cell);
    }
}

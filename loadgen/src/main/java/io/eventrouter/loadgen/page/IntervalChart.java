package io.eventrouter.loadgen.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values with their ranges, one row for each thing that was measured; several series stand below each other in a row.
 */
public final class IntervalChart extends Chart {
    private record Point(String series, double value, double low, double high) {}

    private final String label;
    private final Unit unit;
    private boolean isLogarithmic;
    private final Set<String> series = new LinkedHashSet<>();
    private final Map<String, List<Point>> rows = new LinkedHashMap<>();
    private final Map<String, Double> levels = new LinkedHashMap<>();

    /**
     * A chart without rows, whose axis begins at 0.
     *
     * @param title of the chart.
     * @param label what is measured.
     * @param unit of it.
     */
    public IntervalChart(final String title, final String label, final Unit unit) {
        super(title);
        this.label = label;
        this.unit = unit;
    }

    /**
     * Say in words what to see in the chart or how to read it.
     *
     * @param text to stand below the title.
     * @return this.
     */
    public IntervalChart caption(final String text) {
        setCaption(text);
        return this;
    }

    /**
     * Make the axis logarithmic, for values that differ by more than a factor of ten; values have to be positive.
     *
     * @return this.
     */
    public IntervalChart logarithmic() {
        isLogarithmic = true;
        return this;
    }

    /**
     * Add a value and its range.
     *
     * @param row that it belongs to.
     * @param name of the series that it belongs to.
     * @param value that was measured.
     * @param low end of its range, at most the value.
     * @param high end of its range, at least the value.
     * @return this.
     * @throws IllegalArgumentException if the value is not a finite number inside its range.
     */
    public IntervalChart point(
            final String row, final String name, final double value, final double low, final double high) {
        if (!(low <= value && value <= high && low > Double.NEGATIVE_INFINITY && high < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a value must be finite and inside its range: row=" + row + ", value="
                    + value + ", low=" + low + ", high=" + high);
        }
        series.add(name);
        rows.computeIfAbsent(row, key -> new ArrayList<>()).add(new Point(name, value, low, high));
        return this;
    }

    /**
     * Draw a line through all rows at a value, such as where nothing changed.
     *
     * @param name of the line.
     * @param value where it is.
     * @return this.
     */
    public IntervalChart level(final String name, final double value) {
        levels.put(name, value);
        return this;
    }

    @Override
    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    void writeFields(final JsonGenerator json) throws IOException {
        json.writeStringField("kind", "intervals");
        ChartJson.axis(json, "x", label, unit, isLogarithmic ? "logarithmic" : "linear");
        final List<String> names = new ArrayList<>(series);
        json.writeArrayFieldStart("series");
        for (final String name : names) {
            ChartJson.series(json, name);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rows");
        for (final Map.Entry<String, List<Point>> row : rows.entrySet()) {
            json.writeStartObject();
            json.writeStringField("label", HtmlText.printable(row.getKey()));
            json.writeArrayFieldStart("points");
            for (final Point point : row.getValue()) {
                json.writeStartObject();
                json.writeNumberField("series", names.indexOf(point.series));
                json.writeNumberField("value", point.value);
                json.writeNumberField("low", point.low);
                json.writeNumberField("high", point.high);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("levels");
        for (final Map.Entry<String, Double> level : levels.entrySet()) {
            ChartJson.mark(json, level.getKey(), level.getValue());
        }
        json.writeEndArray();
    }

    @Override
    DataTable figures() {
        final DataTable table = new DataTable("")
                .text("")
                .text("series")
                .number(label)
                .number("low")
                .number("high");
        rows.forEach((row, points) -> points.forEach(point ->
                table.row(row, point.series, unit.text(point.value), unit.text(point.low), unit.text(point.high))));
        return table;
    }
}

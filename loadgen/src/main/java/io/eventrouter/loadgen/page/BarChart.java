package io.eventrouter.loadgen.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bars made of parts, one for each row, such as the data operations of an account by their cause. */
public final class BarChart extends Chart {
    private final String label;
    private final Unit unit;
    private final Set<String> parts = new LinkedHashSet<>();
    private final Map<String, Map<String, Double>> rows = new LinkedHashMap<>();

    /**
     * A chart without bars.
     *
     * @param title of the chart.
     * @param label what is measured.
     * @param unit of it.
     */
    public BarChart(final String title, final String label, final Unit unit) {
        super(title);
        this.label = label;
        this.unit = unit;
    }

    /**
     * Add a part to the bar of a row; parts of the same name add up.
     *
     * @param row that the bar belongs to.
     * @param part name of the part.
     * @param value of the part, 0 or more.
     * @return this.
     * @throws IllegalArgumentException if the value is negative or not a finite number.
     */
    public BarChart bar(final String row, final String part, final double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a part must be 0 or more: row=" + row + ", value=" + value);
        }
        parts.add(part);
        rows.computeIfAbsent(row, key -> new LinkedHashMap<>()).merge(part, value, Double::sum);
        return this;
    }

    @Override
    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    void writeFields(final JsonGenerator json) throws IOException {
        json.writeStringField("kind", "bars");
        ChartJson.axis(json, "x", label, unit, "linear");
        json.writeArrayFieldStart("series");
        for (final String part : parts) {
            ChartJson.series(json, part);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rows");
        for (final Map.Entry<String, Map<String, Double>> row : rows.entrySet()) {
            json.writeStartObject();
            json.writeStringField("label", HtmlText.printable(row.getKey()));
            json.writeArrayFieldStart("values");
            for (final String part : parts) {
                ChartJson.number(json, row.getValue().getOrDefault(part, 0.0));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    DataTable figures() {
        final DataTable table = new DataTable("").text("");
        parts.forEach(table::number);
        table.number("all");
        rows.forEach((row, values) -> {
            final List<String> cells = new ArrayList<>(List.of(row));
            parts.forEach(part -> cells.add(unit.text(values.getOrDefault(part, 0.0))));
            cells.add(unit.text(
                    values.values().stream().mapToDouble(Double::doubleValue).sum()));
            table.row(cells.toArray(new String[0]));
        });
        return table;
    }
}

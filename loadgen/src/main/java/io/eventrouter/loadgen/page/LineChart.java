package io.eventrouter.loadgen.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lines of one or more series over time, over percentiles, or over the size of something. */
public final class LineChart extends Chart {
    private static final int MAX_ROWS_OF_FIGURES = 40;

    private enum Scale {
        LINEAR,
        LOGARITHMIC,
        PERCENTILE
    }

    /** A line, or points without one if they have a tone. */
    private record Series(String name, Tone tone, double[] xs, double[] ys, double[] lows, double[] highs) {}

    private record Mark(String label, double at) {}

    private final Scale xScale;
    private final String xLabel;
    private final Unit xUnit;
    private final String yLabel;
    private final Unit yUnit;
    private boolean isLogarithmicY;
    private final List<Series> series = new ArrayList<>();
    private final List<Mark> levels = new ArrayList<>();
    private final List<Mark> moments = new ArrayList<>();

    private LineChart(
            final String title,
            final Scale xScale,
            final String xLabel,
            final Unit xUnit,
            final String yLabel,
            final Unit yUnit) {
        super(title);
        this.xScale = xScale;
        this.xLabel = xLabel;
        this.xUnit = xUnit;
        this.yLabel = yLabel;
        this.yUnit = yUnit;
    }

    /**
     * A chart of what happens in the course of time; x are seconds, y begins at 0. A reader can zoom into it.
     *
     * @param title of the chart.
     * @param yLabel what is measured.
     * @param yUnit of it.
     * @return the chart without series.
     */
    public static LineChart overTime(final String title, final String yLabel, final Unit yUnit) {
        return new LineChart(title, Scale.LINEAR, "time", Unit.SECONDS, yLabel, yUnit);
    }

    /**
     * A chart of steps that were taken one after the other; x are their numbers, y begins at 0.
     *
     * @param title of the chart.
     * @param xLabel what the steps are.
     * @param yLabel what is measured.
     * @param yUnit of it.
     * @return the chart without series.
     */
    public static LineChart bySteps(final String title, final String xLabel, final String yLabel, final Unit yUnit) {
        return new LineChart(title, Scale.LINEAR, xLabel, Unit.COUNT, yLabel, yUnit);
    }

    /**
     * A chart of values by percentile; x are percentiles in [0, 100), spread out towards 100, y is logarithmic.
     *
     * @param title of the chart.
     * @param yLabel what is measured.
     * @param yUnit of it.
     * @return the chart without series.
     */
    public static LineChart byPercentile(final String title, final String yLabel, final Unit yUnit) {
        return new LineChart(title, Scale.PERCENTILE, "percentile", Unit.PERCENT, yLabel, yUnit).logarithmicY();
    }

    /**
     * A chart of what becomes of something as something else grows; x is logarithmic, y begins at 0.
     *
     * @param title of the chart.
     * @param xLabel what grows.
     * @param xUnit of it.
     * @param yLabel what is measured.
     * @param yUnit of it.
     * @return the chart without series.
     */
    public static LineChart growth(
            final String title, final String xLabel, final Unit xUnit, final String yLabel, final Unit yUnit) {
        return new LineChart(title, Scale.LOGARITHMIC, xLabel, xUnit, yLabel, yUnit);
    }

    /**
     * Say in words what to see in the chart or how to read it.
     *
     * @param text to stand below the title.
     * @return this.
     */
    public LineChart caption(final String text) {
        setCaption(text);
        return this;
    }

    /**
     * Make y logarithmic, for values that differ by more than a factor of ten; what is not positive is left out.
     *
     * @return this.
     */
    public LineChart logarithmicY() {
        isLogarithmicY = true;
        return this;
    }

    /**
     * Add a line.
     *
     * @param name in the legend.
     * @param xs where the points are, ascending.
     * @param ys the values there; NaN leaves a gap.
     * @return this.
     * @throws IllegalArgumentException if the arrays differ in length or x does not ascend within its range.
     */
    public LineChart series(final String name, final double[] xs, final double[] ys) {
        return add(new Series(name, null, xs, ys, null, null));
    }

    /**
     * Add points that are good or bad news; lines in the same chart step back behind them.
     *
     * @param name in the legend.
     * @param tone of the news.
     * @param xs where the points are, ascending.
     * @param ys the values there.
     * @return this.
     * @throws IllegalArgumentException if the arrays differ in length or x does not ascend within its range.
     */
    public LineChart points(final String name, final Tone tone, final double[] xs, final double[] ys) {
        return add(new Series(name, tone, xs, ys, null, null));
    }

    /**
     * Add a line whose points have a spread.
     *
     * @param name in the legend.
     * @param xs where the points are, ascending.
     * @param ys the values there; NaN leaves a gap.
     * @param lows lower end of the spread of each.
     * @param highs upper end of the spread of each.
     * @return this.
     * @throws IllegalArgumentException if the arrays differ in length or x does not ascend within its range.
     */
    public LineChart series(
            final String name, final double[] xs, final double[] ys, final double[] lows, final double[] highs) {
        return add(new Series(name, null, xs, ys, lows, highs));
    }

    private LineChart add(final Series added) {
        checkLength(added, "ys", added.ys);
        if (added.lows != null) {
            checkLength(added, "lows", added.lows);
            checkLength(added, "highs", added.highs);
        }
        final double[] xs = added.xs;
        for (int i = 0; i < xs.length; i++) {
            if (!isInRange(xs[i]) || i > 0 && xs[i] <= xs[i - 1]) {
                throw new IllegalArgumentException(
                        "x must ascend within its range: series=" + added.name + ", index=" + i + ", x=" + xs[i]);
            }
        }
        series.add(added);
        return this;
    }

    /**
     * Draw a line across the chart at a value, such as an objective.
     *
     * @param label of the line.
     * @param y the value.
     * @return this.
     */
    public LineChart level(final String label, final double y) {
        levels.add(new Mark(label, y));
        return this;
    }

    /**
     * Draw a line from top to bottom, such as at the end of the warm-up.
     *
     * @param label of the line.
     * @param x where it is.
     * @return this.
     */
    public LineChart moment(final String label, final double x) {
        moments.add(new Mark(label, x));
        return this;
    }

    private boolean isInRange(final double x) {
        return switch (xScale) {
            case PERCENTILE -> x >= 0 && x < 100;
            case LOGARITHMIC -> x > 0 && x < Double.POSITIVE_INFINITY;
            default -> x > Double.NEGATIVE_INFINITY && x < Double.POSITIVE_INFINITY;
        };
    }

    private static void checkLength(final Series added, final String what, final double[] values) {
        if (values.length != added.xs.length) {
            throw new IllegalArgumentException(what + " must be as many as xs: series=" + added.name + ", " + what + "="
                    + values.length + ", xs=" + added.xs.length);
        }
    }

    @Override
    boolean isEmpty() {
        return series.stream().allMatch(line -> line.xs.length == 0);
    }

    @Override
    void writeFields(final JsonGenerator json) throws IOException {
        json.writeStringField("kind", "lines");
        ChartJson.axis(json, "x", xLabel, xUnit, ChartJson.name(xScale));
        ChartJson.axis(json, "y", yLabel, yUnit, isLogarithmicY ? "logarithmic" : "linear");
        json.writeArrayFieldStart("series");
        for (final Series line : series) {
            json.writeStartObject();
            json.writeStringField("name", HtmlText.printable(line.name));
            if (line.tone != null) {
                json.writeStringField("tone", line.tone.styleClass());
            }
            ChartJson.numbers(json, "xs", line.xs);
            ChartJson.numbers(json, "ys", line.ys);
            if (line.lows != null) {
                ChartJson.numbers(json, "lows", line.lows);
                ChartJson.numbers(json, "highs", line.highs);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        writeMarks(json, "levels", levels);
        writeMarks(json, "moments", moments);
    }

    private static void writeMarks(final JsonGenerator json, final String field, final List<Mark> marks)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (final Mark mark : marks) {
            ChartJson.mark(json, mark.label, mark.at);
        }
        json.writeEndArray();
    }

    @Override
    DataTable figures() {
        final SortedSet<Double> xs = new TreeSet<>();
        for (final Series line : series) {
            for (final double x : line.xs) {
                xs.add(x);
            }
        }
        if (xs.size() > MAX_ROWS_OF_FIGURES) {
            return null;
        }
        final DataTable table = new DataTable("").number(xLabel);
        series.forEach(line -> table.number(line.name));
        for (final double x : xs) {
            final List<String> cells = new ArrayList<>();
            cells.add(xUnit.text(x));
            for (final Series line : series) {
                cells.add(cell(line, x));
            }
            table.row(cells.toArray(new String[0]));
        }
        return table;
    }

    private String cell(final Series line, final double x) {
        for (int i = 0; i < line.xs.length; i++) {
            if (line.xs[i] == x) {
                final String value = yUnit.text(line.ys[i]);
                return line.lows == null
                        ? value
                        : value + " (" + yUnit.text(line.lows[i]) + " to " + yUnit.text(line.highs[i]) + ")";
            }
        }
        return "";
    }
}

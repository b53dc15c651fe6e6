package io.eventrouter.loadgen.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What the script is told of charts. */
final class ChartJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private ChartJson() {}

    /** The chart as JSON that can stand in a script element. */
    static String of(final Chart chart) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("title", HtmlText.printable(chart.title()));
            chart.writeFields(json);
            json.writeEndObject();
        } catch (final IOException e) {
            throw new UncheckedIOException("a text cannot fail to be written", e);
        }
        // These occur inside of strings only; escaped, no name can end the element or begin a comment.
        return text.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    static void axis(
            final JsonGenerator json, final String field, final String label, final Unit unit, final String scale)
            throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("label", HtmlText.printable(label));
        json.writeStringField("scale", scale);
        json.writeStringField("ticks", name(unit.ticks()));
        json.writeArrayFieldStart("steps");
        for (final Unit.Step step : unit.steps()) {
            json.writeStartArray();
            json.writeNumber(step.factor());
            json.writeString(step.suffix());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void series(final JsonGenerator json, final String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", HtmlText.printable(name));
        json.writeEndObject();
    }

    static void mark(final JsonGenerator json, final String label, final double at) throws IOException {
        json.writeStartObject();
        json.writeStringField("label", HtmlText.printable(label));
        json.writeNumberField("at", at);
        json.writeEndObject();
    }

    static void numbers(final JsonGenerator json, final String field, final double[] values) throws IOException {
        json.writeArrayFieldStart(field);
        for (final double value : values) {
            number(json, value);
        }
        json.writeEndArray();
    }

    /** A number; null for what JSON has no number for. */
    static void number(final JsonGenerator json, final double value) throws IOException {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            json.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }

    static String name(final Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}

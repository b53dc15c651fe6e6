package io.eventrouter.loadgen.trace;

import com.fasterxml.jackson.core.JsonToken;
import io.eventrouter.loadgen.input.InvalidElementException;
import io.eventrouter.loadgen.input.LineReader;
import io.eventrouter.loadgen.input.Utf8Checker;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonReader;
import io.eventrouter.loadgen.json.JsonValue;
import java.io.IOException;
import java.util.Set;

/** Turns a line of a trace into the fields that any kind of line can have. */
public final class TraceLineParser {
    private static final Set<String> FIELDS = Set.of(
            "type",
            "name",
            "data",
            "coreid",
            "userid",
            "productID",
            "integration",
            "error",
            "device",
            "owner",
            "product_id",
            "quarantined",
            "denied",
            "development",
            "prefix",
            "id",
            "stream",
            "account");

    private final Utf8Checker utf8 = new Utf8Checker();

    /**
     * Read the current line of a reader.
     *
     * @param line to read.
     * @return its fields.
     * @throws InvalidElementException if it is no line of a trace.
     * @throws IOException if it is not JSON.
     */
    public Fields parse(final LineReader line) throws IOException {
        if (line.isTooLong()) {
            throw new InvalidElementException(0, "", "line is longer than " + LineReader.MAX_LINE_LENGTH + " bytes");
        }
        return parse(line.buffer(), line.offset(), line.length());
    }

    /**
     * Read a line that is in memory.
     *
     * @param bytes that hold the line.
     * @param offset of the line.
     * @param length of the line.
     * @return its fields.
     * @throws InvalidElementException if it is no line of a trace.
     * @throws IOException if it is not JSON.
     */
    public Fields parse(final byte[] bytes, final int offset, final int length) throws IOException {
        utf8.reset();
        final int invalid = utf8.firstInvalid(bytes, offset, length);
        if (invalid >= 0) {
            throw new InvalidElementException(0, "", utf8.complaint() + ", column " + (invalid - offset + 1));
        }
        if (!utf8.isComplete()) {
            throw new InvalidElementException(0, "", "is not UTF-8 text: the last character is cut off");
        }
        try (JsonReader reader = JsonReader.ofLine(bytes, offset, length)) {
            final JsonToken first = reader.tokens().nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new InvalidElementException(
                        0, "", "a line must be a JSON object: value=" + (first == null ? "" : reader.describeValue()));
            }
            final JsonValue object = reader.readObject(FIELDS, "");
            if (!reader.isAtEnd()) {
                throw new InvalidElementException(0, "", "nothing may follow the closing brace of the line's object");
            }
            if (object.isEmpty()) {
                throw new InvalidElementException(
                        0, "", "a line must have a name and a coreid, or a type; this one has none of them");
            }
            return new Fields("", object);
        }
    }
}

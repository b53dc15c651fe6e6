package io.eventrouter.loadgen.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.eventrouter.loadgen.input.InvalidElementException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads JSON values from a stream of tokens and leaves out the fields that nobody asks for. */
public final class JsonReader implements AutoCloseable {
    private static final int TYPICAL_FIELDS = 8;
    private static final int MANY_FIELDS = 32;

    // Names are not interned: a long trace with ever new unknown fields would fill the JVM's table. They have to stay
    // canonical, though: without, this parser reads past the end of a line in the middle of a buffer.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final boolean withLines;

    private JsonReader(final JsonParser parser, final boolean withLines) {
        this.parser = parser;
        this.withLines = withLines;
    }

    /**
     * Read a file of many lines.
     *
     * @param in the bytes, which stay the caller's to close.
     * @return the reader, in front of the first token.
     * @throws IOException if the bytes cannot be read.
     */
    public static JsonReader ofFile(final InputStream in) throws IOException {
        return new JsonReader(FACTORY.createParser(in), true);
    }

    /**
     * Read one line; values do not know on which line they are.
     *
     * @param bytes that hold the line.
     * @param offset of the line.
     * @param length of the line.
     * @return the reader, in front of the first token.
     * @throws IOException if the bytes cannot be read.
     */
    public static JsonReader ofLine(final byte[] bytes, final int offset, final int length) throws IOException {
        return new JsonReader(FACTORY.createParser(bytes, offset, length), false);
    }

    /**
     * The tokens.
     *
     * @return the parser.
     */
    public JsonParser tokens() {
        return parser;
    }

    /**
     * The line of the current token.
     *
     * @return the line from 1; 0 if lines were not asked for.
     */
    public int line() {
        return withLines ? parser.currentTokenLocation().getLineNr() : 0;
    }

    /**
     * Read the object that begins at the current token.
     *
     * @param known names of the fields to keep.
     * @param path of the object, for messages.
     * @return the object.
     * @throws IOException if it is not JSON.
     * @throws InvalidElementException if a known field is there twice.
     */
    public JsonValue readObject(final Set<String> known, final String path) throws IOException {
        final int line = line();
        final List<String> names = new ArrayList<>(TYPICAL_FIELDS);
        final List<JsonValue> values = new ArrayList<>(TYPICAL_FIELDS);
        Set<String> seen = null;
        String name = parser.nextFieldName();
        while (name != null) {
            parser.nextToken();
            if (known == null || known.contains(name)) {
                if (names.size() == MANY_FIELDS) {
                    seen = new HashSet<>(names);
                }
                if (seen == null ? names.contains(name) : !seen.add(name)) {
                    throw new InvalidElementException(
                            line(), InvalidElementException.join(path, name), "is there twice");
                }
                names.add(name);
                values.add(readValue(path));
            } else {
                parser.skipChildren();
            }
            name = parser.nextFieldName();
        }
        return JsonValue.ofObject(line, names, values);
    }

    /**
     * Read the value that begins at the current token, with everything in it.
     *
     * @param path of the value, for messages.
     * @return the value.
     * @throws IOException if it is not JSON.
     */
    public JsonValue readValue(final String path) throws IOException {
        final int line = line();
        final JsonToken token = parser.currentToken();
        switch (token) {
            case START_OBJECT:
                return readObject(null, path);
            case START_ARRAY:
                final List<JsonValue> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(readValue(path));
                }
                return JsonValue.ofArray(line, items);
            case VALUE_STRING:
                return JsonValue.ofString(line, parser.getText());
            case VALUE_NUMBER_INT:
                return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? JsonValue.ofOtherNumber(line, parser.getText())
                        : JsonValue.ofWholeNumber(line, parser.getLongValue());
            case VALUE_NUMBER_FLOAT:
                return JsonValue.ofOtherNumber(line, parser.getText());
            case VALUE_TRUE:
            case VALUE_FALSE:
                return JsonValue.ofBoolean(line, token == JsonToken.VALUE_TRUE);
            default:
                return JsonValue.ofNull(line);
        }
    }

    /**
     * The current value as a message shows it; whatever is inside of it is not read.
     *
     * @return the text.
     * @throws IOException if it is not JSON.
     */
    public String describeValue() throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT:
                return JsonKind.OBJECT.words();
            case START_ARRAY:
                return JsonKind.ARRAY.words();
            default:
                return readValue("").toString();
        }
    }

    /**
     * Whether nothing but blanks follows the value that was read.
     *
     * @return true if nothing does.
     * @throws IOException if the bytes cannot be read.
     */
    public boolean isAtEnd() throws IOException {
        try {
            return parser.nextToken() == null;
        } catch (final JsonProcessingException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}

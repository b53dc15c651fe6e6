package io.eventrouter.loadgen.json;

import io.eventrouter.identity.Quoted;
import java.util.List;

/** A JSON value that was read, and the line on which it begins. Immutable. */
public final class JsonValue {
    private final JsonKind kind;
    private final int line;
    private final String text;
    private final long number;
    private final List<String> names;
    private final List<JsonValue> values;

    private JsonValue(
            final JsonKind kind,
            final int line,
            final String text,
            final long number,
            final List<String> names,
            final List<JsonValue> values) {
        this.kind = kind;
        this.line = line;
        this.text = text;
        this.number = number;
        this.names = names;
        this.values = values;
    }

    static JsonValue ofString(final int line, final String text) {
        return new JsonValue(JsonKind.STRING, line, text, 0, List.of(), List.of());
    }

    static JsonValue ofWholeNumber(final int line, final long number) {
        return new JsonValue(JsonKind.WHOLE_NUMBER, line, null, number, List.of(), List.of());
    }

    static JsonValue ofOtherNumber(final int line, final String text) {
        return new JsonValue(JsonKind.OTHER_NUMBER, line, text, 0, List.of(), List.of());
    }

    static JsonValue ofBoolean(final int line, final boolean value) {
        return new JsonValue(JsonKind.BOOLEAN, line, null, value ? 1 : 0, List.of(), List.of());
    }

    static JsonValue ofNull(final int line) {
        return new JsonValue(JsonKind.NULL, line, null, 0, List.of(), List.of());
    }

    static JsonValue ofArray(final int line, final List<JsonValue> items) {
        return new JsonValue(JsonKind.ARRAY, line, null, 0, List.of(), items);
    }

    static JsonValue ofObject(final int line, final List<String> names, final List<JsonValue> values) {
        return new JsonValue(JsonKind.OBJECT, line, null, 0, names, values);
    }

    /**
     * What kind of value this is.
     *
     * @return the kind.
     */
    public JsonKind kind() {
        return kind;
    }

    /**
     * Where the value begins.
     *
     * @return the line in the file from 1; 0 if lines were not asked for.
     */
    public int line() {
        return line;
    }

    /**
     * The text of a string.
     *
     * @return the text.
     */
    public String text() {
        return text;
    }

    /**
     * The value of a whole number.
     *
     * @return the number.
     */
    public long number() {
        return number;
    }

    /**
     * The value of a boolean.
     *
     * @return true or false.
     */
    public boolean isTrue() {
        return number != 0;
    }

    /**
     * The values of an array or of the known fields of an object.
     *
     * @return the values.
     */
    public List<JsonValue> values() {
        return values;
    }

    /**
     * The value of a field of an object.
     *
     * @param name of the field.
     * @return the value, or null without such a field.
     */
    public JsonValue field(final String name) {
        for (int i = 0, size = names.size(); i < size; i++) {
            if (names.get(i).equals(name)) {
                return values.get(i);
            }
        }
        return null;
    }

    /**
     * Whether there are no known fields in an object, or no items in an array.
     *
     * @return true if there are none.
     */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /**
     * The value as a message shows it: quoted and cut.
     *
     * @return the text.
     */
    @Override
    public String toString() {
        switch (kind) {
            case STRING:
                return Quoted.of(text);
            case WHOLE_NUMBER:
                return Long.toString(number);
            case OTHER_NUMBER:
                return text.length() > 32 ? text.substring(0, 32) + "…" : text;
            case BOOLEAN:
                return Boolean.toString(isTrue());
            default:
                return kind.words();
        }
    }
}

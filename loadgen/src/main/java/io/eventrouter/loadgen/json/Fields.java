package io.eventrouter.loadgen.json;

import io.eventrouter.command.Integration;
import io.eventrouter.event.EventLimits;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.input.InvalidElementException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The fields of one JSON object by name and type.
 *
 * <p>Every method takes the name of a field; one that is null counts as absent. Whatever has the wrong type or value is
 * refused with an {@link InvalidElementException} that names path, expectation and value.
 */
public final class Fields {

    private final String path;
    private final JsonValue object;

    /** The fields of an object. */
    public Fields(final String path, final JsonValue object) {
        this.path = path;
        this.object = object;
    }

    /** Whether a field is there and not null. */
    public boolean has(final String name) {
        return valueOrNull(name) != null;
    }

    /** Whether a field is there and neither null nor an empty string. */
    public boolean hasContent(final String name) {
        final JsonValue value = valueOrNull(name);
        return value != null
                && !(value.kind() == JsonKind.STRING && value.text().isEmpty());
    }

    /** A string that has to be there. */
    public String text(final String name) {
        return required(name, JsonKind.STRING).text();
    }

    /** A string that may be absent. */
    public String textOrNull(final String name) {
        final JsonValue value = valueOrNull(name);
        if (value != null && value.kind() != JsonKind.STRING) {
            throw error(name, "must be a string or null: value=" + value);
        }
        return value == null ? null : value.text();
    }

    /** A string that may be absent, or empty to say the same. */
    public String nonEmptyTextOrNull(final String name) {
        final String text = textOrNull(name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** A name, prefix or topic of printable ASCII that has to be there. */
    public String printable(final String name, final int maxLength) {
        return checked(name, text(name), text -> PrintableText.check(name, text, maxLength));
    }

    /** A prefix of event names that has to be there. */
    public String prefix(final String name) {
        return printable(name, EventLimits.MAX_PREFIX_LENGTH);
    }

    /** A boolean that may be absent. */
    public boolean flag(final String name, final boolean otherwise) {
        final Boolean flag = flagOrNull(name);
        return flag == null ? otherwise : flag;
    }

    /** A boolean that may be absent. */
    public Boolean flagOrNull(final String name) {
        final JsonValue value = valueOrNull(name);
        if (value != null && value.kind() != JsonKind.BOOLEAN) {
            throw error(name, "must be true or false: value=" + value);
        }
        return value == null ? null : value.isTrue();
    }

    /** A whole number that has to be there. */
    public int number(final String name, final int min, final int max) {
        final JsonValue value = required(name, JsonKind.WHOLE_NUMBER);
        if (value.number() < min || value.number() > max) {
            throw error(name, "must be in [" + min + ", " + max + "]: value=" + value);
        }
        return (int) value.number();
    }

    /** A whole number of any size that may be absent. */
    public long wholeNumber(final String name, final long otherwise) {
        return has(name) ? required(name, JsonKind.WHOLE_NUMBER).number() : otherwise;
    }

    /** A whole number of any size, not negative, that has to be there. */
    public long count(final String name) {
        final JsonValue value = required(name, JsonKind.WHOLE_NUMBER);
        if (value.number() < 0) {
            throw error(name, "must not be negative: value=" + value);
        }
        return value.number();
    }

    /** A number with or without a fraction that has to be there. */
    public double decimal(final String name) {
        final JsonValue value = valueOrNull(name);
        return value != null && value.kind() == JsonKind.OTHER_NUMBER
                ? Double.parseDouble(value.text())
                : required(name, JsonKind.WHOLE_NUMBER).number();
    }

    /** A product id that has to be there. */
    public int productId(final String name) {
        return number(name, 1, Integer.MAX_VALUE);
    }

    /** The id of a user, customer, organization or device that has to be there. */
    public EntityId id(final String name) {
        return checked(name, text(name), EntityId::parse);
    }

    /** The id of an integration, Logic function or stream: any short text, in lower case. */
    public String textId(final String name) {
        return printable(name, Integration.MAX_ID_LENGTH).toLowerCase(Locale.ROOT);
    }

    /** An array that may be absent. */
    public List<JsonValue> items(final String name) {
        final JsonValue value = valueOrNull(name);
        if (value == null) {
            return List.of();
        }
        return required(name, JsonKind.ARRAY).values();
    }

    /** An array of objects that may be absent. */
    public List<Fields> objects(final String name) {
        final List<Fields> objects = new ArrayList<>();
        for (final JsonValue item : items(name)) {
            final String itemName = itemName(name, objects.size());
            objects.add(
                    new Fields(InvalidElementException.join(path, itemName), require(item, JsonKind.OBJECT, itemName)));
        }
        return objects;
    }

    /** An object that has to be there. */
    public Fields object(final String name) {
        return new Fields(InvalidElementException.join(path, name), required(name, JsonKind.OBJECT));
    }

    /** Convert a text and say where it was if that is refused. */
    public <T> T checked(final String name, final String text, final Function<String, T> conversion) {
        try {
            return conversion.apply(text);
        } catch (final IllegalArgumentException e) {
            throw error(name, e.getMessage());
        }
    }

    /** Check the type of an item of an array. */
    public JsonValue require(final JsonValue item, final JsonKind kind, final String name) {
        if (item.kind() != kind) {
            final String where = InvalidElementException.join(path, name);
            throw new InvalidElementException(item.line(), where, "must be " + kind.words() + ": value=" + item);
        }
        return item;
    }

    /** The name of an item of an array. */
    public static String itemName(final String name, final int index) {
        return name + "[" + index + "]";
    }

    /** What to throw for a field. */
    public InvalidElementException error(final String name, final String what) {
        final String where = name.isEmpty() ? path : InvalidElementException.join(path, name);
        return new InvalidElementException(line(name), where, what);
    }

    /** Where a field begins. */
    public int line(final String name) {
        final JsonValue value = object.field(name);
        return value == null ? object.line() : value.line();
    }

    /** The value of a field, whatever its type. */
    public JsonValue valueOrNull(final String name) {
        final JsonValue value = object.field(name);
        return value == null || value.kind() == JsonKind.NULL ? null : value;
    }

    private JsonValue required(final String name, final JsonKind kind) {
        final JsonValue value = valueOrNull(name);
        if (value == null) {
            throw error(name, "is missing");
        }
        return require(value, kind, name);
    }
}

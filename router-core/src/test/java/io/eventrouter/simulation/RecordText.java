package io.eventrouter.simulation;

import io.eventrouter.command.HookTopics;
import io.eventrouter.identity.EntityId;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes records as one line of text, such as {@code Claim(device=e00fce68aabbccdd00000011, owner=null)}, and reads
 * them again. Ids are hexadecimal, texts are quoted, lists are in brackets; which record it is says its simple name.
 */
public final class RecordText {
    private final String text;
    private int position;

    private RecordText(final String text) {
        this.text = text;
    }

    /** A record as a line, or one of its values. */
    public static String write(final Object value) {
        if (value instanceof String string) {
            return quote(string);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RecordText::write).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof HookTopics topics) {
            return write(new Topics(topics.response().toString(), topics.error().toString(), topics.unchunked()));
        }
        return value instanceof Record record ? writeRecord(record) : String.valueOf(value);
    }

    /** The record, or one of the kinds of a sealed interface, that a line says. */
    public static <T> T read(final Class<T> type, final String line) {
        final RecordText reader = new RecordText(line);
        final T value = type.cast(reader.value(type));
        if (reader.position != line.length()) {
            throw reader.wrong("the end of the line");
        }
        return value;
    }

    /** Topics are not a record. */
    private record Topics(String response, String error, boolean unchunked) {}

    private static String writeRecord(final Record record) {
        return Stream.of(record.getClass().getRecordComponents())
                .map(component -> component.getName() + "=" + write(valueOf(record, component)))
                .collect(Collectors.joining(", ", record.getClass().getSimpleName() + "(", ")"));
    }

    private static Object valueOf(final Record record, final RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (final ReflectiveOperationException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static String quote(final String string) {
        final StringBuilder quoted = new StringBuilder("\"");
        for (final char c : string.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c >= 0x20 && c <= 0x7E) {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        return quoted.append('"').toString();
    }

    private Object value(final Type type) {
        if (type instanceof ParameterizedType list) {
            return list(list.getActualTypeArguments()[0]);
        }
        final Class<?> wanted = (Class<?>) type;
        if (wanted == String.class) {
            return string();
        }
        final String word = word();
        return word.equals("null") ? null : named(wanted, word);
    }

    private Object named(final Class<?> wanted, final String word) {
        if (wanted == int.class || wanted == Integer.class) {
            return Integer.valueOf(word);
        }
        if (wanted == long.class || wanted == Long.class) {
            return Long.valueOf(word);
        }
        if (wanted == boolean.class || wanted == Boolean.class) {
            return Boolean.valueOf(word);
        }
        if (wanted == EntityId.class) {
            return EntityId.parse(word);
        }
        if (wanted == HookTopics.class) {
            final Topics topics = (Topics) record(Topics.class);
            return new HookTopics(topics.response(), topics.error(), topics.unchunked());
        }
        return wanted.isEnum() ? constant(wanted, word) : record(recordNamed(wanted, word));
    }

    private Object constant(final Class<?> type, final String name) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("a constant of " + type.getSimpleName()));
    }

    private Class<?> recordNamed(final Class<?> wanted, final String name) {
        return kindsOf(wanted)
                .filter(kind -> kind.isRecord() && kind.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("a " + wanted.getSimpleName()));
    }

    private static Stream<Class<?>> kindsOf(final Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(RecordText::kindsOf)
                : Stream.of(type);
    }

    private Object record(final Class<?> type) {
        final RecordComponent[] components = type.getRecordComponents();
        final Object[] values = new Object[components.length];
        expect("(");
        for (int i = 0; i < components.length; i++) {
            expect((i == 0 ? "" : ", ") + components[i].getName() + "=");
            values[i] = value(components[i].getGenericType());
        }
        expect(")");
        try {
            final Constructor<?> constructor = type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (final ReflectiveOperationException problem) {
            throw new IllegalArgumentException("cannot be made: " + type.getSimpleName() + " in " + text, problem);
        }
    }

    private List<Object> list(final Type element) {
        final List<Object> elements = new ArrayList<>();
        expect("[");
        while (text.charAt(position) != ']') {
            expect(elements.isEmpty() ? "" : ", ");
            elements.add(value(element));
        }
        expect("]");
        return elements;
    }

    private String string() {
        if (text.startsWith("null", position)) {
            position += 4;
            return null;
        }
        expect("\"");
        final StringBuilder string = new StringBuilder();
        for (char c = text.charAt(position++); c != '"'; c = text.charAt(position++)) {
            string.append(c == '\\' ? escaped() : c);
        }
        return string.toString();
    }

    private char escaped() {
        final char c = text.charAt(position++);
        if (c != 'u') {
            return c;
        }
        position += 4;
        return (char) Integer.parseInt(text.substring(position - 4, position), 16);
    }

    private String word() {
        final int end = IntStream.range(position, text.length())
                .filter(i -> "(),]".indexOf(text.charAt(i)) >= 0)
                .findFirst()
                .orElse(text.length());
        final String word = text.substring(position, end);
        position = end;
        return word;
    }

    private void expect(final String expected) {
        if (!text.startsWith(expected, position)) {
            throw wrong("\"" + expected + "\"");
        }
        position += expected.length();
    }

    private IllegalArgumentException wrong(final String expected) {
        return new IllegalArgumentException("expected " + expected + " at character " + position + " of: " + text);
    }
}

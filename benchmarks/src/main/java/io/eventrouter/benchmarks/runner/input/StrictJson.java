package io.eventrouter.benchmarks.runner.input;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventrouter.identity.Quoted;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import io.eventrouter.loadgen.json.JsonComplaint;
import io.eventrouter.loadgen.output.WholeFile;
import io.eventrouter.loadgen.scenario.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes files of our own formats; what is unknown, missing, there twice or of the wrong type is refused. */
public final class StrictJson {
    private static final Pattern OTHER_TYPE = Pattern.compile("(?s)Cannot coerce .*?\\((.*)\\) to `.*");
    private static final Pattern OUT_OF_RANGE = Pattern.compile("Numeric value \\((.*?)\\) out of range .*");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            // These get as far as the checks of ranges, which refuse them by the name of the field.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    private static final ObjectWriter WRITER =
            MAPPER.writer(new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));

    private StrictJson() {}

    /**
     * Read a file.
     *
     * @param file to read.
     * @param type of what it holds.
     * @param <T> type of what it holds.
     * @return what it holds.
     * @throws BadInputException if it cannot be read or breaks a rule.
     */
    public static <T> T read(final Path file, final Class<T> type) {
        try {
            return read(Files.readAllBytes(file), file.toString(), type);
        } catch (final NoSuchFileException e) {
            throw new BadInputException("no such file: value=" + file);
        } catch (final IOException e) {
            throw new BadInputException("cannot read " + file + ": " + FileComplaint.describe(e));
        }
    }

    /**
     * Read bytes.
     *
     * @param json to read.
     * @param source of the bytes, for messages.
     * @param type of what they hold.
     * @param <T> type of what they hold.
     * @return what they hold.
     * @throws BadInputException if they break a rule.
     */
    public static <T> T read(final byte[] json, final String source, final Class<T> type) {
        try {
            final T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new BadInputException(source + ": must be a JSON object");
            }
            return value;
        } catch (final JsonProcessingException e) {
            throw complaint(source, e);
        } catch (final IOException e) {
            throw new IllegalStateException("memory cannot be read", e);
        }
    }

    /**
     * What to say of a file that breaks a rule of JSON, or of its own.
     *
     * @param source of the bytes.
     * @param cause of the failure.
     * @return the exception to throw.
     */
    public static BadInputException complaint(final String source, final JsonProcessingException cause) {
        return new BadInputException(source + where(cause) + ": " + what(cause));
    }

    /**
     * Write a file, which holds either what it held before or all of the new content, whatever happens meanwhile.
     *
     * @param file to write.
     * @param value for the file.
     * @throws IOException if it cannot be written.
     */
    public static void write(final Path file, final Object value) throws IOException {
        WholeFile.write(file, (WRITER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String where(final JsonProcessingException e) {
        final StringBuilder where = new StringBuilder();
        if (e.getLocation() != null && e.getLocation().getLineNr() > 0) {
            where.append(':').append(e.getLocation().getLineNr());
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            where.append(": ");
            for (final JsonMappingException.Reference step : mapping.getPath()) {
                if (step.getFieldName() == null) {
                    where.append('[').append(step.getIndex()).append(']');
                } else {
                    where.append(where.toString().endsWith(" ") ? "" : ".").append(step.getFieldName());
                }
            }
        }
        return where.toString();
    }

    private static String what(final JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            final List<String> known =
                    unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
            return "is not a known field; " + Nearest.hint(unknown.getPropertyName(), known);
        }
        final String message = e.getOriginalMessage();
        final Throwable cause = e instanceof JsonMappingException ? e.getCause() : e;
        if (cause instanceof JsonParseException notJson && !message.startsWith("Duplicate field")) {
            return JsonComplaint.describe(notJson);
        }
        if (message.startsWith("No content")) {
            return "the file is empty";
        }
        if (message.startsWith("Missing required creator property")) {
            return "is missing";
        }
        final Matcher outOfRange = OUT_OF_RANGE.matcher(message);
        if (outOfRange.matches()) {
            return "is out of range: value=" + outOfRange.group(1);
        }
        if (e instanceof MismatchedInputException mismatch) {
            final Matcher otherType = OTHER_TYPE.matcher(message);
            if (otherType.matches()) {
                return "must be " + kind(mismatch.getTargetType()) + ": value=" + shown(otherType.group(1));
            }
            if (message.matches("(?s)Cannot (deserialize value|construct instance|map `null`) .*")) {
                return "must be " + kind(mismatch.getTargetType());
            }
        }
        return cause instanceof IllegalArgumentException ? cause.getMessage() : message;
    }

    private static String shown(final String value) {
        return value.startsWith("\"") ? Quoted.of(value.substring(1, value.length() - 1)) : value;
    }

    private static String kind(final Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        return "a JSON object";
    }
}

package io.eventrouter.benchmarks.runner.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

/** Reads and writes files of our own formats; what is unknown, missing, there twice or of the wrong type is refused. */
public final class StrictJson {
    // For whoever wrote this program, not for whoever wrote the file.
    private static final String LIBRARY_ADVICE = " \\(but (might|could) if .*";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
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
            return MAPPER.readValue(json, type);
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
        if (e instanceof JsonEOFException) {
            return JsonComplaint.describe(e);
        }
        if (e.getOriginalMessage().startsWith("No content")) {
            return "the file is empty";
        }
        if (e.getOriginalMessage().startsWith("Missing required creator property")) {
            return "is missing";
        }
        if (e instanceof MismatchedInputException mismatch
                && e.getOriginalMessage().matches("(?s)Cannot (deserialize value|construct instance) .*")) {
            return "must be " + kind(mismatch.getTargetType());
        }
        final Throwable cause = e.getCause();
        return cause instanceof IllegalArgumentException
                ? cause.getMessage()
                : e.getOriginalMessage().replaceFirst(LIBRARY_ADVICE, "");
    }

    private static String kind(final Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type == String.class) {
            return "text";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        return "a JSON object";
    }
}

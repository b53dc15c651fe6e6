package io.eventrouter.loadgen.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.CheckedTextStream;
import io.eventrouter.loadgen.input.InvalidElementException;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonComplaint;
import io.eventrouter.loadgen.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Function;

/** A file of a result: one JSON object, of a format that this program knows. */
final class ResultFile {
    private static final long KNOWN_FORMAT = 1;

    private ResultFile() {}

    /**
     * Read a file.
     *
     * @param file to read.
     * @param reading takes what is needed from the object.
     * @return what the reading made of it.
     * @throws BadInputException if there is no such file, or something in it is missing or wrong.
     */
    static <T> T read(final Path file, final Function<Fields, T> reading) {
        final TextSource source = new TextSource(file.toString(), file);
        try (InputStream in = new CheckedTextStream(source.name(), source.open());
                JsonReader reader = JsonReader.ofFile(in)) {
            final Fields fields = object(reader);
            final long format = fields.count("format");
            if (format != KNOWN_FORMAT) {
                throw fields.error(
                        "format",
                        "must be " + KNOWN_FORMAT + ", the one that this version of loadgen reads: value=" + format);
            }
            return reading.apply(fields);
        } catch (final JsonProcessingException e) {
            throw new BadInputException(source.name() + ":" + e.getLocation().getLineNr() + ": not readable as JSON: "
                    + JsonComplaint.describe(e));
        } catch (final InvalidElementException e) {
            throw e.in(source.name());
        } catch (final IOException e) {
            throw source.unreadable(e);
        }
    }

    private static Fields object(final JsonReader reader) throws IOException {
        final JsonToken first = reader.tokens().nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new InvalidElementException(
                    first == null ? 1 : reader.line(),
                    "",
                    "a result must be a JSON object" + (first == null ? ", but the file is empty" : ""));
        }
        final Fields fields = new Fields("", reader.readObject(null, ""));
        if (!reader.isAtEnd()) {
            throw new InvalidElementException(reader.line(), "", "nothing may follow the closing brace");
        }
        return fields;
    }
}

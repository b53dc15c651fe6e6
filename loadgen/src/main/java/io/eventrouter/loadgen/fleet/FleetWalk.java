package io.eventrouter.loadgen.fleet;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One pass over a fleet file, which hands on the elements of some sections and skips the rest. */
final class FleetWalk {
    private final TextSource source;
    private final Map<String, Section> sections;
    private JsonReader reader;
    private JsonParser tokens;

    private FleetWalk(final TextSource source, final Map<String, Section> sections) {
        this.source = source;
        this.sections = sections;
    }

    /** A pass over a file that is well known to be UTF-8. */
    static void read(final TextSource source, final Map<String, Section> sections) {
        try (InputStream in = source.open()) {
            new FleetWalk(source, sections).walk(in);
        } catch (final IOException e) {
            throw source.unreadable(e);
        }
    }

    /** The first pass, which checks that the file is UTF-8. */
    static void check(final TextSource source, final Map<String, Section> sections) {
        try (InputStream in = new CheckedTextStream(source.name(), source.open())) {
            new FleetWalk(source, sections).walk(in);
        } catch (final IOException e) {
            throw source.unreadable(e);
        }
    }

    private void walk(final InputStream in) throws IOException {
        reader = JsonReader.ofFile(in);
        tokens = reader.tokens();
        try {
            readFleet();
        } catch (final JsonProcessingException e) {
            throw new BadInputException(
                    source.name() + ":" + lineOf(e) + ": not readable as JSON: " + JsonComplaint.describe(e));
        } catch (final IllegalArgumentException e) {
            // What the router's own types refuse.
            throw new BadInputException(source.name() + ":" + reader.line() + ": " + e.getMessage());
        } catch (final StackOverflowError e) {
            throw new BadInputException(source.name() + ":" + reader.line() + ": is nested too deeply");
        } catch (final InvalidElementException e) {
            throw e.in(source.name());
        }
    }

    private void readFleet() throws IOException {
        final JsonToken first = tokens.nextToken();
        if (first == null) {
            throw new InvalidElementException(1, "", "a fleet must be a JSON object, but the file is empty");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new InvalidElementException(
                    reader.line(),
                    "",
                    "a fleet must be a JSON object with keys such as users, products and devices: value="
                            + reader.describeValue());
        }
        final Set<String> seen = new HashSet<>();
        String name = tokens.nextFieldName();
        while (name != null) {
            final JsonToken start = tokens.nextToken();
            final Section section = sections.get(name);
            if (section == null || start == JsonToken.VALUE_NULL) {
                tokens.skipChildren();
            } else if (!seen.add(name)) {
                throw new InvalidElementException(reader.line(), name, "is there twice");
            } else {
                readSection(name, section);
            }
            name = tokens.nextFieldName();
        }
        if (!reader.isAtEnd()) {
            throw new InvalidElementException(reader.line(), "", "nothing may follow the fleet's closing brace");
        }
    }

    private void readSection(final String name, final Section section) throws IOException {
        if (tokens.currentToken() != JsonToken.START_ARRAY) {
            throw new InvalidElementException(reader.line(), name, "must be an array: value=" + reader.describeValue());
        }
        for (int i = 0; tokens.nextToken() != JsonToken.END_ARRAY; i++) {
            final String path = Fields.itemName(name, i);
            if (tokens.currentToken() != JsonToken.START_OBJECT) {
                throw new InvalidElementException(
                        reader.line(), path, "must be an object: value=" + reader.describeValue());
            }
            section.accept(new Fields(path, reader.readObject(section.fields(), path)));
        }
    }

    private int lineOf(final JsonProcessingException e) {
        final JsonLocation location = e.getLocation() == null ? tokens.currentLocation() : e.getLocation();
        return location.getLineNr();
    }
}

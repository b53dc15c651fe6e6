package io.eventrouter.loadgen.scenario;

import io.eventrouter.loadgen.input.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in a YAML file, and where it is.
 *
 * @param file name for messages.
 * @param path of the value in the file, such as {@code devices[0].count}; empty for the whole.
 * @param node itself.
 */
record YamlValue(String file, String path, Node node) {
    /** Whether it is one word or text, rather than a list or something with keys. */
    boolean isText() {
        return node.getNodeType() == NodeType.SCALAR && !node.getTag().equals(Tag.NULL);
    }

    String text() {
        if (node.getTag().equals(Tag.NULL)) {
            throw error("has no value");
        }
        if (!isText()) {
            throw error("must be a single value");
        }
        return ((ScalarNode) node).getValue();
    }

    /** The text, converted by something that refuses with an {@link IllegalArgumentException}. */
    <T> T as(final Function<String, T> conversion) {
        try {
            return conversion.apply(text());
        } catch (final IllegalArgumentException e) {
            throw error(e.getMessage());
        }
    }

    List<YamlValue> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("must be a list");
        }
        final List<YamlValue> items = new ArrayList<>();
        for (final Node item : sequence.getValue()) {
            items.add(new YamlValue(file, path + "[" + items.size() + "]", item));
        }
        return items;
    }

    YamlSection section(final String... knownKeys) {
        return new YamlSection(this, List.of(knownKeys));
    }

    BadInputException error(final String what) {
        return new BadInputException(place(file, node) + (path.isEmpty() ? "" : path + ": ") + what);
    }

    /** File and line, as editors understand them. */
    static String place(final String file, final Node node) {
        return file + node.getStartMark().map(YamlValue::line).orElse("") + ": ";
    }

    static String line(final Mark mark) {
        return ":" + (mark.getLine() + 1);
    }
}

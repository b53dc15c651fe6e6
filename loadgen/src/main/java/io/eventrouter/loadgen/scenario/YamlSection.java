package io.eventrouter.loadgen.scenario;

import io.eventrouter.loadgen.input.BadInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A part of a YAML file with known keys, each at most once; anything else is refused. */
final class YamlSection {
    private final YamlValue whole;
    private final Map<String, YamlValue> values = new LinkedHashMap<>();

    YamlSection(final YamlValue whole, final List<String> knownKeys) {
        this.whole = whole;
        if (!(whole.node() instanceof MappingNode mapping)) {
            throw whole.error("must have keys and values: " + String.join(", ", knownKeys));
        }
        for (final NodeTuple entry : mapping.getValue()) {
            final String key = key(entry.getKeyNode());
            if (!knownKeys.contains(key)) {
                throw error(entry.getKeyNode(), key, "unknown key; " + Nearest.hint(key, knownKeys));
            }
            final YamlValue value = new YamlValue(whole.file(), path(key), entry.getValueNode());
            if (values.put(key, value) != null) {
                throw error(entry.getKeyNode(), key, "is there twice");
            }
        }
    }

    boolean has(final String key) {
        return values.containsKey(key);
    }

    YamlValue required(final String key) {
        final YamlValue value = values.get(key);
        if (value == null) {
            throw error(key, "is missing");
        }
        return value;
    }

    Optional<YamlValue> optional(final String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Items of a list; none if the key is missing. */
    List<YamlValue> items(final String key) {
        return optional(key).map(YamlValue::items).orElse(List.of());
    }

    <T> T as(final String key, final Function<String, T> conversion, final T otherwise) {
        return has(key) ? required(key).as(conversion) : otherwise;
    }

    int number(final String key, final int min, final int max) {
        return (int) inRange(required(key), Quantities::number, min, max, "");
    }

    int number(final String key, final int min, final int max, final int otherwise) {
        return has(key) ? number(key, min, max) : otherwise;
    }

    int bytes(final String key, final int min, final int max, final int otherwise) {
        return has(key) ? (int) inRange(required(key), Quantities::bytes, min, max, " bytes") : otherwise;
    }

    long durationNs(final String key, final long min, final long max, final long otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        final YamlValue value = required(key);
        final long ns = value.as(Quantities::durationNs);
        if (ns < min || ns > max) {
            throw value.error("must be " + Quantities.durationText(min) + " to " + Quantities.durationText(max)
                    + ": value=" + value.text());
        }
        return ns;
    }

    double share(final String key, final double otherwise) {
        return as(key, text -> Quantities.share(text, 100), otherwise);
    }

    boolean flag(final String key, final boolean otherwise) {
        return as(
                key,
                text -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        throw new IllegalArgumentException("must be true or false: value=" + text);
                    }
                    return text.equals("true");
                },
                otherwise);
    }

    /** One of some words. */
    String choice(final String key, final List<String> words, final String otherwise) {
        return as(
                key,
                text -> {
                    if (!words.contains(text)) {
                        throw new IllegalArgumentException(
                                "must be one of " + String.join(", ", words) + ": value=" + text);
                    }
                    return text;
                },
                otherwise);
    }

    BadInputException error(final String key, final String what) {
        final YamlValue value = values.get(key);
        return error(value == null ? whole.node() : value.node(), key, what);
    }

    /** An error of the section as a whole. */
    BadInputException error(final String what) {
        return whole.error(what);
    }

    private static long inRange(
            final YamlValue value,
            final Function<String, Long> conversion,
            final long min,
            final long max,
            final String unit) {
        final long number = value.as(conversion);
        if (number < min || number > max) {
            throw value.error("must be in [" + min + ", " + max + "]" + unit + ": value=" + value.text());
        }
        return number;
    }

    private BadInputException error(final Node node, final String key, final String what) {
        return new BadInputException(YamlValue.place(whole.file(), node) + path(key) + ": " + what);
    }

    private String key(final Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw new BadInputException(YamlValue.place(whole.file(), node) + "a key must be a single word");
        }
        return scalar.getValue();
    }

    private String path(final String key) {
        return whole.path().isEmpty() ? key : whole.path() + "." + key;
    }
}

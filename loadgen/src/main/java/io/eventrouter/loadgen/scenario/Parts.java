package io.eventrouter.loadgen.scenario;

import io.eventrouter.event.EventLimits;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.json.PrintableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the small parts that all sections of a scenario file are made of. */
final class Parts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    private static final double MAX_EXPONENT = 3;
    private static final double SHARE_TOLERANCE = 1e-9;

    private Parts() {}

    static String name(final YamlValue value) {
        final String name = value.text();
        if (!NAME.matcher(name).matches()) {
            throw value.error("must be 1 to 40 letters, digits, '-', '_' or '.': value=" + name);
        }
        return name;
    }

    /** Add something under its name, which must be new. */
    static <T> void putNew(final Map<String, T> byName, final YamlSection section, final String name, final T thing) {
        if (byName.put(name, thing) != null) {
            throw section.error("name", "is there twice: value=" + name);
        }
    }

    /** What a name refers to. */
    static <T> T reference(final YamlValue value, final Map<String, T> byName) {
        final T thing = byName.get(value.text());
        if (thing == null) {
            throw value.error("nothing has this name; " + Nearest.hint(value.text(), byName.keySet()) + ": value="
                    + value.text());
        }
        return thing;
    }

    static <T> Optional<T> optionalReference(final YamlSection section, final String key, final Map<String, T> byName) {
        return section.optional(key).map(value -> reference(value, byName));
    }

    static String text(final YamlValue value, final int maxLength) {
        return value.as(text -> PrintableText.check("text", text, maxLength));
    }

    /** A template that fits into a name when it is filled in. */
    static Template template(final YamlValue value, final int topics) {
        final Template template = value.as(Template::parse);
        if (template.hasTopic() && topics == 0) {
            throw value.error("{topic} needs topics, the number of them");
        }
        if (!template.hasTopic() && topics > 0) {
            throw value.error("there are topics, but no {topic}");
        }
        final String longest = template.fill("0".repeat(EntityId.TEXT_LENGTH), Math.max(0, topics - 1));
        value.as(text -> PrintableText.check("what it fills in to", longest, EventLimits.MAX_NAME_LENGTH));
        return template;
    }

    static Skew skew(final YamlSection section, final String key) {
        final Optional<YamlValue> value = section.optional(key);
        if (value.isEmpty()) {
            return Skew.NONE;
        }
        if (value.get().isText()) {
            return value.get().as(text -> {
                if (!text.equals("none")) {
                    throw new IllegalArgumentException("must be none or {zipf: EXPONENT}: value=" + text);
                }
                return Skew.NONE;
            });
        }
        return new Skew(value.get().section("zipf").required("zipf").as(Parts::exponent));
    }

    static Distribution sizes(final YamlSection section, final String key, final long max, final Distribution other) {
        return section.optional(key)
                .map(value -> distribution(value, Quantities::bytes, 0, max))
                .orElse(other);
    }

    static Distribution distribution(
            final YamlValue value, final Function<String, Long> unit, final long min, final long max) {
        if (value.isText()) {
            return new Distribution.Fixed(valueOf(value, unit, min, max));
        }
        final YamlSection section = value.section("uniform", "exponential", "max", "mix");
        final int kinds = count(section, "uniform", "exponential", "mix");
        if (kinds != 1) {
            throw section.error("must be a value, or have one of uniform, exponential, mix");
        }
        if (section.has("max") && !section.has("exponential")) {
            throw section.error("max", "belongs to exponential");
        }
        if (section.has("uniform")) {
            return uniform(section.required("uniform"), unit, min, max);
        }
        return section.has("mix")
                ? mix(section.required("mix"), unit, min, max)
                : new Distribution.Exponential(
                        valueOf(section.required("exponential"), unit, Math.max(1, min), max),
                        section.optional("max")
                                .map(cut -> valueOf(cut, unit, Math.max(1, min), max))
                                .orElse(max));
    }

    static int count(final YamlSection section, final String... keys) {
        int count = 0;
        for (final String key : keys) {
            count += section.has(key) ? 1 : 0;
        }
        return count;
    }

    /** Shares, of all keys that a section may have, which add up to 100%. */
    static double[] shares(final YamlValue value, final String... keys) {
        final YamlSection section = value.section(keys);
        final double[] shares = new double[keys.length];
        for (int i = 0; i < keys.length; i++) {
            shares[i] = section.share(keys[i], 0);
        }
        requireWhole(value, shares);
        return shares;
    }

    private static void requireWhole(final YamlValue value, final double... shares) {
        double sum = 0;
        for (final double share : shares) {
            sum += share;
        }
        if (Math.abs(sum - 1) > SHARE_TOLERANCE) {
            throw value.error("shares must add up to 100%");
        }
    }

    private static Distribution uniform(
            final YamlValue value, final Function<String, Long> unit, final long min, final long max) {
        final List<YamlValue> ends = value.items();
        if (ends.size() != 2) {
            throw value.error("must be the least and the greatest value: [A, B]");
        }
        final long least = valueOf(ends.get(0), unit, min, max);
        final long greatest = valueOf(ends.get(1), unit, min, max);
        if (least > greatest) {
            throw value.error("the least value must come first");
        }
        return new Distribution.Uniform(least, greatest);
    }

    private static Distribution mix(
            final YamlValue value, final Function<String, Long> unit, final long min, final long max) {
        final List<Distribution.Mix.Entry> entries = new ArrayList<>();
        for (final YamlValue item : value.items()) {
            final YamlSection section = item.section("value", "share");
            entries.add(new Distribution.Mix.Entry(
                    valueOf(section.required("value"), unit, min, max),
                    section.required("share").as(text -> Quantities.share(text, 100))));
        }
        requireWhole(
                value,
                entries.stream().mapToDouble(Distribution.Mix.Entry::share).toArray());
        return new Distribution.Mix(entries);
    }

    private static long valueOf(
            final YamlValue value, final Function<String, Long> unit, final long min, final long max) {
        final long number = value.as(unit);
        if (number < min || number > max) {
            throw value.error("must be in [" + min + ", " + max + "]: value=" + value.text());
        }
        return number;
    }

    private static double exponent(final String text) {
        try {
            final double exponent = Double.parseDouble(text);
            if (exponent > 0 && exponent <= MAX_EXPONENT) {
                return exponent;
            }
        } catch (final NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("must be a number above 0 and at most 3: value=" + text);
    }

    /** Things by name, in the order of the file. */
    static <T> Map<String, T> byName() {
        return new LinkedHashMap<>();
    }

    /** What was read under keys that exclude each other. */
    static void requireOneOf(final YamlSection section, final String first, final String second) {
        if (count(section, first, second) != 1) {
            throw section.error("must have one of " + first + " and " + second);
        }
    }
}

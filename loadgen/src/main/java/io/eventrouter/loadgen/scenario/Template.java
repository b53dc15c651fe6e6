package io.eventrouter.loadgen.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * A name with places for the device and the topic.
 *
 * <p>Immutable. Made with {@link #parse(String)}.
 */
public final class Template {
    /** Stands for the 24 hex digits of the device's id. */
    public static final String DEVICE = "{device}";

    /** Stands for the topic. */
    public static final String TOPIC = "{topic}";

    private static final String TOPIC_TEXT = "topic";

    private final String text;
    private final List<String> parts;

    private Template(final String text, final List<String> parts) {
        this.text = text;
        this.parts = parts;
    }

    /**
     * Read a template.
     *
     * @param text of the template.
     * @return the template.
     * @throws IllegalArgumentException if it has a place of another name or twice, or a brace alone.
     */
    public static Template parse(final String text) {
        final List<String> parts = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            final int open = text.indexOf('{', position);
            final int end = open < 0 ? text.length() : open;
            if (end > position) {
                parts.add(text.substring(position, end));
            }
            if (open < 0) {
                break;
            }
            final int close = text.indexOf('}', open);
            final String place = close < 0 ? text.substring(open) : text.substring(open, close + 1);
            if (!place.equals(DEVICE) && !place.equals(TOPIC)) {
                throw new IllegalArgumentException(
                        "may have the places " + DEVICE + " and " + TOPIC + " only: place=" + place);
            }
            if (parts.contains(place)) {
                throw new IllegalArgumentException("may have each place once: place=" + place);
            }
            parts.add(place);
            position = close + 1;
        }
        return new Template(text, List.copyOf(parts));
    }

    /**
     * Fill in the places.
     *
     * @param device text of the device's id.
     * @param topic number of the topic, from 0.
     * @return the name.
     */
    public String fill(final String device, final int topic) {
        final StringBuilder name = new StringBuilder();
        for (final String part : parts) {
            name.append(part.equals(DEVICE) ? device : part.equals(TOPIC) ? topicText(topic) : part);
        }
        return name.toString();
    }

    /**
     * What stands for a topic.
     *
     * @param topic number of the topic, from 0.
     * @return the text.
     */
    public static String topicText(final int topic) {
        return TOPIC_TEXT + topic;
    }

    /**
     * The template in parts: literal text, {@link #DEVICE} and {@link #TOPIC}.
     *
     * @return the parts in order.
     */
    public List<String> parts() {
        return parts;
    }

    /**
     * Whether the device is in it.
     *
     * @return true if it is.
     */
    public boolean hasDevice() {
        return parts.contains(DEVICE);
    }

    /**
     * Whether the topic is in it.
     *
     * @return true if it is.
     */
    public boolean hasTopic() {
        return parts.contains(TOPIC);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Template template && template.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}

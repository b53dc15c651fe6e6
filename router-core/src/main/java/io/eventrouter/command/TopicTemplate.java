package io.eventrouter.command;

import io.eventrouter.event.EventNames;
import io.eventrouter.identity.EntityId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A name with variables, read once and then written for event after event without allocating.
 *
 * <p>Immutable and safe on any thread.
 */
public final class TopicTemplate {
    /** The longest template. */
    public static final int MAX_LENGTH = 255;

    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\{\\{\\s*(\\w+)\\s*\\}\\}\\}|\\{\\{\\s*(\\w+)\\s*\\}\\}");
    private static final byte[] DEVICE_ID = {};
    private static final byte[] EVENT_NAME = {};

    private final String text;
    private final byte[][] parts;
    private final int fixedLength;
    private final int eventNames;

    private TopicTemplate(final String text, final List<byte[]> parts) {
        this.text = text;
        this.parts = parts.toArray(new byte[0][]);
        int length = 0;
        int names = 0;
        for (final byte[] part : this.parts) {
            length += part == DEVICE_ID ? EntityId.TEXT_LENGTH : part.length;
            names += part == EVENT_NAME ? 1 : 0;
        }
        this.fixedLength = length;
        this.eventNames = names;
    }

    static TopicTemplate parse(final String what, final String text) {
        EventNames.check(what, text, 1, MAX_LENGTH);
        final List<byte[]> parts = new ArrayList<>();
        final Matcher matcher = VARIABLE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            parts.add(ascii(text.substring(end, matcher.start())));
            parts.add(variable(matcher.group(1) != null ? matcher.group(1) : matcher.group(2)));
            end = matcher.end();
        }
        parts.add(ascii(text.substring(end)));
        return new TopicTemplate(text, parts);
    }

    /**
     * How long the topic of an event is.
     *
     * @param eventNameLength in bytes.
     * @return bytes.
     */
    public int length(final int eventNameLength) {
        return fixedLength + eventNames * eventNameLength;
    }

    /**
     * Write the topic of an event.
     *
     * @param target to write to.
     * @param offset to write at.
     * @param deviceIdHigh first 64 bits of the id of the device.
     * @param deviceIdLow last 32 bits of the id of the device.
     * @param eventName buffer that starts with the name of the event.
     * @param eventNameLength in bytes.
     * @return the offset behind the topic.
     */
    public int write(
            final MutableDirectBuffer target,
            final int offset,
            final long deviceIdHigh,
            final int deviceIdLow,
            final DirectBuffer eventName,
            final int eventNameLength) {
        int end = offset;
        for (final byte[] part : parts) {
            if (part == DEVICE_ID) {
                EntityId.write(deviceIdHigh, deviceIdLow, target, end);
                end += EntityId.TEXT_LENGTH;
            } else if (part == EVENT_NAME) {
                target.putBytes(end, eventName, 0, eventNameLength);
                end += eventNameLength;
            } else {
                target.putBytes(end, part);
                end += part.length;
            }
        }
        return end;
    }

    @Override
    public String toString() {
        return text;
    }

    private static byte[] variable(final String name) {
        switch (name) {
            case "PARTICLE_DEVICE_ID":
            case "SPARK_CORE_ID":
                return DEVICE_ID;
            case "PARTICLE_EVENT_NAME":
            case "SPARK_EVENT_NAME":
                return EVENT_NAME;
            default:
                return ascii("");
        }
    }

    private static byte[] ascii(final String literal) {
        return literal.getBytes(StandardCharsets.US_ASCII);
    }
}

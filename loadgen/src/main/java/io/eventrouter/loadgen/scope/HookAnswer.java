package io.eventrouter.loadgen.scope;

import io.eventrouter.command.HookTopics;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.EntityId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The events that answer for an integration, by section 5 of docs/routing-rules.md. */
public final class HookAnswer {
    /** Bytes of a chunk, but of the last one. */
    public static final int BYTES_PER_CHUNK = 512;

    /** Bytes of a body beyond which it is cut off. */
    public static final int MAX_BODY_LENGTH = 100_000;

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\{\\s*(\\w+)\\s*}}}|\\{\\{\\s*(\\w+)\\s*}}");

    private HookAnswer() {}

    /**
     * The events of one answer.
     *
     * @param topics of the integration.
     * @param isError whether it is an error.
     * @param device whose event triggered the integration.
     * @param eventName of that event.
     * @param bodyLength in bytes.
     * @return the events in order; none for an empty body.
     */
    public static List<FleetEvent> events(
            final HookTopics topics,
            final boolean isError,
            final EntityId device,
            final String eventName,
            final int bodyLength) {
        final String topic = topic(topics, isError, device, eventName);
        final int length = Math.min(bodyLength, MAX_BODY_LENGTH);
        final List<FleetEvent> events = new ArrayList<>();
        if (topics.unchunked() && !isError) {
            if (length > 0) {
                events.add(new FleetEvent(EventOrigin.HOOK, device, 0, topic, length));
            }
            return events;
        }
        for (int start = 0; start < length; start += BYTES_PER_CHUNK) {
            final String name = topic + "/" + start / BYTES_PER_CHUNK;
            events.add(new FleetEvent(EventOrigin.HOOK, device, 0, name, Math.min(BYTES_PER_CHUNK, length - start)));
        }
        return events;
    }

    private static String topic(
            final HookTopics topics, final boolean isError, final EntityId device, final String eventName) {
        final Matcher variables = VARIABLE.matcher((isError ? topics.error() : topics.response()).toString());
        return variables.replaceAll(found -> Matcher.quoteReplacement(
                value(found.group(1) == null ? found.group(2) : found.group(1), device, eventName)));
    }

    private static String value(final String variable, final EntityId device, final String eventName) {
        switch (variable) {
            case "PARTICLE_DEVICE_ID":
            case "SPARK_CORE_ID":
                return device.toString();
            case "PARTICLE_EVENT_NAME":
            case "SPARK_EVENT_NAME":
                return eventName;
            default:
                return "";
        }
    }
}

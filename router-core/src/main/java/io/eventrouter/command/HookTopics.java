package io.eventrouter.command;

import io.eventrouter.event.EventLimits;
import io.eventrouter.event.EventNames;
import io.eventrouter.identity.EntityId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the events that answer for an integration are named.
 *
 * <p>A topic is a template: {@code {{PARTICLE_DEVICE_ID}}} and {@code {{PARTICLE_EVENT_NAME}}}, in two or three
 * braces, stand for the device and the name of the event that triggered the integration; other variables stand for
 * nothing. The source of the defaults is docs/routing-rules.md, section 5.
 *
 * @param response template for responses.
 * @param error template for errors.
 * @param unchunked whether a response is one event without a suffix rather than chunks of 512 bytes.
 */
public record HookTopics(String response, String error, boolean unchunked) {
    /** Topics of a sandbox integration that names none. */
    public static final HookTopics SANDBOX_DEFAULT = new HookTopics(
            "hook-response/{{PARTICLE_EVENT_NAME}}", "hook-error/{{PARTICLE_EVENT_NAME}}", false);

    /** Topics of a product's or organization's integration that names none. */
    public static final HookTopics PRODUCT_DEFAULT = new HookTopics(
            "{{PARTICLE_DEVICE_ID}}/hook-response/{{PARTICLE_EVENT_NAME}}", SANDBOX_DEFAULT.error, false);

    private static final int MAX_TEMPLATE_LENGTH = 255;
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\{\\s*(\\w+)\\s*\\}\\}\\}|\\{\\{\\s*(\\w+)\\s*\\}\\}");

    public HookTopics {
        EventNames.check("response topic", response, 1, MAX_TEMPLATE_LENGTH);
        EventNames.check("error topic", error, 1, MAX_TEMPLATE_LENGTH);
    }

    /**
     * The topic for one answer, without the number of a chunk. Allocates.
     *
     * @param isError whether the answer is an error.
     * @param device whose event triggered the integration.
     * @param eventName of that event.
     * @return the topic.
     */
    public String topic(final boolean isError, final EntityId device, final String eventName) {
        final Matcher matcher = VARIABLE.matcher(isError ? error : response);
        final StringBuilder topic = new StringBuilder(EventLimits.MAX_CLOUD_NAME_LENGTH);
        while (matcher.find()) {
            final String variable = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            matcher.appendReplacement(topic, Matcher.quoteReplacement(value(variable, device, eventName)));
        }
        return matcher.appendTail(topic).toString();
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

package io.eventrouter.command;

/**
 * How the events that answer for an integration are named.
 *
 * <p>A topic is a template: {@code {{PARTICLE_DEVICE_ID}}} and {@code {{PARTICLE_EVENT_NAME}}}, in two or three
 * braces, stand for the device and the name of the event that triggered the integration, and so do their older names
 * {@code SPARK_CORE_ID} and {@code SPARK_EVENT_NAME}; other variables stand for nothing. The source of the defaults is
 * docs/routing-rules.md, section 5.
 *
 * <p>Immutable and safe on any thread.
 */
public final class HookTopics {
    /** Topics of a sandbox integration that names none. */
    public static final HookTopics SANDBOX_DEFAULT =
            new HookTopics("hook-response/{{PARTICLE_EVENT_NAME}}", "hook-error/{{PARTICLE_EVENT_NAME}}", false);

    /** Topics of a product's or organization's integration that names none. */
    public static final HookTopics PRODUCT_DEFAULT = new HookTopics(
            "{{PARTICLE_DEVICE_ID}}/hook-response/{{PARTICLE_EVENT_NAME}}",
            "hook-error/{{PARTICLE_EVENT_NAME}}",
            false);

    private final TopicTemplate response;
    private final TopicTemplate error;
    private final boolean unchunked;

    /**
     * Topics from their templates.
     *
     * @param response template for responses, 1 to 255 bytes of printable ASCII.
     * @param error template for errors, 1 to 255 bytes of printable ASCII.
     * @param unchunked whether a response is one event without a suffix rather than chunks of 512 bytes; errors are
     *     always chunked.
     */
    public HookTopics(final String response, final String error, final boolean unchunked) {
        this.response = TopicTemplate.parse("response topic", response);
        this.error = TopicTemplate.parse("error topic", error);
        this.unchunked = unchunked;
    }

    /**
     * Template for responses.
     *
     * @return the template.
     */
    public TopicTemplate response() {
        return response;
    }

    /**
     * Template for errors.
     *
     * @return the template.
     */
    public TopicTemplate error() {
        return error;
    }

    /**
     * Whether a response is one event without a suffix.
     *
     * @return true if it is.
     */
    public boolean unchunked() {
        return unchunked;
    }

    @Override
    public String toString() {
        return "HookTopics[response=" + response + ", error=" + error + ", unchunked=" + unchunked + "]";
    }
}

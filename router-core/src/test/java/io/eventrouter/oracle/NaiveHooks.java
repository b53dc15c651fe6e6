package io.eventrouter.oracle;

import io.eventrouter.command.HookTopics;
import io.eventrouter.event.EventOrigin;
import java.util.ArrayList;
import java.util.List;

/** Which events an answer of an integration becomes (docs/routing-rules.md, section 5). */
final class NaiveHooks {
    static final int CHUNK_LENGTH = 512;
    static final int MAX_BODY_LENGTH = 100_000;

    private NaiveHooks() {}

    static List<Publication> events(final Step.HookResponse response) {
        final int length = Math.min(MAX_BODY_LENGTH, response.body().length());
        final String topic = topic(response);
        final List<Publication> events = new ArrayList<>();
        if (length > 0 && response.topics().unchunked() && !response.error()) {
            events.add(event(response, topic, 0, length));
            return events;
        }
        for (int start = 0; start < length; start += CHUNK_LENGTH) {
            final String name = topic + "/" + events.size();
            events.add(event(response, name, start, Math.min(CHUNK_LENGTH, length - start)));
        }
        return events;
    }

    private static Publication event(
            final Step.HookResponse response, final String name, final int start, final int length) {
        return new Publication(
                EventOrigin.HOOK, response.device(), 0, name, response.body().slice(start, length));
    }

    private static String topic(final Step.HookResponse response) {
        final HookTopics topics = response.topics();
        final String template = (response.error() ? topics.error() : topics.response()).toString();
        return template.replace("{{{PARTICLE_DEVICE_ID}}}", response.device().toString())
                .replace("{{PARTICLE_DEVICE_ID}}", response.device().toString())
                .replace("{{{PARTICLE_EVENT_NAME}}}", response.eventName())
                .replace("{{PARTICLE_EVENT_NAME}}", response.eventName())
                .replace("{{PRODUCT_ID}}", "");
    }
}

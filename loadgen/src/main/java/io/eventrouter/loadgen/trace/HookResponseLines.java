package io.eventrouter.loadgen.trace;

import io.eventrouter.command.HookTopics;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventLimits;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.feed.RouterFeed;
import io.eventrouter.loadgen.fleet.FleetDirectory;
import io.eventrouter.loadgen.fleet.Unknown;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.PrintableText;

/** Lines with the answer of an integration to an event of a device. */
final class HookResponseLines {
    private final FleetDirectory directory;
    private final RouterFeed feed;
    private final EventDraft draft = new EventDraft();

    HookResponseLines(final FleetDirectory directory, final RouterFeed feed) {
        this.directory = directory;
        this.feed = feed;
    }

    void publish(final Fields line, final long lineNumber) {
        final String integration = line.textId("integration");
        final HookTopics topics = directory.topics(integration);
        if (topics == null) {
            throw line.error("integration", Unknown.integration(integration));
        }
        final EntityId device = line.id("coreid");
        if (!directory.devices().contains(device)) {
            throw line.error("coreid", Unknown.device(device));
        }
        final String eventName = line.checked(
                "", line.text("name"), text -> PrintableText.check("name", text, EventLimits.MAX_NAME_LENGTH));
        final boolean isError = line.flag("error", false);
        draft.fromHook(device).name(eventName).payload(Payload.of(line)).correlationId(lineNumber);
        final long result = feed.publishHookResponse(topics, isError, draft);
        if (result == PublishResult.INVALID_NAME_LENGTH) {
            throw line.error(
                    "",
                    "topic length must be in [1, " + EventLimits.MAX_CLOUD_NAME_LENGTH
                            + "] with the number of the chunk: length="
                            + (isError ? topics.error() : topics.response()).length(eventName.length()));
        }
        if (result < 0) {
            throw line.error("", draft.explain(result));
        }
    }
}

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
public final class HookResponseLines {
    /**
     * How an answer is to be published.
     *
     * @param topics of the integration that answers.
     * @param isError whether the answer is an error.
     */
    public record Answer(HookTopics topics, boolean isError) {}

    private final FleetDirectory directory;

    /**
     * Lines that refer to a fleet.
     *
     * @param directory of the fleet.
     */
    public HookResponseLines(final FleetDirectory directory) {
        this.directory = directory;
    }

    /**
     * Make a draft of a line.
     *
     * @param draft to fill with the device, the name of the event that it published and the whole body.
     * @param line of type hook-response.
     * @param lineNumber of the line, which comes back with the deliveries.
     * @return how to publish it.
     * @throws io.eventrouter.loadgen.input.InvalidElementException if the line is wrong.
     */
    public Answer fill(final EventDraft draft, final Fields line, final long lineNumber) {
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
        draft.fromHook(device).name(eventName).payload(Payload.ofText(line)).correlationId(lineNumber);
        return new Answer(topics, line.flag("error", false));
    }

    /**
     * Publish a draft that was made of a line.
     *
     * @param feed into the router.
     * @param answer how to publish it.
     * @param draft that was filled.
     * @param line it was made of.
     * @throws io.eventrouter.loadgen.input.InvalidElementException if the router refuses it.
     */
    public void publish(final RouterFeed feed, final Answer answer, final EventDraft draft, final Fields line) {
        final long result = feed.publishHookResponse(answer.topics(), answer.isError(), draft);
        if (result == PublishResult.INVALID_NAME_LENGTH) {
            throw line.error(
                    "",
                    "topic length must be in [1, " + EventLimits.MAX_CLOUD_NAME_LENGTH
                            + "] with the number of the chunk: length="
                            + (answer.isError()
                                            ? answer.topics().error()
                                            : answer.topics().response())
                                    .length(draft.nameLength()));
        }
        if (result < 0) {
            throw line.error("", draft.explain(result));
        }
    }
}

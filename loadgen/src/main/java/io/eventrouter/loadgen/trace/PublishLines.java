package io.eventrouter.loadgen.trace;

import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventNames;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.feed.RouterFeed;
import io.eventrouter.loadgen.fleet.FleetDirectory;
import io.eventrouter.loadgen.fleet.Unknown;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.PrintableText;

/** Lines of events that devices and API calls published, and of those that the cloud told about a device. */
public final class PublishLines {
    private static final String API = "api";
    private static final String CLOUD = "particle-internal";

    private final FleetDirectory directory;

    /**
     * Lines that refer to a fleet.
     *
     * @param directory of the fleet.
     */
    public PublishLines(final FleetDirectory directory) {
        this.directory = directory;
    }

    /**
     * Make a draft of a line.
     *
     * @param draft to fill.
     * @param line without a type.
     * @param lineNumber of the line, which comes back with the deliveries.
     * @throws io.eventrouter.loadgen.input.InvalidElementException if the line is wrong.
     */
    public void fill(final EventDraft draft, final Fields line, final long lineNumber) {
        if (!line.hasContent("coreid")) {
            throw line.error("coreid", "is missing");
        }
        final String source = line.text("coreid");
        draft.name(line.text("name")).payload(Payload.ofPublish(line)).correlationId(lineNumber);
        if (source.equalsIgnoreCase(API)) {
            fromApi(draft, line);
        } else {
            fromDevice(draft, line, source);
        }
    }

    /**
     * Publish a draft that was made of a line.
     *
     * @param feed into the router.
     * @param draft that was filled.
     * @param line it was made of.
     * @throws io.eventrouter.loadgen.input.InvalidElementException if the router refuses it.
     */
    public void publish(final RouterFeed feed, final EventDraft draft, final Fields line) {
        final long result = feed.publish(draft);
        if (result == PublishResult.INVALID_NAME_CHARACTER) {
            throw line.error("", PrintableText.complaint("name", line.text("name")));
        }
        if (result < 0) {
            throw line.error("", draft.explain(result));
        }
    }

    private void fromDevice(final EventDraft draft, final Fields line, final String source) {
        if (source.equalsIgnoreCase(CLOUD)) {
            throw line.error(
                    "coreid",
                    "must be a device or api; answers of integrations are lines of type hook-response: value=" + CLOUD);
        }
        final EntityId device = line.id("coreid");
        if (!directory.devices().contains(device)) {
            throw line.error("coreid", Unknown.device(device));
        }
        // Devices may not use these names, so in a captured stream such an event is one that the cloud made.
        if (EventNames.isReserved(draft.nameBuffer(), 0, draft.nameLength())) {
            draft.fromSystem(device);
        } else {
            draft.fromDevice(device);
        }
    }

    private void fromApi(final EventDraft draft, final Fields line) {
        final EntityId caller = line.hasContent("userid") ? line.id("userid") : null;
        if (caller != null && !directory.isUser(caller)) {
            throw line.error("userid", Unknown.user(caller));
        }
        if (line.has("productID")) {
            final int productId = line.productId("productID");
            if (!directory.isProduct(productId)) {
                throw line.error("productID", Unknown.product(productId));
            }
            draft.toProduct(productId, caller);
        } else if (caller != null) {
            draft.fromUser(caller);
        } else {
            throw line.error("", "an API publish needs a productID or a userid");
        }
    }
}

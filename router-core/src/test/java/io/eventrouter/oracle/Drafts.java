package io.eventrouter.oracle;

import io.eventrouter.event.EventDraft;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes of what a scenario offers what a router takes, in one draft that is used again and again. */
public final class Drafts {
    private final UnsafeBuffer payloads = new UnsafeBuffer(Payload.bytes());
    private final EventDraft draft = new EventDraft();

    /** The draft of an event; valid until the next one is asked for. */
    public EventDraft of(final Publication event, final long correlationId) {
        return from(event)
                .name(event.name())
                .payload(payloads, event.payload().start(), event.payload().length())
                .correlationId(correlationId);
    }

    /** The draft of an answer; valid until the next one is asked for. */
    public EventDraft of(final Step.HookResponse response, final long correlationId) {
        return draft.fromHook(response.device())
                .name(response.eventName())
                .payload(payloads, response.body().start(), response.body().length())
                .correlationId(correlationId);
    }

    private EventDraft from(final Publication event) {
        switch (event.origin()) {
            case DEVICE:
                return draft.fromDevice(event.id());
            case API_USER:
                return draft.fromUser(event.id());
            case API_PRODUCT:
                return draft.toProduct(event.productId(), event.id());
            case LOGIC:
                return draft.fromLogic(event.productId());
            case LOGIC_AS_DEVICE:
                return draft.fromLogicAsDevice(event.id());
            case HOOK:
                return draft.fromHook(event.id());
            default:
                return draft.fromSystem(event.id());
        }
    }
}

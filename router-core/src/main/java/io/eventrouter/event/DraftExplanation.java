package io.eventrouter.event;

import io.eventrouter.identity.EntityId;
import org.agrona.DirectBuffer;

/** Says in a sentence what is wrong with a draft that was refused, with the value and the limit. */
final class DraftExplanation {
    private final EventDraft draft;

    DraftExplanation(final EventDraft draft) {
        this.draft = draft;
    }

    String of(final long code) {
        if (code == PublishResult.INCOMPLETE_DRAFT) {
            return whatIsMissing();
        }
        final EventOrigin origin = draft.origin();
        // Only codes have something to be explained, and only they fit into an int for certain.
        if (origin == null || code >= 0 || code != (int) code) {
            return PublishResult.describe(code);
        }
        switch ((int) code) {
            case (int) PublishResult.INVALID_NAME_LENGTH:
                return nameLength(origin);
            case (int) PublishResult.INVALID_NAME_CHARACTER:
                return "name must be printable ASCII, 0x20 to 0x7E: " + firstUnprintable();
            case (int) PublishResult.PAYLOAD_TOO_LONG:
                return "payload length must be in [0, " + origin.maxPayloadLength() + "]: length="
                        + draft.payloadLength();
            case (int) PublishResult.RESERVED_NAME:
                return "a device may not publish a name that starts with particle or spark: name=" + nameText();
            case (int) PublishResult.NAME_NOT_RESERVED:
                return "a system event must have a name that starts with particle or spark: name=" + nameText();
            case (int) PublishResult.UNKNOWN_DEVICE:
                return "device is not registered: device=" + idText();
            case (int) PublishResult.UNKNOWN_USER:
                return "user is not registered: user=" + idText();
            case (int) PublishResult.UNKNOWN_PRODUCT:
                return "product is not registered: product=" + draft.productId();
            default:
                return PublishResult.describe(code);
        }
    }

    private String whatIsMissing() {
        if (draft.origin() == null) {
            return "draft has no origin";
        }
        if (!draft.hasName()) {
            return "draft has no name, or one that does not lie inside its buffer";
        }
        final DirectBuffer payload = draft.payloadBuffer();
        if (payload == null) {
            return "draft has no payload; an empty one is noPayload()";
        }
        if (!draft.hasPayload()) {
            return "payload must lie inside its buffer: offset=" + draft.payloadOffset() + ", length="
                    + draft.payloadLength() + ", capacity=" + payload.capacity();
        }
        return "an answer of an integration must come from a hook: origin=" + draft.origin();
    }

    private String nameLength(final EventOrigin origin) {
        final int length = draft.nameLength();
        if (origin == EventOrigin.HOOK && length > 0 && length <= origin.maxNameLength()) {
            return "topic length must be in [1, " + origin.maxNameLength() + "]: it is made from name=" + nameText();
        }
        return "name length must be in [1, " + origin.maxNameLength() + "]: length=" + length;
    }

    private String firstUnprintable() {
        final DirectBuffer name = draft.nameBuffer();
        int i = 0;
        while (i < copiedLength() && EventNames.isPrintable(name, i, 1)) {
            i++;
        }
        final int value = name.getByte(i) & 0xFF;
        return "position=" + i + (value == EventDraft.UNPRINTABLE ? "" : String.format(", byte=0x%02x", value));
    }

    private String nameText() {
        return draft.nameBuffer().getStringWithoutLengthAscii(0, copiedLength());
    }

    private String idText() {
        return EntityId.toText(draft.idHigh(), draft.idLow());
    }

    private int copiedLength() {
        return Math.max(0, Math.min(draft.nameLength(), EventLimits.MAX_CLOUD_NAME_LENGTH));
    }
}

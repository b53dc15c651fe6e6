package io.eventrouter.oracle;

import io.eventrouter.event.PublishResult;
import java.util.Map;

/** The codes of refused events by the names that counters and the oracle use. */
public final class PublishCodes {
    static final String TOO_MANY_PENDING_FAN_OUTS = "TOO_MANY_PENDING_FAN_OUTS";

    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(PublishResult.BACK_PRESSURED, "BACK_PRESSURED"),
            Map.entry(PublishResult.CLOSED, "CLOSED"),
            Map.entry(PublishResult.INVALID_NAME_LENGTH, "INVALID_NAME_LENGTH"),
            Map.entry(PublishResult.INVALID_NAME_CHARACTER, "INVALID_NAME_CHARACTER"),
            Map.entry(PublishResult.RESERVED_NAME, "RESERVED_NAME"),
            Map.entry(PublishResult.NAME_NOT_RESERVED, "NAME_NOT_RESERVED"),
            Map.entry(PublishResult.PAYLOAD_TOO_LONG, "PAYLOAD_TOO_LONG"),
            Map.entry(PublishResult.UNKNOWN_DEVICE, "UNKNOWN_DEVICE"),
            Map.entry(PublishResult.UNKNOWN_USER, "UNKNOWN_USER"),
            Map.entry(PublishResult.UNKNOWN_PRODUCT, "UNKNOWN_PRODUCT"),
            Map.entry(PublishResult.INCOMPLETE_DRAFT, "INCOMPLETE_DRAFT"),
            Map.entry(PublishResult.INVALID_REPORT, "INVALID_REPORT"),
            Map.entry(PublishResult.RING_SHARE_EXCEEDED, "RING_SHARE_EXCEEDED"),
            Map.entry(PublishResult.DEVICE_RATE_EXCEEDED, "DEVICE_RATE_EXCEEDED"),
            Map.entry(PublishResult.ACCOUNT_RATE_EXCEEDED, "ACCOUNT_RATE_EXCEEDED"),
            Map.entry(PublishResult.TOO_MANY_PENDING_FAN_OUTS, TOO_MANY_PENDING_FAN_OUTS));

    private PublishCodes() {}

    public static String name(final long code) {
        return NAMES.getOrDefault(code, "unknown code " + code);
    }
}

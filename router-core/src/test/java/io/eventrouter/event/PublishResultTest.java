package io.eventrouter.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishResultTest {
    private static final Map<Long, String> WORDS = Map.ofEntries(
            Map.entry(PublishResult.BACK_PRESSURED, "back-pressured"),
            Map.entry(PublishResult.CLOSED, "closed"),
            Map.entry(PublishResult.INVALID_NAME_LENGTH, "invalid name length"),
            Map.entry(PublishResult.INVALID_NAME_CHARACTER, "invalid name character"),
            Map.entry(PublishResult.RESERVED_NAME, "reserved name"),
            Map.entry(PublishResult.NAME_NOT_RESERVED, "name not reserved"),
            Map.entry(PublishResult.PAYLOAD_TOO_LONG, "payload too long"),
            Map.entry(PublishResult.UNKNOWN_DEVICE, "unknown device"),
            Map.entry(PublishResult.UNKNOWN_USER, "unknown user"),
            Map.entry(PublishResult.UNKNOWN_PRODUCT, "unknown product"),
            Map.entry(PublishResult.INCOMPLETE_DRAFT, "incomplete draft"),
            Map.entry(PublishResult.INVALID_REPORT, "invalid report"),
            Map.entry(PublishResult.TOO_MANY_PENDING_FAN_OUTS, "too many pending fan-outs"),
            Map.entry(PublishResult.RING_SHARE_EXCEEDED, "ring share exceeded"),
            Map.entry(PublishResult.DEVICE_RATE_EXCEEDED, "device rate exceeded"),
            Map.entry(PublishResult.ACCOUNT_RATE_EXCEEDED, "account rate exceeded"));

    @Test
    void shouldDescribeEveryCodeAndNoOtherNumber() {
        assertEquals("accepted", PublishResult.describe(Long.MAX_VALUE));
        assertEquals(PublishResult.class.getFields().length, WORDS.size(), "no code is left out");
        WORDS.forEach((code, words) -> assertEquals(words, PublishResult.describe(code)));
        for (final long other : new long[] {
            PublishResult.ACCOUNT_RATE_EXCEEDED - 1, PublishResult.BACK_PRESSURED - (1L << Integer.SIZE), Long.MIN_VALUE
        }) {
            final Exception refused = assertThrows(IllegalArgumentException.class, () -> PublishResult.describe(other));
            assertEquals("unknown code: code=" + other, refused.getMessage());
        }
    }
}

package io.eventrouter.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PublishResultTest {
    @Test
    void shouldDescribeEveryCodeAndNoOtherNumber() {
        assertEquals("accepted", PublishResult.describe(Long.MAX_VALUE));
        assertEquals("back-pressured", PublishResult.describe(PublishResult.BACK_PRESSURED));
        assertEquals("account rate exceeded", PublishResult.describe(PublishResult.ACCOUNT_RATE_EXCEEDED));
        for (final long other : new long[] {
            PublishResult.ACCOUNT_RATE_EXCEEDED - 1, PublishResult.BACK_PRESSURED - (1L << Integer.SIZE), Long.MIN_VALUE
        }) {
            final Exception refused = assertThrows(IllegalArgumentException.class, () -> PublishResult.describe(other));
            assertEquals("unknown code: code=" + other, refused.getMessage());
        }
    }
}

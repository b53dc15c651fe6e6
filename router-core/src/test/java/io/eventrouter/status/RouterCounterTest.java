package io.eventrouter.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.event.PublishResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouterCounterTest {
    @Test
    void shouldBeThatOfARefusal() {
        assertEquals(RouterCounter.EVENTS_REFUSED_CLOSED, RouterCounter.ofRefusal(PublishResult.CLOSED));
    }

    /** Among them numbers whose lower half is the code of a refusal. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, PublishResult.INVALID_REPORT, 0xffff_ffffL, Long.MIN_VALUE | 0xffff_fffeL, -1_000})
    void shouldRefuseWhatIsNoRefusalOfAnEvent(final long code) {
        final IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> RouterCounter.ofRefusal(code));

        assertEquals("not a refusal of an event: code=" + code, refused.getMessage());
    }
}

package io.eventrouter.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.EntityId;
import org.junit.jupiter.api.Test;

final class EventDraftTest {
    private static EventDraft draft() {
        return new EventDraft().fromHook(EntityId.of(1, 1)).name("temperature");
    }

    @Test
    void aSequenceIsNoRefusalHoweverLarge() {
        // As an int this would be the code of a name that is too long.
        assertEquals("accepted", draft().explain((1L << 32) + PublishResult.INVALID_NAME_LENGTH));
    }

    @Test
    void explainsACodeOfAnotherDraftWithoutFailing() {
        final String words = draft().name("x".repeat(255)).explain(PublishResult.INVALID_NAME_CHARACTER);
        assertTrue(words.startsWith("name must be printable ASCII, 0x20 to 0x7E"), words);
        assertEquals(
                "a device may not publish a name that starts with particle or spark: name=",
                draft().name(null).explain(PublishResult.RESERVED_NAME));
    }
}

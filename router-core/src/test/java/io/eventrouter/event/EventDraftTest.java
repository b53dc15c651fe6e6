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

    @Test
    void saysValueAndLimitsOfWhatItRefuses() {
        final EventDraft draft =
                new EventDraft().fromDevice(EntityId.of(1, 0xab)).payload(new byte[16_385]);
        assertRefused("name length must be in [1, 64]: length=0", draft.name(""));
        assertRefused("name length must be in [1, 64]: length=300", draft.name("x".repeat(300)));
        assertRefused("name must be printable ASCII, 0x20 to 0x7E: position=1, byte=0x1f", draft.name("x\u001f"));
        assertRefused("name must be printable ASCII, 0x20 to 0x7E: position=8", draft.name("x".repeat(8) + "\u00e9"));
        assertRefused("payload length must be in [0, 16384]: length=16385", draft.name("x"));
        draft.noPayload();
        assertRefused(
                "a device may not publish a name that starts with particle or spark: name=sparkle",
                draft.name("sparkle"));
        assertRefused(
                "a system event must have a name that starts with particle or spark: name=status",
                draft.fromSystem(EntityId.of(1, 0xab)).name("status"));
    }

    private static void assertRefused(final String words, final EventDraft draft) {
        assertEquals(words, draft.explain(draft.validate()));
    }

    @Test
    void namesWhatIsNotRegistered() {
        final EventDraft draft = new EventDraft().fromUser(EntityId.of(1, 0xab)).name("x");
        final String id = "0000000000000001000000ab";
        assertEquals("user is not registered: user=" + id, draft.explain(PublishResult.UNKNOWN_USER));
        draft.toProduct(30301, null);
        assertEquals("product is not registered: product=30301", draft.explain(PublishResult.UNKNOWN_PRODUCT));
    }

    @Test
    void saysThatATopicMadeFromANameIsTooLong() {
        assertEquals(
                "topic length must be in [1, 255]: it is made from name=temperature",
                draft().explain(PublishResult.INVALID_NAME_LENGTH));
    }
}

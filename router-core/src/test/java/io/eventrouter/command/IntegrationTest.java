package io.eventrouter.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntegrationTest {
    private static final EntityId ANN = EntityId.of(1, 1);
    private static final EntityId DEVICE = EntityId.of(2, 1);

    @Test
    void shouldKeepTheRestWhenOnePartBecomesAnother() {
        final HookTopics topics = new HookTopics("answers", "failures", true);
        final List<Integer> none = List.of();
        final ScopeId scope = ScopeId.owner(ANN);

        final Integration named = Integration.ofUser("i", ANN, "t").withTopics(topics);
        final Integration limited = named.limitedTo(DEVICE);
        final Integration disabled = limited.enabled(false);

        assertEquals(new Integration("i", scope, none, "t", null, true, topics), named);
        assertEquals(new Integration("i", scope, none, "t", DEVICE, true, topics), limited);
        assertEquals(new Integration("i", scope, none, "t", DEVICE, false, topics), disabled);
        assertEquals(
                new Integration("i", scope, none, "t", DEVICE, false, HookTopics.PRODUCT_DEFAULT),
                disabled.withTopics(HookTopics.PRODUCT_DEFAULT));
    }
}

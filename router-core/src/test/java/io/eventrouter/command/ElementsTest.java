package io.eventrouter.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.identity.EntityId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever gives a list with a null in it is told which list, and where. */
class ElementsTest {
    private static final EntityId ORGANIZATION = EntityId.of(1, 1);

    private static String messageOf(final Runnable mistake) {
        return assertThrows(NullPointerException.class, mistake::run).getMessage();
    }

    @Test
    void shouldNameTheProductThatIsMissing() {
        assertEquals("products", messageOf(() -> Integration.ofOrganization("i", ORGANIZATION, null, "t")));
        assertEquals(
                "products[1]",
                messageOf(() -> Integration.ofOrganization("i", ORGANIZATION, Arrays.asList(7, null), "t")));
    }

    @Test
    void shouldNameTheTriggerThatIsMissing() {
        assertEquals("triggers", messageOf(() -> new LogicFunction("f", true, null)));
        assertEquals(
                "triggers[0]",
                messageOf(() -> new LogicFunction("f", true, Arrays.asList((LogicFunction.Trigger) null))));
    }

    @Test
    void shouldNotFollowWhatTheCallerDoesToTheListLater() {
        final List<Integer> products = new ArrayList<>(List.of(7, 8));
        final Integration integration = Integration.ofOrganization("i", ORGANIZATION, products, "t");

        products.clear();

        assertEquals(List.of(7, 8), integration.products());
    }
}

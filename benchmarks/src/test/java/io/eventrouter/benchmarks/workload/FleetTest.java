package io.eventrouter.benchmarks.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The workload is what its documentation says, and the same each time. */
class FleetTest {
    private static final int EVENTS = 1 << 14;

    @Test
    void shouldGiveEveryProductItsSubscriptionsAndEveryDeviceAnIdOfItsOwn() {
        final Fleet fleet = new Fleet(20_000, 1_000, 42);
        final Map<Integer, Set<String>> prefixes = new HashMap<>();
        final Set<EntityId> ids = new HashSet<>();
        final Set<EntityId> users = new HashSet<>();
        final int[] claimed = new int[1];
        fleet.visit(new Fleet.Visitor() {
            @Override
            public void organization(final EntityId organization) {
                assertTrue(ids.add(organization));
            }

            @Override
            public void product(final int productId, final EntityId organization) {
                assertTrue(ids.contains(organization));
                prefixes.put(productId, new HashSet<>());
            }

            @Override
            public void user(final EntityId user) {
                assertTrue(users.add(user));
            }

            @Override
            public void device(final EntityId device, final int productId, final EntityId owner, final String prefix) {
                assertTrue(ids.add(device));
                claimed[0] += users.contains(owner) ? 1 : 0;
                assertTrue(prefix == null || prefixes.get(productId).add(prefix));
            }
        });

        assertEquals(10, prefixes.size());
        prefixes.values().forEach(ofProduct -> assertEquals(100, ofProduct.size()));
        assertEquals(20_000 / 8 * 7, claimed[0]);
        assertEquals(fleet.users(), users.size());
        assertEquals(20_000 + fleet.organizations(), ids.size());
    }

    @Test
    void shouldMeetOneSubscriberWithEveryEvent() {
        final Fleet fleet = new Fleet(20_000, 1_000, 42);
        final EventSequence events = new EventSequence(fleet, EVENTS, "zipf", 42);
        final NaiveMatches matches = new NaiveMatches(fleet, events);

        assertEquals(EVENTS, matches.ofFirst(EVENTS));
        assertEquals(3L * EVENTS + 17, matches.ofFirst(3L * EVENTS + 17));
    }

    @Test
    void shouldDraftTheSameEventsForTheSameSeed() {
        final Fleet fleet = new Fleet(20_000, 1_000, 42);
        final EventSequence first = new EventSequence(fleet, EVENTS, "zipf", 7);
        final EventSequence second = new EventSequence(fleet, EVENTS, "zipf", 7);
        final EventSequence other = new EventSequence(fleet, EVENTS, "zipf", 8);
        int different = 0;
        for (int i = 0; i < EVENTS; i++) {
            assertEquals(text(first, i), text(second, i));
            different += text(first, i).equals(text(other, i)) ? 0 : 1;
        }

        assertTrue(different > EVENTS / 2);
        assertEquals(text(first, 5), text(first, EVENTS + 5));
    }

    @Test
    void shouldPublishMostFromAFewProductsWhenSkewed() {
        final Fleet fleet = new Fleet(100_000, 100_000, 42);

        assertTrue(shareOfBusiestProduct(fleet, "zipf") > 0.05);
        assertTrue(shareOfBusiestProduct(fleet, "uniform") < 0.01);
    }

    @Test
    void shouldDifferInNothingButTheSubscriptionsOfOtherProducts() {
        final Fleet fleet = new Fleet(20_000, 1_000, 42);
        final Fleet fewSubscribers = fleet.subscribingOnlyIn(3);

        int subscribers = 0;
        for (int i = 0; i < fleet.devices(); i++) {
            assertEquals(fleet.device(i), fewSubscribers.device(i));
            assertEquals(fleet.productOf(i), fewSubscribers.productOf(i));
            assertEquals(fleet.ownerOf(i), fewSubscribers.ownerOf(i));
            assertEquals(fleet.productOf(i) < 3 ? fleet.prefixOf(i) : null, fewSubscribers.prefixOf(i));
            subscribers += fewSubscribers.prefixOf(i) == null ? 0 : 1;
        }
        assertEquals(3 * Fleet.SUBSCRIPTIONS_PER_PRODUCT, subscribers);
        assertThrows(IllegalArgumentException.class, () -> fleet.subscribingOnlyIn(11));
    }

    @Test
    void shouldFitNamesIntoOneSlotWithTheirPayload() {
        for (int i = 0; i < ReadingNames.NAMES; i++) {
            assertTrue(ReadingNames.text(i).length() <= 24, ReadingNames.text(i));
        }
    }

    @Test
    void shouldRefuseNumbersThatDoNotFitTogether() {
        assertThrows(IllegalArgumentException.class, () -> new Fleet(1_000, 150, 42));
        assertThrows(IllegalArgumentException.class, () -> new Fleet(900, 1_000, 42));
        assertThrows(IllegalArgumentException.class, () -> new Fleet(1_001, 1_000, 42));
        final Fleet fleet = new Fleet(1_000, 1_000, 42);
        assertThrows(IllegalArgumentException.class, () -> new EventSequence(fleet, 1_000, "zipf", 42));
        assertThrows(IllegalArgumentException.class, () -> new EventSequence(fleet, 1_024, "normal", 42));
    }

    private static double shareOfBusiestProduct(final Fleet fleet, final String skew) {
        final EventSequence events = new EventSequence(fleet, EVENTS, skew, 42);
        final int[] counts = new int[fleet.products()];
        int most = 0;
        for (int i = 0; i < EVENTS; i++) {
            most = Math.max(most, ++counts[events.product(i)]);
        }
        assertNotEquals(0, most);
        return (double) most / EVENTS;
    }

    private static String text(final EventSequence events, final int event) {
        final EventDraft draft = events.draft(event, new EventDraft());
        assertEquals(0, draft.validate());
        return EntityId.toText(draft.idHigh(), draft.idLow())
                + draft.nameBuffer().getStringWithoutLengthAscii(0, draft.nameLength());
    }
}

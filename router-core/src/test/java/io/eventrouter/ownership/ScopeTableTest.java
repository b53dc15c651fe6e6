package io.eventrouter.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.SeededHash;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table holds as many scopes as it takes, also where the last of them is the first in new memory or of another bit.
 */
class ScopeTableTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 254, 255, 256, 510, 511, 512, 4_094, 4_095, 4_096})
    void shouldHoldAsManyScopesAsItTakes(final int maxScopes) {
        try (ScopeTable scopes = new ScopeTable(new SeededHash(maxScopes), maxScopes)) {
            for (int i = 1; i <= maxScopes; i++) {
                assertFalse(scopes.isFull(), "scopes=" + i);
                final int scope = scopes.addUser(EntityId.of(i, -i));
                assertEquals(0, scopes.entries(scope));
                assertEquals(0, scopes.lengthCounters(scope));
                scopes.entries(scope, i);
                scopes.lengthCounters(scope, -i);
            }
            assertTrue(scopes.isFull());

            assertEquals(scopes.maxCount(), scopes.count());
            for (int i = 1; i <= maxScopes; i++) {
                final int scope = scopes.findOwner(i, -i);
                assertTrue(scope > ScopeTable.NOWHERE && scope <= scopes.count(), "scope=" + scope);
                assertEquals(i, scopes.idHigh(scope));
                assertEquals(i, scopes.entries(scope));
                assertEquals(-i, scopes.lengthCounters(scope));
                assertEquals(scope, scopes.account(scope));
            }
        }
    }

    @Test
    void shouldCountWhatEachOfItsIndexesHolds() {
        final long ofUsers = capacity((scopes, i) -> scopes.addUser(EntityId.of(i, 0)));
        assertEquals(ofUsers, capacity((scopes, i) -> scopes.addOrganization(EntityId.of(i, 0))));
        assertEquals(ofUsers, capacity((scopes, i) -> scopes.addProduct(i, ScopeTable.NOWHERE)));
    }

    // Of a table with so many scopes of one kind that their index has grown; ids are the same for every kind.
    private static long capacity(final ObjIntConsumer<ScopeTable> add) {
        final int count = 10_000;
        try (ScopeTable scopes = new ScopeTable(new SeededHash(1), count)) {
            for (int i = 1; i <= count; i++) {
                add.accept(scopes, i);
            }
            return scopes.capacity();
        }
    }
}

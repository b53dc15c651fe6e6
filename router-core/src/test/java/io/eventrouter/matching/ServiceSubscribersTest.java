package io.eventrouter.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.eventrouter.command.EventStream;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.limits.CommandAdmission;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import org.junit.jupiter.api.Test;

class ServiceSubscribersTest {
    private static final EntityId USER = EntityId.of(1, 1);

    private final SeededHash hash = new SeededHash(1);
    private final BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1 << 20));
    private final ScopeTable scopes = new ScopeTable(hash, 16);
    private final PrefixTable prefixes = new PrefixTable(blocks, scopes, new HashedName(hash));
    private final ServiceSubscribers subscribers = new ServiceSubscribers(
            blocks,
            new DeviceTable(hash, 16),
            scopes,
            prefixes,
            new HashedName(hash),
            new CommandAdmission(new TenantLimits(), 16, 16));

    /**
     * Streams come and go for as long as a router runs: what is kept by handle does not grow with how many there were.
     */
    @Test
    void shouldUseTheHandlesOfThoseThatHaveGoneAgain() {
        final int user = scopes.addUser(USER);
        final SubscriberCursor cursor = new SubscriberCursor(blocks);
        for (int i = 0; i < 100; i++) {
            assertNull(subscribers.open(EventStream.of("first" + i, ScopeId.owner(USER))));
            assertNull(subscribers.open(EventStream.of("second" + i, ScopeId.owner(USER))));

            int handles = 0;
            for (cursor.enter(prefixes.findEverything(user)); cursor.advance(); ) {
                handles |= 1 << cursor.subscriber();
            }
            assertEquals(1 << 1 | 1 << 2, handles);
            subscribers.remove(RecipientKind.STREAM, "first" + i);
            subscribers.remove(RecipientKind.STREAM, "second" + i);
        }
        assertEquals(0, blocks.allocatedBytes());
    }
}

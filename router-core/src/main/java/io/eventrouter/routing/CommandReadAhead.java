package io.eventrouter.routing;

import io.eventrouter.command.Command;
import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.IdIndex;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;

/**
 * Reads what the commands that come next will look at: their devices, the scopes of these, and the first of what they
 * have subscribed to. Commands are carried out one after the other, and each would wait for its own cache misses; here
 * those of all are on their way at once, as in {@link BatchLookup}. Changes nothing, so it does no harm if a command
 * before changes what is read.
 *
 * <p><b>Threading:</b> the routing thread only.
 */
final class CommandReadAhead {
    private final DeviceTable devices;
    private final IdIndex index;
    private final ScopeTable scopes;
    private final BlockMemory matchingMemory;

    private final long[] hashes;
    private final int[] candidates;
    private final long[] positions;
    private final int[] entries;

    /** Keeps the reads alive. */
    private int sink;

    CommandReadAhead(
            final DeviceTable devices,
            final ScopeTable scopes,
            final BlockMemory matchingMemory,
            final int maxCommands) {
        this.devices = devices;
        this.index = devices.index();
        this.scopes = scopes;
        this.matchingMemory = matchingMemory;
        hashes = new long[maxCommands];
        candidates = new int[maxCommands];
        positions = new long[2 * maxCommands];
        entries = new int[maxCommands];
    }

    void read(final Command[] commands, final int count) {
        int ofDevices = 0;
        for (int i = 0; i < count; i++) {
            if (commands[i] instanceof Command.DeviceCommand command) {
                final EntityId device = command.device();
                hashes[ofDevices] = index.hash(device.high(), device.low());
                sink += index.warmPeek(hashes[ofDevices]);
                ofDevices++;
            }
        }
        readRecords(ofDevices);
        readScopesAndEntries(ofDevices);
    }

    private void readRecords(final int count) {
        for (int i = 0; i < count; i++) {
            candidates[i] = index.peek(hashes[i]);
            positions[i] = DeviceTable.position(candidates[i]);
        }
        sink += devices.records().warm(positions, count);
    }

    private void readScopesAndEntries(final int count) {
        int subscribed = 0;
        for (int i = 0; i < count; i++) {
            final int device = candidates[i];
            positions[2 * i] = ScopeTable.position(devices.owner(device));
            positions[2 * i + 1] = ScopeTable.position(devices.product(device));
            entries[subscribed] = devices.subscriptions(device);
            subscribed += entries[subscribed] == 0 ? 0 : 1;
        }
        sink += scopes.records().warm(positions, 2 * count);
        sink += matchingMemory.warm(entries, subscribed, BlockMemory.UNIT_LENGTH);
    }
}

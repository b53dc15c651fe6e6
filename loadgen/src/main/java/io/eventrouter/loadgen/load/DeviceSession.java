package io.eventrouter.loadgen.load;

import io.eventrouter.command.Command;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.scenario.SubscriptionPattern;
import java.util.List;
import java.util.function.Consumer;

/** What a device sends when it connects: that it is there, and what it subscribes to. */
final class DeviceSession {
    private DeviceSession() {}

    /**
     * Begin the session of a device.
     *
     * @return how many subscriptions it has.
     */
    static int begin(final GroupPlan group, final int index, final EntityId device, final Consumer<Command> commands) {
        commands.accept(new Command.GoOnline(device));
        final List<SubscriptionPattern> patterns = group.group.subscriptions();
        int subscriptions = 0;
        for (int pattern = 0; pattern < patterns.size(); pattern++) {
            if (group.subscribes(index, pattern)) {
                for (int place = 0; place < patterns.get(pattern).count(); place++) {
                    commands.accept(new Command.Subscribe(device, group.prefix(index, pattern, place, device)));
                    subscriptions++;
                }
            }
        }
        return subscriptions;
    }
}

package io.eventrouter.oracle;

import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes random commands about integrations, Logic functions and streams, from few ids so that they meet. */
final class RandomSubscribers {
    private static final List<String> IDS = List.of("a", "b", "c", "A", "n".repeat(64));

    private final SplittableRandom random;
    private final ScenarioPools pools;

    RandomSubscribers(final SplittableRandom random, final ScenarioPools pools) {
        this.random = random;
        this.pools = pools;
    }

    Command integration() {
        final Integration integration = enabledIntegration(pools.pick(IDS), pools.prefix());
        return new Command.PutIntegration(integration.enabled(random.nextInt(5) != 0));
    }

    private Integration enabledIntegration(final String id, final String prefix) {
        switch (random.nextInt(3)) {
            case 0:
                final Integration sandbox = Integration.ofUser(id, pools.userOrOther(), prefix);
                return random.nextInt(3) == 0 ? sandbox.limitedTo(pools.deviceOrUnknown()) : sandbox;
            case 1:
                return Integration.ofProduct(id, pools.productOrUnknown(), prefix);
            default:
                return Integration.ofOrganization(id, pools.organizationOrOther(), products(), prefix);
        }
    }

    private List<Integer> products() {
        final List<Integer> products = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            products.add(pools.rarely() ? 99 : pools.pick(pools.products));
        }
        return products;
    }

    Command changeOfIntegration() {
        return random.nextInt(3) == 0
                ? new Command.RemoveIntegration(pools.pick(IDS))
                : new Command.EnableIntegration(pools.pick(IDS), random.nextBoolean());
    }

    Command function() {
        final List<LogicFunction.Trigger> triggers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            triggers.add(new LogicFunction.Trigger(pools.productOrUnknown(), triggerName(), random.nextInt(4) != 0));
        }
        return new Command.PutLogicFunction(new LogicFunction(pools.pick(IDS), random.nextInt(5) != 0, triggers));
    }

    private String triggerName() {
        switch (random.nextInt(6)) {
            case 0:
                return pools.prefix();
            case 1:
                return pools.pick(List.of("hook-error/t/0", "hook-response/t/0", "n".repeat(255), "spark", "t"));
            default:
                return pools.pick(pools.legalNames);
        }
    }

    Command removalOfFunction() {
        return new Command.RemoveLogicFunction(pools.pick(IDS));
    }

    Command stream() {
        final EntityId device = random.nextInt(3) == 0 ? pools.deviceOrUnknown() : null;
        final String prefix = random.nextBoolean() ? "" : pools.prefix();
        return new Command.OpenStream(new EventStream(pools.pick(IDS), scope(), device, prefix));
    }

    private ScopeId scope() {
        switch (random.nextInt(3)) {
            case 0:
                return ScopeId.owner(pools.ownerOrUnknown());
            case 1:
                return ScopeId.product(pools.productOrUnknown());
            default:
                return ScopeId.organization(pools.organizationOrOther());
        }
    }

    Command endOfStream() {
        return new Command.CloseStream(pools.pick(IDS));
    }
}

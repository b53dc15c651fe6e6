package io.eventrouter.loadgen.load;

import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.scenario.AccountGroup;
import io.eventrouter.loadgen.scenario.Broadcast;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The API, when it publishes to products or to streams of users by one pattern. */
final class ApiSource implements EventSource {
    private static final int TOPIC = 1;
    private static final int SIZE = 2;

    private final double perSecond;
    private final int targets;
    private final int firstProduct;
    private final EntityId[] users;
    private final NameTable names;
    private final SizeTable sizes;
    private final DirectBuffer payload;

    ApiSource(final FleetPlan plan, final Broadcast broadcast, final DirectBuffer payload) {
        this.targets = broadcast.sourceCount();
        this.perSecond = targets * broadcast.meanPerSecond();
        this.firstProduct = broadcast.product().map(plan::firstProduct).orElse(0);
        this.users = broadcast.user().map(group -> users(plan, group)).orElse(null);
        this.names = new NameTable(broadcast.name(), broadcast.topics());
        this.sizes = new SizeTable(broadcast.size());
        this.payload = payload;
    }

    private static EntityId[] users(final FleetPlan plan, final AccountGroup group) {
        final EntityId[] users = new EntityId[group.count()];
        for (int i = 0; i < users.length; i++) {
            users[i] = plan.account(group, i).id();
        }
        return users;
    }

    @Override
    public double perSecond() {
        return perSecond;
    }

    @Override
    public int shares() {
        return targets;
    }

    @Override
    public int[] fill(final EventDraft draft, final long publisherBits, final long bits, final UnsafeBuffer scratch) {
        final int target = Mixing.below(targets, publisherBits);
        if (users == null) {
            draft.toProduct(FleetPlan.productId(firstProduct + target), null);
        } else {
            draft.fromUser(users[target]);
        }
        names.name(draft, Mixing.below(names.count(), Mixing.mix(bits, TOPIC)), 0, 0, scratch);
        draft.payload(payload, 0, sizes.draw(Mixing.mix(bits, SIZE)));
        return NOBODY;
    }
}

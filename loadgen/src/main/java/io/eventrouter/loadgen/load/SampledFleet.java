package io.eventrouter.loadgen.load;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.feed.RouterFeed;
import io.eventrouter.loadgen.scenario.AccountGroup;
import io.eventrouter.loadgen.scenario.Attempts;
import io.eventrouter.loadgen.scenario.Broadcast;
import io.eventrouter.loadgen.scenario.ProductGroup;
import io.eventrouter.loadgen.scenario.PublishPattern;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.SubscriptionPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The fleet of a scenario and its events, source by source and without a clock, for those who count what an event costs
 * rather than how long it takes. A source is one pattern by which a group of devices, or the API, publishes.
 *
 * <p><b>Threading:</b> one thread publishes; {@link #outcome} and {@link #subscription} are for the routing thread.
 */
public final class SampledFleet {
    private static final int PAYLOAD_BYTES = 1 << 20;

    /**
     * Something that publishes.
     *
     * @param eventName template of the names.
     * @param eventsPerSecond of all its devices together.
     * @param eventsInRound after so many events, from the first, every product that it publishes in, or every owner of
     *     devices in none, has had as many turns as any other.
     */
    public record Source(String eventName, double eventsPerSecond, int eventsInRound) {}

    private final FleetPlan plan;
    private final long seed;
    private final List<Source> described = new ArrayList<>();
    private final List<EventSource> sources = new ArrayList<>();
    private final List<Rounds> rounds = new ArrayList<>();
    private final Answers answers;
    private final EventDraft draft = new EventDraft();
    private final EventDraft answer = new EventDraft();
    private final UnsafeBuffer scratch = NameTable.scratch();

    /**
     * The fleet of a scenario.
     *
     * @param scenario of the fleet.
     */
    public SampledFleet(final Scenario scenario) {
        plan = new FleetPlan(scenario);
        seed = Mixing.mix(scenario.seed());
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_BYTES]);
        for (final GroupPlan group : plan.groups) {
            for (final PublishPattern pattern : group.group.publishes()) {
                add(pattern.name().toString(), new DeviceSource(plan, group, pattern, payload, seedOf(sources.size())));
            }
        }
        for (final Broadcast broadcast : plan.fleet.broadcasts()) {
            add(broadcast.name().toString(), new ApiSource(plan, broadcast, payload));
        }
        answers = new Answers(plan.fleet.integrations(), payload);
    }

    /** What publishes. */
    public List<Source> sources() {
        return described;
    }

    /** Names of the groups of integrations, by the number that answers are told with. */
    public List<String> integrations() {
        return plan.fleet.integrations().stream().map(group -> group.name()).toList();
    }

    /** How many devices the fleet has. */
    public int deviceCount() {
        return plan.deviceCount();
    }

    /** How many users, organizations, products and customers it has, at most. */
    public int accountLimit() {
        return plan.accountCount() + plan.fleet.productCount() + plan.ownerCount() + 1;
    }

    /**
     * Say how to build the fleet.
     *
     * @param commands takes the commands in order.
     */
    public void load(final Consumer<Command> commands) {
        new FleetLoader(plan, commands).load();
    }

    /**
     * What accounts and products are called in the scenario, by {@code user:…}, {@code organization:…},
     * {@code product:…}.
     */
    public Map<String, String> names() {
        final Map<String, String> names = new TreeMap<>();
        for (final AccountGroup group : plan.fleet.accounts()) {
            for (int i = 0; i < group.count(); i++) {
                names.put(plan.account(group, i).toString(), numbered(group.name(), i, group.count()));
            }
        }
        for (final ProductGroup group : plan.fleet.products()) {
            for (int i = 0; i < group.totalCount(); i++) {
                final int productId = FleetPlan.productId(plan.firstProduct(group) + i);
                names.put("product:" + productId, numbered(group.name(), i, group.totalCount()));
            }
        }
        return names;
    }

    /**
     * Publish an event.
     *
     * @param source that publishes, by its place in {@link #sources()}.
     * @param n of the source's events, counted from 0: draws in rounds, in which all products have their turn.
     * @param feed into the router; deliveries come back with a correlation id that {@link #isForAsking} reads.
     * @return the sequence of the event.
     */
    public long publish(final int source, final long n, final RouterFeed feed) {
        fill(source, n);
        return require(feed.publish(draft.correlationId(correlationId(draft))), draft);
    }

    /**
     * Publish what integrations answer to an event.
     *
     * @param source that published it.
     * @param n of the source's events.
     * @param integration group of integrations, by its place in {@link #integrations()}; others stay silent.
     * @param feed into the router.
     * @return the sequence of the last answer; -1 if there is none.
     */
    public long answer(final int source, final long n, final int integration, final RouterFeed feed) {
        long last = -1;
        for (final int answering : fill(source, n)) {
            if (answering == integration) {
                answers.fill(answer, draft, answering, bits(source, n));
                answer.name(draft.nameBuffer(), 0, draft.nameLength()).correlationId(correlationId(draft));
                last = require(
                        feed.publishHookResponse(
                                answers.topics(answering), answers.isError(answering, bits(source, n)), answer),
                        answer);
            }
        }
        return last;
    }

    /** Whether a delivery is for the device whose event it answers. */
    public static boolean isForAsking(final Delivery delivery) {
        return delivery.event().correlationId() == correlationId(delivery.deviceIdHigh(), delivery.deviceIdLow());
    }

    /**
     * How a device answers an attempt, as the scenario says for its group; a device that does not acknowledge at all
     * is taken to be back for the next event, so it costs three attempts and stays online.
     *
     * @param delivery to a device.
     * @return the outcome, a function of the device and the event.
     */
    public AttemptOutcome outcome(final Delivery delivery) {
        final int device = plan.ids.deviceOf(delivery.deviceIdHigh(), delivery.deviceIdLow());
        final Attempts attempts = plan.groupOf(device).group.attempts();
        if (attempts.first() == 1) {
            return AttemptOutcome.ACKNOWLEDGED_FIRST;
        }
        final double drawn = Mixing.fraction(Mixing.mix(delivery.event().sequence(), device));
        if (drawn < attempts.first()) {
            return AttemptOutcome.ACKNOWLEDGED_FIRST;
        }
        return drawn < attempts.first() + attempts.second()
                ? AttemptOutcome.ACKNOWLEDGED_SECOND
                : AttemptOutcome.ACKNOWLEDGED_THIRD;
    }

    /** The number of the group of a receiving device. */
    public int groupOf(final Delivery delivery) {
        return plan.groupOf(plan.ids.deviceOf(delivery.deviceIdHigh(), delivery.deviceIdLow()))
                .number();
    }

    /**
     * The subscription that a delivery is due to, as the scenario writes it.
     *
     * @param delivery to a device.
     * @return the template of the shortest prefix that matches.
     */
    public String subscription(final Delivery delivery) {
        final int device = plan.ids.deviceOf(delivery.deviceIdHigh(), delivery.deviceIdLow());
        final GroupPlan group = plan.groupOf(device);
        final int index = device - group.firstDevice;
        final EntityId id = plan.ids.device(device);
        final String name = delivery.event().name();
        String shortest = null;
        String template = "";
        for (int pattern = 0; pattern < group.group.subscriptions().size(); pattern++) {
            final SubscriptionPattern subscription = group.group.subscriptions().get(pattern);
            for (int place = 0; group.subscribes(index, pattern) && place < subscription.count(); place++) {
                final String prefix = group.prefix(index, pattern, place, id);
                if (name.startsWith(prefix) && (shortest == null || prefix.length() < shortest.length())) {
                    shortest = prefix;
                    template = subscription.prefix().toString();
                }
            }
        }
        return template;
    }

    private void add(final String eventName, final EventSource source) {
        rounds.add(new Rounds(source.shares(), Mixing.mix(seedOf(sources.size()))));
        sources.add(source);
        described.add(new Source(eventName, source.perSecond(), source.shares()));
    }

    private int[] fill(final int source, final long n) {
        return sources.get(source).fill(draft, rounds.get(source).publisherBits(n), bits(source, n), scratch);
    }

    // Of a source's own: what one draws must say nothing about what another does.
    private long bits(final int source, final long n) {
        return Mixing.mix(seedOf(source), n);
    }

    private long seedOf(final int source) {
        return Mixing.mix(seed, source);
    }

    private static long correlationId(final EventDraft draft) {
        return draft.hasId() ? correlationId(draft.idHigh(), draft.idLow()) : 0;
    }

    // Ids of devices differ in these 64 bits.
    private static long correlationId(final long idHigh, final int idLow) {
        return idHigh << 32 | idLow & 0xFFFF_FFFFL;
    }

    private static long require(final long result, final EventDraft refused) {
        if (result < 0) {
            throw new ReplayFailedException("the router refused an event: " + refused.explain(result), null);
        }
        return result;
    }

    private static String numbered(final String name, final int index, final int count) {
        return count == 1 ? name : name + "-" + (index + 1);
    }
}

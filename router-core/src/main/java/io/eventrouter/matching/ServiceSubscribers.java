package io.eventrouter.matching;

import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.limits.CommandAdmission;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.MemoryExhaustedException;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.agrona.collections.IntArrayList;

/**
 * The integrations, Logic functions and streams that there are, and the entries that lead to them.
 *
 * <p><b>Threading:</b> the routing thread only. Few compared with devices, so their definitions are on the heap.
 */
public final class ServiceSubscribers {
    private static final int[] NO_SCOPES = {};

    private final ScopeTable scopes;
    private final CommandAdmission admission;
    private final ServiceDefinitions definitions;
    private final PrefixTable prefixes;
    private final SubscriberLists lists;
    private final HashedName prefix;

    /** Trees, as a hash map that doubles moves all that are in it: 20 ms for 400,000. */
    private final Map<RecipientKind, Map<String, ServiceSubscriber>> byId = new EnumMap<>(RecipientKind.class);

    private final IntArrayList freeHandles = new IntArrayList();
    private ServiceSubscriber[] byHandle = new ServiceSubscriber[16];
    private int handles;

    /**
     * No subscribers.
     *
     * @param blocks that elements live in.
     * @param devices that subscribers can be limited to.
     * @param scopes that they listen in.
     * @param prefixes that entries are in.
     * @param prefix for this object's own use.
     * @param admission that limits how many there are, and how often they subscribe.
     */
    public ServiceSubscribers(
            final BlockMemory blocks,
            final DeviceTable devices,
            final ScopeTable scopes,
            final PrefixTable prefixes,
            final HashedName prefix,
            final CommandAdmission admission) {
        this.scopes = scopes;
        this.admission = admission;
        definitions = new ServiceDefinitions(devices, scopes);
        this.prefixes = prefixes;
        this.prefix = prefix;
        final ChainHeads heads = new ChainHeads() {
            @Override
            public int head(final int subscriber) {
                return byHandle[subscriber].firstElement();
            }

            @Override
            public void head(final int subscriber, final int element) {
                byHandle[subscriber].firstElement(element);
            }
        };
        this.lists = new SubscriberLists(blocks, prefixes, new LongChains(blocks.memory(), heads));
        for (final RecipientKind kind : RecipientKind.values()) {
            byId.put(kind, new TreeMap<>());
        }
    }

    /**
     * The subscriber with a handle, as it stands in an element.
     *
     * @param handle of the subscriber.
     * @return the subscriber.
     */
    public ServiceSubscriber get(final int handle) {
        return byHandle[handle];
    }

    /**
     * Create or replace an integration.
     *
     * @param integration to put.
     * @return why not, or null.
     * @throws MemoryExhaustedException if there is no memory for it; nothing has changed then.
     */
    public Refusal put(final Integration integration) {
        final Refusal refusal = definitions.check(integration);
        return refusal != null ? refusal : put(definitions.of(integration));
    }

    /**
     * Switch an integration on or off.
     *
     * @param id of the integration.
     * @param enabled whether events trigger it.
     * @return why not, or null.
     * @throws MemoryExhaustedException if there is no memory for it; nothing has changed then.
     */
    public Refusal enable(final String id, final boolean enabled) {
        final ServiceSubscriber subscriber = find(RecipientKind.INTEGRATION, id);
        if (subscriber == null) {
            return Refusal.UNKNOWN_INTEGRATION;
        }
        final ServiceDefinition definition =
                definitions.of(subscriber.definition(Integration.class).enabled(enabled));
        if (enabled) {
            return put(definition);
        }
        replace(subscriber, definition);
        return null;
    }

    /**
     * Create or replace a Logic function.
     *
     * @param function to put.
     * @return why not, or null.
     * @throws MemoryExhaustedException if there is no memory for it; nothing has changed then.
     */
    public Refusal put(final LogicFunction function) {
        final Refusal refusal = definitions.check(function);
        return refusal != null ? refusal : put(definitions.of(function));
    }

    /**
     * Open a stream.
     *
     * @param stream to open.
     * @return why not, or null.
     * @throws MemoryExhaustedException if there is no memory for it; nothing has changed then.
     */
    public Refusal open(final EventStream stream) {
        final Refusal refusal = definitions.check(stream);
        if (refusal != null) {
            return refusal;
        }
        return find(RecipientKind.STREAM, stream.id()) != null
                ? Refusal.ALREADY_REGISTERED
                : put(definitions.of(stream));
    }

    /**
     * Remove an integration, Logic function or stream.
     *
     * @param kind of subscriber.
     * @param id of the subscriber.
     * @return false if there is none.
     */
    public boolean remove(final RecipientKind kind, final String id) {
        final ServiceSubscriber subscriber = find(kind, id);
        if (subscriber == null) {
            return false;
        }
        while (subscriber.firstElement() != 0) {
            lists.remove(subscriber.firstElement());
        }
        admission.servicesChanged(subscriber.scopes(), -1);
        forget(subscriber);
        return true;
    }

    private Refusal put(final ServiceDefinition definition) {
        final ServiceSubscriber existing = find(definition.kind(), definition.id());
        final int[] accounts = IntStream.of(definition.scopes())
                .map(scopes::account)
                .distinct()
                .toArray();
        final Refusal refusal = admit(definition.scopes(), existing == null ? NO_SCOPES : existing.scopes(), accounts);
        if (refusal != null) {
            return refusal;
        }
        if (existing != null) {
            replace(existing, definition);
        } else {
            add(definition);
        }
        for (final int account : accounts) {
            admission.subscribed(0, account);
        }
        return null;
    }

    private Refusal admit(final int[] scopesAfter, final int[] scopesBefore, final int[] accounts) {
        final int[] before = scopesBefore.clone();
        Arrays.sort(before);
        Refusal refusal = null;
        for (int i = 0; i < scopesAfter.length && refusal == null; i++) {
            refusal =
                    Arrays.binarySearch(before, scopesAfter[i]) >= 0 ? null : admission.oneMoreService(scopesAfter[i]);
        }
        return refusal != null ? refusal : admission.subscribe(accounts);
    }

    private void add(final ServiceDefinition definition) {
        final ServiceSubscriber subscriber = create(definition.kind(), definition.id());
        try {
            replace(subscriber, definition);
        } catch (final MemoryExhaustedException problem) {
            forget(subscriber);
            throw problem;
        }
    }

    // New elements go to the front of the chain; only when all are there the old ones, which are behind them, go.
    private void replace(final ServiceSubscriber subscriber, final ServiceDefinition definition) {
        final int added = add(subscriber, definition.subscriptions());
        int element = subscriber.firstElement();
        for (int i = 0; i < added; i++) {
            element = lists.next(element);
        }
        // No two old ones are of the same entry, so the next one stays where it is when one goes.
        while (element != 0) {
            final int next = lists.next(element);
            lists.remove(element);
            element = next;
        }
        admission.servicesChanged(subscriber.scopes(), -1);
        admission.servicesChanged(definition.scopes(), 1);
        subscriber.define(definition.description(), definition.device(), definition.scopes());
    }

    // All of them or none; returns how many they are.
    private int add(final ServiceSubscriber subscriber, final Set<ServiceDefinition.Subscription> subscriptions) {
        int added = 0;
        try {
            for (final ServiceDefinition.Subscription subscription : subscriptions) {
                prefix.copyOf(subscription.text());
                lists.add(
                        prefixes.findOrAdd(subscription.scope(), subscription.entryKind(), prefix),
                        subscriber.handle(),
                        0);
                added++;
            }
        } catch (final MemoryExhaustedException problem) {
            for (; added > 0; added--) {
                lists.remove(subscriber.firstElement());
            }
            throw problem;
        }
        return added;
    }

    private void forget(final ServiceSubscriber subscriber) {
        byId.get(subscriber.kind()).remove(subscriber.id());
        byHandle[subscriber.handle()] = null;
        freeHandles.addInt(subscriber.handle());
    }

    private ServiceSubscriber find(final RecipientKind kind, final String id) {
        return byId.get(kind).get(id);
    }

    private ServiceSubscriber create(final RecipientKind kind, final String id) {
        final int handle = freeHandles.isEmpty() ? ++handles : freeHandles.popInt();
        if (handle == byHandle.length) {
            byHandle = Arrays.copyOf(byHandle, handle * 2);
        }
        byHandle[handle] = new ServiceSubscriber(kind, id, handle);
        byId.get(kind).put(id, byHandle[handle]);
        return byHandle[handle];
    }
}

package io.eventrouter.matching;

import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.agrona.collections.IntArrayList;

/**
 * The integrations, Logic functions and streams that there are, and the entries that lead to them.
 *
 * <p><b>Threading:</b> the routing thread only. Few compared with devices, so their definitions are on the heap.
 */
public final class ServiceSubscribers {
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final PrefixTable prefixes;
    private final SubscriberLists lists;
    private final HashedName prefix;
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
     */
    public ServiceSubscribers(
            final BlockMemory blocks,
            final DeviceTable devices,
            final ScopeTable scopes,
            final PrefixTable prefixes,
            final HashedName prefix) {
        this.devices = devices;
        this.scopes = scopes;
        this.prefixes = prefixes;
        this.prefix = prefix;
        this.lists = new SubscriberLists(blocks, prefixes, new ChainHeads() {
            @Override
            public int head(final int subscriber) {
                return byHandle[subscriber].firstElement();
            }

            @Override
            public void head(final int subscriber, final int element) {
                byHandle[subscriber].firstElement(element);
            }
        });
        for (final RecipientKind kind : RecipientKind.values()) {
            byId.put(kind, new HashMap<>());
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
     */
    public Refusal put(final Integration integration) {
        final Refusal refusal = check(integration);
        if (refusal != null) {
            return refusal;
        }
        final ServiceSubscriber subscriber = findOrAdd(RecipientKind.INTEGRATION, integration.id());
        subscriber.device(handleOf(integration.device()));
        replace(subscriber, integration);
        return null;
    }

    /**
     * Switch an integration on or off.
     *
     * @param id of the integration.
     * @param enabled whether events trigger it.
     * @return why not, or null.
     */
    public Refusal enable(final String id, final boolean enabled) {
        final ServiceSubscriber subscriber = find(RecipientKind.INTEGRATION, id);
        if (subscriber == null) {
            return Refusal.UNKNOWN_INTEGRATION;
        }
        replace(subscriber, subscriber.definition(Integration.class).enabled(enabled));
        return null;
    }

    /**
     * Create or replace a Logic function.
     *
     * @param function to put.
     * @return why not, or null.
     */
    public Refusal put(final LogicFunction function) {
        for (final LogicFunction.Trigger trigger : function.triggers()) {
            if (scopes.findProduct(trigger.productId()) == 0) {
                return Refusal.UNKNOWN_PRODUCT;
            }
        }
        final ServiceSubscriber subscriber = findOrAdd(RecipientKind.LOGIC_FUNCTION, function.id());
        removeElements(subscriber);
        subscriber.definition(function);
        if (function.enabled()) {
            for (final LogicFunction.Trigger trigger : new LinkedHashSet<>(function.triggers())) {
                if (trigger.enabled()) {
                    install(subscriber, scopes.findProduct(trigger.productId()), EntryKind.EXACT, trigger.eventName());
                }
            }
        }
        return null;
    }

    /**
     * Open a stream.
     *
     * @param stream to open.
     * @return why not, or null.
     */
    public Refusal open(final EventStream stream) {
        final Refusal refusal = check(stream.scope(), false, stream.device());
        if (refusal != null) {
            return refusal;
        }
        if (find(RecipientKind.STREAM, stream.id()) != null) {
            return Refusal.ALREADY_REGISTERED;
        }
        final ServiceSubscriber subscriber = findOrAdd(RecipientKind.STREAM, stream.id());
        subscriber.device(handleOf(stream.device()));
        subscriber.definition(stream);
        install(subscriber, scope(stream.scope()), EntryKind.SERVICE, stream.prefix());
        return null;
    }

    /**
     * Remove an integration, Logic function or stream.
     *
     * @param kind of subscriber.
     * @param id of the subscriber.
     * @return false if there is none.
     */
    public boolean remove(final RecipientKind kind, final String id) {
        final ServiceSubscriber subscriber = byId.get(kind).remove(id);
        if (subscriber == null) {
            return false;
        }
        removeElements(subscriber);
        byHandle[subscriber.handle()] = null;
        freeHandles.addInt(subscriber.handle());
        return true;
    }

    private void replace(final ServiceSubscriber subscriber, final Integration integration) {
        removeElements(subscriber);
        subscriber.definition(integration);
        if (!integration.enabled()) {
            return;
        }
        if (integration.scope().kind() != ScopeId.Kind.ORGANIZATION) {
            install(subscriber, scope(integration.scope()), EntryKind.SERVICE, integration.prefix());
            return;
        }
        final int organization = scope(integration.scope());
        for (final int productId : new LinkedHashSet<>(integration.products())) {
            final int product = scopes.findProduct(productId);
            if (scopes.organization(product) == organization) {
                install(subscriber, product, EntryKind.SERVICE, integration.prefix());
            }
        }
    }

    private void install(final ServiceSubscriber subscriber, final int scope, final int kind, final String text) {
        lists.add(prefixes.findOrAdd(scope, kind, prefix.copyOf(text)), subscriber.handle(), 0);
    }

    private void removeElements(final ServiceSubscriber subscriber) {
        while (subscriber.firstElement() != 0) {
            lists.remove(subscriber.firstElement());
        }
    }

    private ServiceSubscriber find(final RecipientKind kind, final String id) {
        return byId.get(kind).get(id);
    }

    private ServiceSubscriber findOrAdd(final RecipientKind kind, final String id) {
        return byId.get(kind).computeIfAbsent(id, newId -> {
            final int handle = freeHandles.isEmpty() ? ++handles : freeHandles.popInt();
            if (handle == byHandle.length) {
                byHandle = Arrays.copyOf(byHandle, handle * 2);
            }
            byHandle[handle] = new ServiceSubscriber(kind, newId, handle);
            return byHandle[handle];
        });
    }

    private Refusal check(final Integration integration) {
        final List<Integer> products = integration.products();
        for (final int productId : products) {
            if (scopes.findProduct(productId) == 0) {
                return Refusal.UNKNOWN_PRODUCT;
            }
        }
        return check(integration.scope(), true, integration.device());
    }

    private Refusal check(final ScopeId scope, final boolean onlyUsers, final EntityId device) {
        if (scope(scope) == 0 || onlyUsers && isCustomer(scope)) {
            return switch (scope.kind()) {
                case OWNER -> Refusal.UNKNOWN_OWNER;
                case PRODUCT -> Refusal.UNKNOWN_PRODUCT;
                case ORGANIZATION -> Refusal.UNKNOWN_ORGANIZATION;
            };
        }
        return device != null && handleOf(device) == 0 ? Refusal.UNKNOWN_DEVICE : null;
    }

    private boolean isCustomer(final ScopeId scope) {
        return scopes.kind(scope(scope)) == ScopeTable.KIND_CUSTOMER;
    }

    private int scope(final ScopeId scope) {
        return switch (scope.kind()) {
            case OWNER -> scopes.findOwner(scope.id().high(), scope.id().low());
            case PRODUCT -> scopes.findProduct(scope.productId());
            case ORGANIZATION -> scopes.findOrganization(scope.id());
        };
    }

    private int handleOf(final EntityId device) {
        return device == null ? 0 : devices.find(device.high(), device.low());
    }
}

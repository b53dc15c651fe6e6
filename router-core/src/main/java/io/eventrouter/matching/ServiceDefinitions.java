package io.eventrouter.matching;

import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.matching.ServiceDefinition.Subscription;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import java.util.LinkedHashSet;
import java.util.Set;

/** Looks up what integrations, Logic functions and streams name: whether all of it is registered, and its handles. */
final class ServiceDefinitions {
    private final DeviceTable devices;
    private final ScopeTable scopes;

    ServiceDefinitions(final DeviceTable devices, final ScopeTable scopes) {
        this.devices = devices;
        this.scopes = scopes;
    }

    /** Returns why an integration cannot be put, or null. */
    Refusal check(final Integration integration) {
        for (final int productId : integration.products()) {
            if (scopes.findProduct(productId) == 0) {
                return Refusal.UNKNOWN_PRODUCT;
            }
        }
        return check(integration.scope(), true, integration.device());
    }

    /** Returns why a Logic function cannot be put, or null. */
    Refusal check(final LogicFunction function) {
        for (final LogicFunction.Trigger trigger : function.triggers()) {
            if (scopes.findProduct(trigger.productId()) == 0) {
                return Refusal.UNKNOWN_PRODUCT;
            }
        }
        return null;
    }

    /** Returns why a stream cannot be opened, or null. */
    Refusal check(final EventStream stream) {
        return check(stream.scope(), false, stream.device());
    }

    ServiceDefinition of(final Integration integration) {
        final int scope = scope(integration.scope());
        final Set<Subscription> subscriptions = new LinkedHashSet<>();
        if (integration.enabled() && integration.scope().kind() != ScopeId.Kind.ORGANIZATION) {
            subscriptions.add(new Subscription(scope, EntryKind.SERVICE, integration.prefix()));
        } else if (integration.enabled()) {
            for (final int productId : integration.products()) {
                final int product = scopes.findProduct(productId);
                if (scopes.organization(product) == scope) {
                    subscriptions.add(new Subscription(product, EntryKind.SERVICE, integration.prefix()));
                }
            }
        }
        return new ServiceDefinition(
                RecipientKind.INTEGRATION,
                integration.id(),
                integration,
                handleOf(integration.device()),
                new int[] {scope},
                subscriptions);
    }

    ServiceDefinition of(final LogicFunction function) {
        final Set<Subscription> subscriptions = new LinkedHashSet<>();
        for (final LogicFunction.Trigger trigger : function.triggers()) {
            if (function.enabled() && trigger.enabled()) {
                final int product = scopes.findProduct(trigger.productId());
                subscriptions.add(new Subscription(product, EntryKind.EXACT, trigger.eventName()));
            }
        }
        final int[] products = function.triggers().stream()
                .mapToInt(trigger -> scopes.findProduct(trigger.productId()))
                .distinct()
                .toArray();
        return new ServiceDefinition(RecipientKind.LOGIC_FUNCTION, function.id(), function, 0, products, subscriptions);
    }

    ServiceDefinition of(final EventStream stream) {
        final int scope = scope(stream.scope());
        return new ServiceDefinition(
                RecipientKind.STREAM,
                stream.id(),
                stream,
                handleOf(stream.device()),
                new int[] {scope},
                Set.of(new Subscription(scope, EntryKind.SERVICE, stream.prefix())));
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

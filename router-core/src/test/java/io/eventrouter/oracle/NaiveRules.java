package io.eventrouter.oracle;

import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules of docs/routing-rules.md as questions about a fleet and an event, each answered in the words of the page.
 *
 * <p>A scope is text: {@code user:<id>} for a user or customer, {@code product:<id>} for a product. The scope of an
 * organization follows from that of its products.
 */
class NaiveRules {
    final NaiveFleet fleet;
    final Policies policies;
    private final NaiveRefusals refusals;

    NaiveRules(final NaiveFleet fleet, final Policies policies) {
        this.fleet = fleet;
        this.policies = policies;
        this.refusals = new NaiveRefusals(fleet);
    }

    /** Section 1. */
    boolean inGoodStanding(final NaiveDevice device) {
        return device.productId != 0 && !device.quarantined && !device.denied;
    }

    /** Section 2: reserved by name, whatever the origin. */
    boolean isSystemEvent(final Publication event) {
        return refusals.isReserved(event.name());
    }

    /** Section 3. */
    Set<String> scopesOf(final Publication event) {
        switch (event.origin()) {
            case API_USER:
                return Set.of(userScope(event.id()));
            case API_PRODUCT:
            case LOGIC:
                return Set.of(productScope(event.productId()));
            case HOOK:
                return scopesOfHook(fleet.devices.get(event.id()));
            default:
                return scopesOfDevice(fleet.devices.get(event.id()));
        }
    }

    Set<String> scopesOfDevice(final NaiveDevice device) {
        final Set<String> scopes = new TreeSet<>();
        if (device.isClaimed()) {
            scopes.add(userScope(device.owner));
        }
        if (inGoodStanding(device)) {
            scopes.add(productScope(device.productId));
        }
        return scopes;
    }

    /** Section 3, and section 4 for the era before: only the owner hears of hooks. */
    Set<String> scopesOfHook(final NaiveDevice device) {
        final Set<String> scopes = scopesOfDevice(device);
        if (policies.isBefore()) {
            scopes.removeIf(scope -> scope.startsWith("product:"));
        }
        return scopes;
    }

    /** Section 4, first row, but for presence, size and pause. */
    boolean matches(final NaiveDevice device, final Publication event, final Set<String> scopes) {
        if (isSystemEvent(event) && !(event.hasDevice() && event.id().equals(device.id))) {
            return false;
        }
        final boolean isSubscribed =
                device.subscriptions.stream().anyMatch(prefix -> matchesPrefix(prefix, event.name()));
        return isSubscribed && (hearsThroughOwner(device, event, scopes) || hearsThroughProduct(device, event, scopes));
    }

    boolean hearsThroughOwner(final NaiveDevice device, final Publication event, final Set<String> scopes) {
        if (!device.isClaimed()) {
            return false;
        }
        if (policies.isBefore() && event.origin() == EventOrigin.API_PRODUCT) {
            return device.owner.equals(event.id());
        }
        return scopes.contains(userScope(device.owner));
    }

    boolean hearsThroughProduct(final NaiveDevice device, final Publication event, final Set<String> scopes) {
        return !policies.isBefore()
                && inGoodStanding(device)
                && scopes.contains(productScope(device.productId))
                && isHeardThroughProduct(device, event);
    }

    /** Section 4, the policy on product scope. */
    boolean isHeardThroughProduct(final NaiveDevice device, final Publication event) {
        final boolean isPublishedByDevice =
                event.origin() == EventOrigin.DEVICE || event.origin() == EventOrigin.SYSTEM;
        switch (policies.productScope()) {
            case UNCLAIMED_ONLY:
                return !isPublishedByDevice || !device.isClaimed();
            case HOOK_AND_API_ONLY:
                return !isPublishedByDevice;
            default:
                return true;
        }
    }

    boolean fits(final NaiveDevice device, final Publication event) {
        return event.payload().length() <= device.maxEventSize;
    }

    /** Section 4, integrations. Hook events never trigger one, by origin. */
    boolean triggers(final Integration integration, final Publication event, final Set<String> scopes) {
        return integration.enabled()
                && event.origin() != EventOrigin.HOOK
                && matchesPrefix(integration.prefix(), event.name())
                && matchesDevice(integration.device(), event)
                && isInScope(integration, scopes);
    }

    private boolean isInScope(final Integration integration, final Set<String> scopes) {
        if (integration.scope().kind() == ScopeId.Kind.ORGANIZATION) {
            return integration.products().stream().anyMatch(product -> isListedInScope(integration, product, scopes));
        }
        return isInScope(integration.scope(), scopes);
    }

    boolean isListedInScope(final Integration integration, final int productId, final Set<String> scopes) {
        return scopes.contains(productScope(productId))
                && fleet.owns(integration.scope().id(), productId);
    }

    /** Section 4, Logic. */
    boolean runs(final LogicFunction function, final Publication event, final Set<String> scopes) {
        return function.enabled() && function.triggers().stream().anyMatch(trigger -> fires(trigger, event, scopes));
    }

    boolean fires(final LogicFunction.Trigger trigger, final Publication event, final Set<String> scopes) {
        return trigger.enabled()
                && scopes.contains(productScope(trigger.productId()))
                && trigger.eventName().equals(event.name());
    }

    /** Section 4, streams. */
    boolean shows(final EventStream stream, final Publication event, final Set<String> scopes) {
        return isInScope(stream.scope(), scopes)
                && matchesDevice(stream.device(), event)
                && (stream.prefix().isEmpty() || matchesPrefix(stream.prefix(), event.name()));
    }

    boolean isInScope(final ScopeId scope, final Set<String> scopes) {
        switch (scope.kind()) {
            case OWNER:
                return scopes.contains(userScope(scope.id()));
            case PRODUCT:
                return scopes.contains(productScope(scope.productId()));
            default:
                return fleet.products.keySet().stream()
                        .anyMatch(product -> fleet.owns(scope.id(), product) && scopes.contains(productScope(product)));
        }
    }

    boolean matchesPrefix(final String prefix, final String name) {
        return name.startsWith(prefix);
    }

    boolean matchesDevice(final EntityId filter, final Publication event) {
        return filter == null || filter.equals(event.publisher());
    }

    /** Section 5: who pays for a device, or null if nobody does. */
    AccountId accountOf(final NaiveDevice device) {
        if (inGoodStanding(device)) {
            return fleet.products.get(device.productId);
        }
        if (!device.isClaimed()) {
            return null;
        }
        return fleet.users.contains(device.owner)
                ? AccountId.user(device.owner)
                : fleet.products.get(fleet.customers.get(device.owner));
    }

    /** Section 5: under which product the operations of a device are counted; 0 for none. */
    int productOf(final NaiveDevice device) {
        return inGoodStanding(device) ? device.productId : 0;
    }

    boolean isPaused(final AccountId account) {
        return account != null && fleet.paused.contains(account);
    }

    /** Section 5: whether an event is dropped because the account of its origin is paused. */
    boolean isDropped(final Publication event) {
        if (isSystemEvent(event)) {
            return false;
        }
        switch (event.origin()) {
            case DEVICE:
                return isPaused(accountOf(fleet.devices.get(event.id())));
            case API_USER:
                return isPaused(AccountId.user(event.id()));
            case API_PRODUCT:
                return isPaused(fleet.products.get(event.productId()));
            default:
                return false;
        }
    }

    /** Section 5: operations for one publish or one attempt. */
    long units(final int payloadLength) {
        final long startedKibibytes = payloadLength / 1_024 + (payloadLength % 1_024 == 0 ? 0 : 1);
        return Math.max(1, startedKibibytes);
    }

    String userScope(final EntityId owner) {
        return "user:" + owner;
    }

    String productScope(final int productId) {
        return "product:" + productId;
    }
}

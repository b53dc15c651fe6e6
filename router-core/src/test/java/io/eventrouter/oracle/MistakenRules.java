package io.eventrouter.oracle;

import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The rules with a mistake about who hears what; each override gives the wrong answer for its mistake only. */
final class MistakenRules extends NaiveRules {
    final Map<EntityId, Set<String>> formerScopes = new HashMap<>();
    private final Mistake mistake;

    MistakenRules(final Mistake mistake, final NaiveFleet fleet, final Policies policies) {
        super(fleet, policies);
        this.mistake = mistake;
    }

    @Override
    boolean inGoodStanding(final NaiveDevice device) {
        return device.productId != 0
                && (mistake == Mistake.QUARANTINED_IN_SCOPE || !device.quarantined)
                && (mistake == Mistake.DENIED_IN_SCOPE || !device.denied);
    }

    @Override
    Set<String> scopesOfDevice(final NaiveDevice device) {
        final Set<String> scopes = super.scopesOfDevice(device);
        if (mistake == Mistake.SKIP_PRODUCT_SCOPE) {
            scopes.removeIf(scope -> scope.startsWith("product:"));
        }
        if (mistake == Mistake.SKIP_OWNER_SCOPE) {
            scopes.removeIf(scope -> scope.startsWith("user:"));
        }
        return scopes;
    }

    @Override
    Set<String> scopesOfHook(final NaiveDevice device) {
        return mistake == Mistake.HOOKS_IGNORE_ERA ? scopesOfDevice(device) : super.scopesOfHook(device);
    }

    @Override
    boolean matches(final NaiveDevice device, final Publication event, final Set<String> scopes) {
        if (mistake == Mistake.SYSTEM_EVENTS_REACH_OTHERS && isSystemEvent(event)) {
            final Publication other = new Publication(
                    event.origin(),
                    event.hasDevice() ? device.id : event.id(),
                    event.productId(),
                    event.name(),
                    event.payload());
            return super.matches(device, event.hasDevice() ? other : event, scopes);
        }
        return super.matches(device, event, scopes) || matchesFormerScope(device, event, scopes);
    }

    private boolean matchesFormerScope(final NaiveDevice device, final Publication event, final Set<String> scopes) {
        final Set<String> former = formerScopes.getOrDefault(device.id, Set.of());
        return !isSystemEvent(event)
                && former.stream().anyMatch(scopes::contains)
                && device.subscriptions.stream().anyMatch(prefix -> matchesPrefix(prefix, event.name()));
    }

    void rememberScopes(final NaiveDevice device) {
        formerScopes.computeIfAbsent(device.id, id -> new HashSet<>()).addAll(super.scopesOfDevice(device));
    }

    @Override
    boolean hearsThroughOwner(final NaiveDevice device, final Publication event, final Set<String> scopes) {
        if (mistake == Mistake.CALLER_IGNORED && policies.isBefore() && event.origin() == EventOrigin.API_PRODUCT) {
            return device.isClaimed() && scopes.contains(productScope(device.productId));
        }
        return super.hearsThroughOwner(device, event, scopes);
    }

    @Override
    boolean isHeardThroughProduct(final NaiveDevice device, final Publication event) {
        if (mistake == Mistake.LOGIC_AS_DEVICE_TAKEN_FOR_DEVICE && event.origin() == EventOrigin.LOGIC_AS_DEVICE) {
            return super.isHeardThroughProduct(device, Publication.byDevice(event.id(), event.name(), 0));
        }
        return mistake == Mistake.PRODUCT_SCOPE_IGNORES_CLAIM || super.isHeardThroughProduct(device, event);
    }

    @Override
    boolean fits(final NaiveDevice device, final Publication event) {
        final int length = event.payload().length();
        switch (mistake) {
            case SIZE_LIMIT_ONE_TOO_SMALL:
                return length < device.maxEventSize;
            case SIZE_LIMIT_ONE_TOO_LARGE:
                return length <= device.maxEventSize + 1;
            default:
                return super.fits(device, event);
        }
    }

    @Override
    boolean triggers(final Integration integration, final Publication event, final Set<String> scopes) {
        if (mistake == Mistake.DISABLED_INTEGRATION_FIRES) {
            return super.triggers(integration.enabled(true), event, scopes);
        }
        if (mistake == Mistake.HOOKS_TRIGGER_INTEGRATIONS && event.origin() == EventOrigin.HOOK) {
            final Publication disguised = new Publication(EventOrigin.LOGIC, null, 0, event.name(), event.payload());
            return super.triggers(integration, disguised, scopes);
        }
        return super.triggers(integration, event, scopes);
    }

    @Override
    boolean isListedInScope(final Integration integration, final int productId, final Set<String> scopes) {
        switch (mistake) {
            case ORGANIZATION_INTEGRATION_IGNORES_OWNER:
                return scopes.contains(productScope(productId));
            case ORGANIZATION_INTEGRATION_IGNORES_LIST:
                return isInScope(integration.scope(), scopes);
            default:
                return super.isListedInScope(integration, productId, scopes);
        }
    }

    @Override
    boolean fires(final LogicFunction.Trigger trigger, final Publication event, final Set<String> scopes) {
        final boolean isEnabled = trigger.enabled() || mistake == Mistake.DISABLED_TRIGGER_FIRES;
        final boolean isNamed = mistake == Mistake.TRIGGER_MATCHES_PREFIX
                ? event.name().startsWith(trigger.eventName())
                : event.name().equals(trigger.eventName());
        return isEnabled && isNamed && scopes.contains(productScope(trigger.productId()));
    }

    @Override
    boolean matchesPrefix(final String prefix, final String name) {
        switch (mistake) {
            case PREFIX_COMPARED_TOO_SHORT:
                return name.startsWith(prefix.substring(0, prefix.length() - 1));
            case PREFIX_COMPARED_TOO_LONG:
                return name.startsWith(prefix) && name.length() > prefix.length();
            case PREFIX_IGNORES_CASE:
                return name.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
            case PREFIX_CUT_TO_63:
                return name.startsWith(prefix.substring(0, Math.min(63, prefix.length())));
            default:
                return super.matchesPrefix(prefix, name);
        }
    }

    @Override
    boolean matchesDevice(final EntityId filter, final Publication event) {
        switch (mistake) {
            case DEVICE_FILTER_IGNORED:
                return true;
            case DEVICE_FILTER_MATCHES_HOOKS:
                return filter == null || event.hasDevice() && filter.equals(event.id());
            default:
                return super.matchesDevice(filter, event);
        }
    }

    @Override
    AccountId accountOf(final NaiveDevice device) {
        final boolean isClaimedByUser = device.isClaimed() && fleet.users.contains(device.owner);
        if (mistake == Mistake.CHARGE_THE_CLAIMER && isClaimedByUser) {
            return AccountId.user(device.owner);
        }
        if (mistake == Mistake.CUSTOMER_PAYS_NOTHING && !inGoodStanding(device) && !isClaimedByUser) {
            return null;
        }
        return super.accountOf(device);
    }

    @Override
    int productOf(final NaiveDevice device) {
        return mistake == Mistake.ROW_WITHOUT_PRODUCT ? 0 : super.productOf(device);
    }

    @Override
    boolean isDropped(final Publication event) {
        if (mistake == Mistake.PAUSED_PUBLISHES) {
            return false;
        }
        if (mistake == Mistake.SYSTEM_EVENTS_ARE_PAUSED && event.origin() == EventOrigin.SYSTEM) {
            return isPaused(accountOf(fleet.devices.get(event.id())));
        }
        return super.isDropped(event);
    }

    @Override
    long units(final int payloadLength) {
        if (mistake == Mistake.EMPTY_PAYLOAD_IS_FREE && payloadLength == 0) {
            return 0;
        }
        return mistake == Mistake.UNITS_ROUNDED_DOWN ? Math.max(1, payloadLength / 1_024) : super.units(payloadLength);
    }

    @Override
    String userScope(final EntityId owner) {
        return "user:" + (mistake == Mistake.IDS_COMPARED_BY_LOW_BITS ? Integer.toHexString(owner.low()) : owner);
    }
}

package io.eventrouter.oracle;

import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.command.Refusal;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.limits.RateLimit;
import io.eventrouter.limits.TenantLimits;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What tenants may have and how fast, counted anew whenever somebody asks. */
class NaiveLimits {
    final TenantLimits limits;
    private final NaiveRules rules;
    private final NaiveFleet fleet;
    private final Map<Object, NaiveBucket> publishBuckets = new HashMap<>();
    private final Map<Object, NaiveBucket> subscribeBuckets = new HashMap<>();
    private final Set<EntityId> refused = new HashSet<>();
    private boolean hasRefilled;
    private long latestMs = RouterSubject.START_MS;
    private long nowMs = RouterSubject.START_MS;

    NaiveLimits(final NaiveRules rules) {
        this.rules = rules;
        this.fleet = rules.fleet;
        this.limits = rules.policies.limits();
    }

    void advance(final long milliseconds) {
        goTo(nowMs + milliseconds);
    }

    void goTo(final long timeMs) {
        nowMs = timeMs;
        latestMs = Math.max(latestMs, nowMs);
    }

    boolean hasGoneBack() {
        return nowMs < latestMs;
    }

    /** Whether a publisher that was refused for its rate was let in again later. */
    boolean hasRefilled() {
        return hasRefilled;
    }

    /** Why an event comes too fast. */
    Set<String> publish(final Publication event) {
        final Set<String> reasons = new TreeSet<>();
        final EntityId device = event.origin() == EventOrigin.DEVICE ? event.id() : null;
        final AccountId account = publishingAccount(event);
        if (device != null && !hasToken(publishBuckets, device, limits.publishRatePerDevice())) {
            reasons.add("DEVICE_RATE_EXCEEDED");
        }
        // An account is not asked when the device is refused: asking can tell a bucket that the clock was set back.
        if (reasons.isEmpty()
                && account != null
                && !hasToken(publishBuckets, account, limits.publishRatePerAccount())) {
            reasons.add("ACCOUNT_RATE_EXCEEDED");
        }
        hasRefilled |= device != null && reasons.isEmpty() && refused.contains(device);
        if (device != null && !reasons.isEmpty()) {
            refused.add(device);
        }
        if (!reasons.isEmpty() && refusedTakesTokens()) {
            published(event);
        }
        return reasons;
    }

    /** An event is taken in, which nothing else refused. */
    void published(final Publication event) {
        if (event.origin() == EventOrigin.DEVICE) {
            take(publishBuckets, event.id());
        }
        final AccountId account = publishingAccount(event);
        if (account != null) {
            take(publishBuckets, account);
        }
    }

    boolean refusedTakesTokens() {
        return false;
    }

    boolean subscribeTakesTokens(final Set<Refusal> refusals) {
        return refusals.isEmpty();
    }

    AccountId publishingAccount(final Publication event) {
        if (rules.isSystemEvent(event)) {
            return null;
        }
        return switch (event.origin()) {
            case DEVICE -> rules.accountOf(fleet.devices.get(event.id()));
            case API_USER -> AccountId.user(event.id());
            case API_PRODUCT -> fleet.products.get(event.productId());
            default -> null;
        };
    }

    Refusal claim(final NaiveDevice device, final EntityId owner) {
        final long owned = fleet.devices.values().stream()
                .filter(other -> owner.equals(other.owner))
                .count();
        return device == null || owner.equals(device.owner) || fits(owned, limits.devicesPerOwner())
                ? null
                : Refusal.OWNER_DEVICE_LIMIT;
    }

    Refusal join(final NaiveDevice device, final int productId) {
        final long members = fleet.devices.values().stream()
                .filter(other -> other.productId == productId)
                .count();
        return device == null || device.productId == productId || fits(members, limits.devicesPerProduct())
                ? null
                : Refusal.PRODUCT_DEVICE_LIMIT;
    }

    Refusal product(final AccountId account) {
        final long products =
                fleet.products.values().stream().filter(account::equals).count();
        return fits(products, limits.productsPerAccount()) ? null : Refusal.PRODUCT_LIMIT;
    }

    Refusal service(final Object definition, final Object replacedOrNull) {
        final Set<ScopeId> added = scopesOf(definition);
        added.removeAll(scopesOf(replacedOrNull));
        return added.stream().allMatch(scope -> fits(services(scope), limits.servicesPerScope()))
                ? null
                : Refusal.SERVICE_LIMIT;
    }

    boolean fits(final long before, final int limit) {
        return before < limit;
    }

    boolean isCounted(final Object definition) {
        return true;
    }

    private long services(final ScopeId scope) {
        return Stream.of(fleet.integrations.values(), fleet.functions.values(), fleet.streams.values())
                .flatMap(Collection::stream)
                .filter(this::isCounted)
                .filter(definition -> scopesOf(definition).contains(scope))
                .count();
    }

    private static Set<ScopeId> scopesOf(final Object definition) {
        final Set<ScopeId> scopes = new HashSet<>();
        if (definition instanceof Integration integration) {
            scopes.add(integration.scope());
        } else if (definition instanceof EventStream stream) {
            scopes.add(stream.scope());
        } else if (definition instanceof LogicFunction function) {
            function.triggers().forEach(trigger -> scopes.add(ScopeId.product(trigger.productId())));
        }
        return scopes;
    }

    Refusal subscribe(final NaiveDevice device) {
        if (!hasToken(subscribeBuckets, device.id, limits.subscribeRatePerDevice())) {
            return Refusal.DEVICE_SUBSCRIBE_RATE;
        }
        return subscribe(
                Stream.of(device).map(rules::accountOf).filter(Objects::nonNull).toList());
    }

    void subscribed(final NaiveDevice device) {
        take(subscribeBuckets, device.id);
        take(subscribeBuckets, rules.accountOf(device));
    }

    Refusal subscribe(final Object definition) {
        return subscribe(accountsOf(definition));
    }

    void subscribed(final Object definition) {
        accountsOf(definition).forEach(account -> take(subscribeBuckets, account));
    }

    private Refusal subscribe(final List<AccountId> accounts) {
        final long withToken = accounts.stream()
                .filter(account -> hasToken(subscribeBuckets, account, limits.subscribeRatePerAccount()))
                .count();
        return withToken == accounts.size() ? null : Refusal.ACCOUNT_SUBSCRIBE_RATE;
    }

    private List<AccountId> accountsOf(final Object definition) {
        return scopesOf(definition).stream()
                .map(this::accountOf)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private AccountId accountOf(final ScopeId scope) {
        return switch (scope.kind()) {
            case PRODUCT -> fleet.products.get(scope.productId());
            case ORGANIZATION -> AccountId.organization(scope.id());
            case OWNER ->
                fleet.customers.containsKey(scope.id())
                        ? fleet.products.get(fleet.customers.get(scope.id()))
                        : AccountId.user(scope.id());
        };
    }

    NaiveBucket bucket(final RateLimit limit) {
        return new NaiveBucket(limit.perSecond(), limit.burst());
    }

    private boolean hasToken(final Map<Object, NaiveBucket> buckets, final Object key, final RateLimit limit) {
        return limit == null
                || buckets.computeIfAbsent(key, newKey -> bucket(limit)).hasToken(nowMs);
    }

    private void take(final Map<Object, NaiveBucket> buckets, final Object key) {
        if (buckets.containsKey(key)) {
            buckets.get(key).take(nowMs);
        }
    }
}

package io.eventrouter.loadgen.plan;

import io.eventrouter.command.Integration;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.scope.EventScopes;
import io.eventrouter.loadgen.scope.FleetEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which integrations an event of a device triggers. Immutable once made. */
final class TriggeredIntegrations {
    private record Placed(int place, Integration integration) {}

    private final Map<ScopeId, List<Placed>> byScope = new HashMap<>();

    TriggeredIntegrations(final FleetState fleet) {
        int place = 0;
        for (final Integration integration : fleet.integrations()) {
            if (integration.enabled()) {
                add(new Placed(place++, integration), fleet);
            }
        }
    }

    /** Whether the fleet has an integration that is enabled. */
    boolean isAny() {
        return !byScope.isEmpty();
    }

    /** The integrations that an event triggers, in the order of the fleet. */
    List<Integration> of(final FleetEvent event, final EventScopes scopes) {
        final List<Placed> found = new ArrayList<>();
        if (scopes.owner() != null) {
            collect(ScopeId.owner(scopes.owner()), event, found);
        }
        if (scopes.productId() != 0) {
            collect(ScopeId.product(scopes.productId()), event, found);
        }
        found.sort((a, b) -> Integer.compare(a.place, b.place));
        return found.stream().map(Placed::integration).toList();
    }

    private void collect(final ScopeId scope, final FleetEvent event, final List<Placed> found) {
        for (final Placed placed : byScope.getOrDefault(scope, List.of())) {
            final Integration integration = placed.integration;
            if (event.name().startsWith(integration.prefix())
                    && (integration.device() == null || integration.device().equals(event.publisher()))) {
                found.add(placed);
            }
        }
    }

    private void add(final Placed placed, final FleetState fleet) {
        final ScopeId scope = placed.integration.scope();
        if (scope.kind() != ScopeId.Kind.ORGANIZATION) {
            put(scope, placed);
            return;
        }
        for (final int productId : placed.integration.products()) {
            if (AccountId.organization(scope.id()).equals(fleet.accountOfProduct(productId))) {
                put(ScopeId.product(productId), placed);
            }
        }
    }

    private void put(final ScopeId scope, final Placed placed) {
        byScope.computeIfAbsent(scope, same -> new ArrayList<>(1)).add(placed);
    }
}

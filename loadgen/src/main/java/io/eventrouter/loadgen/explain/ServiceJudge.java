package io.eventrouter.loadgen.explain;

import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.json.PrintableText;
import io.eventrouter.loadgen.scope.EventScopes;
import io.eventrouter.loadgen.scope.FleetEvent;
import java.util.List;

/** Says of integrations, Logic functions and streams whether they get an event, and why. */
final class ServiceJudge {
    private final FleetEvent event;
    private final EventScopes scopes;
    private final FleetState fleet;
    private final NameMatch names;

    ServiceJudge(final FleetEvent event, final EventScopes scopes, final FleetState fleet) {
        this.event = event;
        this.scopes = scopes;
        this.fleet = fleet;
        this.names = new NameMatch(event.name());
    }

    Finding judge(final Integration integration) {
        final ObstacleList obstacles = new ObstacleList();
        explainName(integration.prefix(), obstacles);
        if (integration.scope().kind() == ScopeId.Kind.ORGANIZATION) {
            explainOrganization(integration, obstacles);
        } else {
            explainScope(integration.scope(), obstacles);
        }
        obstacles.addIf(event.origin() == EventOrigin.HOOK, Obstacle.HOOK_EVENT, "");
        obstacles.addIf(!integration.enabled(), Obstacle.DISABLED, "");
        explainDevice(integration.device(), obstacles);
        explainDrop(obstacles);
        return obstacles.isEmpty()
                ? received(
                        RecipientKind.INTEGRATION,
                        integration.id(),
                        "triggered by names that start with " + PrintableText.quoted(integration.prefix()) + ", "
                                + through(integration.scope()))
                : obstacles.finding(RecipientKind.INTEGRATION, integration.id());
    }

    Finding judge(final LogicFunction function) {
        ObstacleList fewest = null;
        String why = null;
        for (final LogicFunction.Trigger trigger : function.triggers()) {
            final ObstacleList obstacles = new ObstacleList();
            explainTrigger(trigger, obstacles);
            obstacles.addIf(!function.enabled(), Obstacle.DISABLED, "");
            explainDrop(obstacles);
            if (fewest == null || obstacles.size() < fewest.size()) {
                fewest = obstacles;
                why = "with a trigger for exactly " + PrintableText.quoted(trigger.eventName()) + " in product "
                        + trigger.productId();
            }
        }
        if (fewest == null) {
            fewest = new ObstacleList();
            fewest.add(Obstacle.OTHER_NAME, "no event triggers it");
            fewest.add(Obstacle.OTHER_SCOPE, "");
        }
        return fewest.isEmpty()
                ? received(RecipientKind.LOGIC_FUNCTION, function.id(), why)
                : fewest.finding(RecipientKind.LOGIC_FUNCTION, function.id());
    }

    Finding judge(final EventStream stream) {
        final ObstacleList obstacles = new ObstacleList();
        explainName(stream.prefix(), obstacles);
        explainScope(stream.scope(), obstacles);
        explainDevice(stream.device(), obstacles);
        explainDrop(obstacles);
        return obstacles.isEmpty()
                ? received(
                        RecipientKind.STREAM,
                        stream.id(),
                        (stream.prefix().isEmpty()
                                        ? "showing every event, "
                                        : "showing names that start with " + PrintableText.quoted(stream.prefix())
                                                + ", ")
                                + through(stream.scope()))
                : obstacles.finding(RecipientKind.STREAM, stream.id());
    }

    private static Finding received(final RecipientKind kind, final String id, final String why) {
        return Finding.received(kind, id, why, 0, null);
    }

    private void explainName(final String prefix, final ObstacleList obstacles) {
        if (!event.name().startsWith(prefix)) {
            names.explain(List.of(prefix), null, obstacles);
        }
    }

    private void explainTrigger(final LogicFunction.Trigger trigger, final ObstacleList obstacles) {
        if (!trigger.eventName().equals(event.name())) {
            if (event.name().startsWith(trigger.eventName())) {
                obstacles.add(
                        Obstacle.NOT_THE_WHOLE_NAME, "its trigger is " + PrintableText.quoted(trigger.eventName()));
            } else {
                names.explain(List.of(trigger.eventName()), null, obstacles);
            }
        }
        explainScope(ScopeId.product(trigger.productId()), obstacles);
        obstacles.addIf(!trigger.enabled(), Obstacle.TRIGGER_DISABLED, "");
    }

    private void explainScope(final ScopeId scope, final ObstacleList obstacles) {
        if (!isIn(scope)) {
            explainForeignScope(scope, obstacles);
        }
    }

    private boolean isIn(final ScopeId scope) {
        switch (scope.kind()) {
            case OWNER:
                return scope.id().equals(scopes.owner());
            case PRODUCT:
                return scope.productId() == scopes.productId();
            default:
                return scope.id().equals(scopes.organization());
        }
    }

    private void explainForeignScope(final ScopeId scope, final ObstacleList obstacles) {
        final String whose = "of " + scope;
        if (isOfProductOfDeviceBehind(scope)) {
            final boolean isInStanding = fleet.device(event.id()).standingProductId() != 0;
            obstacles.add(isInStanding ? Obstacle.ANSWER_ERA : Obstacle.PUBLISHER_NOT_IN_STANDING, whose);
        } else if (scopes.isEmpty()) {
            obstacles.add(Obstacle.NO_SCOPE, whose);
        } else if (scope.kind() == ScopeId.Kind.OWNER && event.hasDevice() && scopes.owner() == null) {
            obstacles.add(Obstacle.UNCLAIMED_PUBLISHER, whose);
        } else {
            obstacles.add(Obstacle.OTHER_SCOPE, whose);
        }
    }

    // The event is not in that product, although the device that it is of belongs to it.
    private boolean isOfProductOfDeviceBehind(final ScopeId scope) {
        if (!event.hasDevice() || scopes.productId() != 0) {
            return false;
        }
        final int productId = fleet.device(event.id()).productId();
        final AccountId account = fleet.accountOfProduct(productId);
        return scope.kind() == ScopeId.Kind.PRODUCT
                ? scope.productId() == productId
                : scope.kind() == ScopeId.Kind.ORGANIZATION
                        && AccountId.organization(scope.id()).equals(account);
    }

    private void explainOrganization(final Integration integration, final ObstacleList obstacles) {
        final boolean isListed =
                scopes.productId() != 0 && integration.products().contains(scopes.productId());
        final boolean isOwned = isIn(integration.scope());
        if (isListed && !isOwned) {
            obstacles.add(Obstacle.NOT_OWNED, "of " + integration.scope());
        } else if (isOwned && !isListed) {
            obstacles.add(Obstacle.NOT_LISTED, "lists " + integration.products());
        } else if (!isOwned) {
            explainForeignScope(integration.scope(), obstacles);
        }
    }

    private void explainDevice(final EntityId device, final ObstacleList obstacles) {
        if (device != null && event.publisher() == null) {
            obstacles.add(Obstacle.NO_PUBLISHER, "limited to " + device);
        } else if (device != null && !device.equals(event.publisher())) {
            obstacles.add(Obstacle.DEVICE_FILTER, "limited to " + device);
        }
    }

    private void explainDrop(final ObstacleList obstacles) {
        obstacles.addIf(scopes.droppedFor() != null, Obstacle.DROPPED, "");
    }

    private String through(final ScopeId scope) {
        switch (scope.kind()) {
            case OWNER:
                return "in the scope of owner " + scope.id();
            case PRODUCT:
                return "of product " + scope.productId();
            default:
                return "of organization " + scope.id() + ", which owns product " + scopes.productId();
        }
    }
}

package io.eventrouter.loadgen.explain;

import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.json.PrintableText;
import io.eventrouter.loadgen.scope.EventScopes;
import io.eventrouter.loadgen.scope.FleetEvent;
import io.eventrouter.loadgen.scope.Policies;

/** Says of each device whether it gets an event, and why, by section 4 of docs/routing-rules.md. */
final class DeviceJudge {
    private static final String OWN_ID = "<its id>";

    private final FleetEvent event;
    private final EventScopes scopes;
    private final FleetState fleet;
    private final Policies policies;
    private final NameMatch names;

    DeviceJudge(final FleetEvent event, final EventScopes scopes, final FleetState fleet, final Policies policies) {
        this.event = event;
        this.scopes = scopes;
        this.fleet = fleet;
        this.policies = policies;
        this.names = new NameMatch(event.name());
    }

    Finding judge(final DeviceState device) {
        final ObstacleList obstacles = new ObstacleList();
        final String prefix = names.matchOrNull(device.subscriptions());
        if (prefix == null) {
            names.explain(device.subscriptions(), device.id().toString(), obstacles);
        }
        final boolean isThroughOwner = hearsThroughOwner(device);
        if (isAboutAnotherDevice(device) || !isThroughOwner && !hearsThroughProduct(device)) {
            explainScope(device, obstacles);
        }
        final AccountId account = fleet.accountOf(device);
        obstacles.addIf(scopes.droppedFor() != null, Obstacle.DROPPED, "");
        obstacles.addIf(!device.isOnline(), Obstacle.OFFLINE, "");
        obstacles.addIf(
                event.payloadLength() > device.maxEventSize(),
                Obstacle.TOO_LARGE,
                "takes " + Figures.count(device.maxEventSize(), "byte") + ", the event has "
                        + Figures.count(event.payloadLength()));
        obstacles.addIf(fleet.isPaused(account), Obstacle.PAUSED, "charged to " + account);
        if (!obstacles.isEmpty()) {
            return obstacles.finding(RecipientKind.DEVICE, device.id().toString());
        }
        return Finding.received(
                RecipientKind.DEVICE,
                device.id().toString(),
                why(device, prefix, isThroughOwner),
                event.operationsPerAttempt() * device.outcome().attempts(),
                account);
    }

    private boolean isAboutAnotherDevice(final DeviceState device) {
        return event.isSystemEvent() && !(event.hasDevice() && event.id().equals(device.id()));
    }

    private boolean hearsThroughOwner(final DeviceState device) {
        return device.isClaimed() && device.owner().equals(scopes.hearingOwner());
    }

    private boolean isInProduct(final DeviceState device) {
        return scopes.productId() != 0 && device.standingProductId() == scopes.productId();
    }

    private boolean hearsThroughProduct(final DeviceState device) {
        return isInProduct(device) && policies.isHeardThroughProduct(event.origin(), device.isClaimed());
    }

    private void explainScope(final DeviceState device, final ObstacleList obstacles) {
        final String whose = describe(device);
        if (isAboutAnotherDevice(device)) {
            obstacles.add(Obstacle.SYSTEM_EVENT, "");
        } else if (isInProduct(device)) {
            obstacles.add(policyThatForbids(), whose);
        } else if (scopes.productId() != 0 && device.productId() == scopes.productId()) {
            obstacles.add(device.isQuarantined() ? Obstacle.QUARANTINED : Obstacle.DENIED, whose);
        } else if (isOfProductOfDeviceBehind(device)) {
            obstacles.add(isDeviceBehindInStanding() ? Obstacle.ANSWER_ERA : Obstacle.PUBLISHER_NOT_IN_STANDING, whose);
        } else {
            obstacles.add(scopes.isEmpty() ? Obstacle.NO_SCOPE : Obstacle.OTHER_SCOPE, whose);
        }
    }

    private Obstacle policyThatForbids() {
        if (policies.isBefore()) {
            return Obstacle.ERA;
        }
        return policies.isHeardThroughProduct(event.origin(), false) ? Obstacle.CLAIMED : Obstacle.PUBLISHED_BY_DEVICE;
    }

    // The event is not in that product, although the device that it is of belongs to it.
    private boolean isOfProductOfDeviceBehind(final DeviceState device) {
        return event.hasDevice()
                && device.standingProductId() != 0
                && device.standingProductId() == fleet.device(event.id()).productId();
    }

    private boolean isDeviceBehindInStanding() {
        return fleet.device(event.id()).standingProductId() != 0;
    }

    private static String describe(final DeviceState device) {
        final String owner = device.isClaimed() ? "claimed by " + device.owner() : "unclaimed";
        return owner + (device.productId() == 0 ? ", in no product" : ", in product " + device.productId());
    }

    private String why(final DeviceState device, final String prefix, final boolean isThroughOwner) {
        final String filter = prefix.replace(device.id().toString(), OWN_ID);
        final long others = device.subscriptions().stream()
                .filter(other -> !other.equals(prefix) && event.name().startsWith(other))
                .count();
        return "subscribed to " + PrintableText.quoted(filter) + ", "
                + (isThroughOwner ? throughOwner() : throughProduct())
                + (others == 0
                        ? ""
                        : "; once, although " + Figures.count(others, "longer subscription") + " would match too")
                + attempts(device);
    }

    private String throughOwner() {
        return event.origin() == EventOrigin.API_PRODUCT
                ? "claimed by the user who called the API"
                : event.origin() == EventOrigin.API_USER
                        ? "claimed by the user to whose stream it was published"
                        : "claimed by the same owner as the device behind the event";
    }

    private String throughProduct() {
        return "in good standing in product " + scopes.productId();
    }

    private static String attempts(final DeviceState device) {
        switch (device.outcome()) {
            case ACKNOWLEDGED_SECOND:
                return "; acknowledging at the 2nd attempt";
            case ACKNOWLEDGED_THIRD:
                return "; acknowledging at the 3rd attempt";
            case FAILED:
                return "; never acknowledging: three attempts, then offline";
            default:
                return "";
        }
    }

    /** The account that pays for publishing; null if nobody does. */
    AccountId payerOfPublish() {
        return event.origin() == EventOrigin.DEVICE && !scopes.isEmpty() && scopes.droppedFor() == null
                ? fleet.accountOf(fleet.device(event.id()))
                : null;
    }
}

package io.eventrouter.loadgen.scope;

import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;

/**
 * Where an event can be heard, by section 3 of docs/routing-rules.md.
 *
 * @param owner whose sandbox integrations and streams hear it; null for none.
 * @param hearingOwner whose devices hear it; null for none.
 * @param productId in whose scope it is; 0 for none.
 * @param organization that owns this product; null for none.
 * @param droppedFor the paused account for which it is dropped; null if it is not.
 */
public record EventScopes(
        EntityId owner, EntityId hearingOwner, int productId, EntityId organization, AccountId droppedFor) {
    /**
     * The scopes of an event.
     *
     * @param event whose device, caller or product is in the fleet.
     * @param fleet at that moment.
     * @param policies of the router.
     * @return the scopes.
     */
    public static EventScopes of(final FleetEvent event, final FleetState fleet, final Policies policies) {
        if (event.hasDevice()) {
            final DeviceState device = fleet.device(event.id());
            final boolean isHeardByOwnerOnly = event.origin() == EventOrigin.HOOK && policies.isBefore();
            final AccountId payer = event.origin() == EventOrigin.DEVICE ? fleet.accountOf(device) : null;
            return of(
                    fleet,
                    device.owner(),
                    device.owner(),
                    isHeardByOwnerOnly ? 0 : device.standingProductId(),
                    pausedOrNull(fleet, payer));
        }
        if (event.origin() == EventOrigin.API_USER) {
            return of(fleet, event.id(), event.id(), 0, pausedForApi(event, fleet, AccountId.user(event.id())));
        }
        final boolean isApi = event.origin() == EventOrigin.API_PRODUCT;
        return of(
                fleet,
                null,
                isApi && policies.isBefore() ? event.id() : null,
                event.productId(),
                isApi ? pausedForApi(event, fleet, fleet.accountOfProduct(event.productId())) : null);
    }

    /** Whether nobody can hear it. */
    public boolean isEmpty() {
        return owner == null && productId == 0;
    }

    private static EventScopes of(
            final FleetState fleet,
            final EntityId owner,
            final EntityId hearingOwner,
            final int productId,
            final AccountId droppedFor) {
        final AccountId account = fleet.accountOfProduct(productId);
        final boolean isOfOrganization = account != null && account.kind() == AccountId.Kind.ORGANIZATION;
        return new EventScopes(owner, hearingOwner, productId, isOfOrganization ? account.id() : null, droppedFor);
    }

    private static AccountId pausedForApi(final FleetEvent event, final FleetState fleet, final AccountId account) {
        return event.isSystemEvent() ? null : pausedOrNull(fleet, account);
    }

    private static AccountId pausedOrNull(final FleetState fleet, final AccountId account) {
        return fleet.isPaused(account) ? account : null;
    }
}

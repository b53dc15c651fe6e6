package io.eventrouter.loadgen.scope;

import io.eventrouter.event.EventOrigin;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.util.List;

/**
 * What is chosen when a router starts.
 *
 * @param era of the delivery rules.
 * @param productScope what devices hear through their product; without effect in the era before March 2023, in which
 *     they hear nothing through it.
 */
public record Policies(Era era, ProductScope productScope) {
    /** One of each that can make a difference, the oldest first. */
    public static final List<Policies> ALL = List.of(
            new Policies(Era.BEFORE_2023_03, ProductScope.ALL),
            new Policies(Era.AFTER_2023_03, ProductScope.ALL),
            new Policies(Era.AFTER_2023_03, ProductScope.UNCLAIMED_ONLY),
            new Policies(Era.AFTER_2023_03, ProductScope.HOOK_AND_API_ONLY));

    /** The rules of today, with their defaults. */
    public static final Policies TODAY = ALL.get(1);

    /** Whether the rules are those before March 2023. */
    public boolean isBefore() {
        return era == Era.BEFORE_2023_03;
    }

    /**
     * Whether devices hear events of an origin through their product.
     *
     * @param origin of the event.
     * @param isClaimed whether the device that listens has an owner.
     * @return true if they do.
     */
    public boolean isHeardThroughProduct(final EventOrigin origin, final boolean isClaimed) {
        if (isBefore()) {
            return false;
        }
        final boolean isPublishedByDevice = origin == EventOrigin.DEVICE || origin == EventOrigin.SYSTEM;
        switch (productScope) {
            case UNCLAIMED_ONLY:
                return !isPublishedByDevice || !isClaimed;
            case HOOK_AND_API_ONLY:
                return !isPublishedByDevice;
            default:
                return true;
        }
    }
}

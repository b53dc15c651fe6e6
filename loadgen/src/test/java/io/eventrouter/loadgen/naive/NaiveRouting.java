package io.eventrouter.loadgen.naive;

import java.util.ArrayList;
import java.util.List;

/** Who hears an event, asked of everybody, in the words of docs/routing-rules.md. */
public final class NaiveRouting {
    private final SmallFleet fleet;
    private final boolean isBefore;
    private final String productScope;

    /** Rules of an era and a product scope, in the words of the command line. */
    public NaiveRouting(final SmallFleet fleet, final String era, final String productScope) {
        this.fleet = fleet;
        this.isBefore = era.equals("before-2023-03");
        this.productScope = productScope;
    }

    /** The owner in whose scope an event is; null for none. */
    private String ownerScope(final SmallEvent event) {
        if (event.device() != null) {
            return fleet.device(event.device()).owner;
        }
        return event.origin().equals("api-user") ? event.user() : null;
    }

    /** The product in whose scope an event is; 0 for none. */
    private int productScope(final SmallEvent event) {
        if (event.origin().equals("hook") && isBefore) {
            return 0;
        }
        return event.device() != null ? fleet.device(event.device()).standing() : event.product();
    }

    boolean isRouted(final SmallEvent event) {
        return ownerScope(event) != null || productScope(event) != 0;
    }

    boolean hears(final SmallDevice device, final SmallEvent event) {
        return device.isOnline
                && event.length() <= device.maxEventSize
                && device.subscriptions.stream().anyMatch(prefix -> event.name().startsWith(prefix))
                && (hearsThroughOwner(device, event) || hearsThroughProduct(device, event));
    }

    private boolean hearsThroughOwner(final SmallDevice device, final SmallEvent event) {
        final String owner = event.origin().equals("api-product") && isBefore ? event.user() : ownerScope(event);
        return device.owner != null && device.owner.equals(owner);
    }

    private boolean hearsThroughProduct(final SmallDevice device, final SmallEvent event) {
        if (isBefore || device.standing() == 0 || device.standing() != productScope(event)) {
            return false;
        }
        if (!event.origin().equals("device") || productScope.equals("all")) {
            return true;
        }
        return productScope.equals("unclaimed-only") && device.owner == null;
    }

    /** The integrations that an event triggers. */
    List<SmallHook> triggered(final SmallEvent event) {
        final List<SmallHook> triggered = new ArrayList<>();
        for (final SmallHook hook : fleet.hooks) {
            if (hook.isEnabled()
                    && !event.origin().equals("hook")
                    && event.name().startsWith(hook.prefix())
                    && (hook.device() == null || hook.device().equals(event.device()))
                    && isInScope(hook, event)) {
                triggered.add(hook);
            }
        }
        return triggered;
    }

    private boolean isInScope(final SmallHook hook, final SmallEvent event) {
        final int product = productScope(event);
        if (hook.whose().startsWith("user:")) {
            return hook.whose().equals("user:" + ownerScope(event));
        }
        if (hook.whose().startsWith("product:")) {
            return hook.whose().equals("product:" + product);
        }
        return hook.products().contains(product) && hook.whose().equals(fleet.products.get(product));
    }

    /** Everybody who gets an event, as in files of deliveries. */
    public List<String> receivers(final SmallEvent event) {
        final List<String> receivers = new ArrayList<>();
        fleet.devices.stream()
                .filter(device -> hears(device, event))
                .forEach(device -> receivers.add("device:" + device.id));
        triggered(event).forEach(hook -> receivers.add("integration:" + hook.id()));
        return receivers.stream().sorted().toList();
    }
}

package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.benchmarks.workload.OneProductFleet;
import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.event.EventLimits;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.status.RouterCounter;
import java.util.concurrent.CompletableFuture;

/**
 * Registers a fleet with a router through its public commands, without waiting for each. All devices are online and
 * can receive the longest payloads; every product has an integration, every organization an open stream.
 */
final class FleetRegistration implements Fleet.Visitor {
    private final EventRouter router;
    private final Runnable whileWaiting;
    private long submitted;

    private FleetRegistration(final EventRouter router, final Runnable whileWaiting) {
        this.router = router;
        this.whileWaiting = whileWaiting;
    }

    /**
     * Register a fleet and wait until all of it holds.
     *
     * @param fleet to register.
     * @param router that runs on threads of its own.
     */
    static void load(final Fleet fleet, final EventRouter router) {
        load(fleet, router, Thread::yield);
    }

    /**
     * Register a fleet with a router that the caller runs, and wait until all of it holds.
     *
     * @param fleet to register.
     * @param router without threads.
     */
    static void loadInvoking(final Fleet fleet, final EventRouter router) {
        load(fleet, router, router::invoke);
    }

    private static void load(final Fleet fleet, final EventRouter router, final Runnable whileWaiting) {
        final FleetRegistration registration = new FleetRegistration(router, whileWaiting);
        fleet.visit(registration);
        registration.awaitAll();
    }

    /**
     * Register the devices of one product and wait until all of it holds.
     *
     * @param fleet to register.
     * @param router that runs on threads of its own.
     */
    static void load(final OneProductFleet fleet, final EventRouter router) {
        final FleetRegistration registration = new FleetRegistration(router, Thread::yield);
        registration.organization(fleet.organization());
        registration.product(OneProductFleet.PRODUCT, fleet.organization());
        for (int i = 0; i < fleet.devices(); i++) {
            registration.device(fleet.device(i), OneProductFleet.PRODUCT, null, fleet.prefixOf(i));
        }
        registration.awaitAll();
    }

    @Override
    public void organization(final EntityId organization) {
        submit(new Command.RegisterOrganization(organization, 0));
        submit(new Command.OpenStream(new EventStream(
                "stream-" + organization, ScopeId.organization(organization), null, Fleet.ORGANIZATION_STREAM_PREFIX)));
    }

    @Override
    public void product(final int productId, final EntityId organization) {
        submit(new Command.RegisterProduct(productId, AccountId.organization(organization)));
        submit(new Command.PutIntegration(
                Integration.ofProduct("integration-" + productId, productId, Fleet.PRODUCT_INTEGRATION_PREFIX)));
    }

    @Override
    public void user(final EntityId user) {
        submit(new Command.RegisterUser(user, 0));
    }

    @Override
    public void device(final EntityId device, final int productId, final EntityId owner, final String prefix) {
        submit(new Command.RegisterDevice(device, EventLimits.MAX_MAX_EVENT_SIZE));
        submit(new Command.AddToProduct(device, productId));
        if (owner != null) {
            submit(new Command.Claim(device, owner));
        }
        submit(new Command.GoOnline(device));
        if (prefix != null) {
            submit(new Command.Subscribe(device, prefix));
        }
    }

    private void awaitAll() {
        final CompletableFuture<Long> allRouted = router.closeUsageWindow();
        while (!allRouted.isDone()) {
            whileWaiting.run();
        }
        Work.requireEqual("refused commands", 0, router.counter(RouterCounter.COMMANDS_REFUSED));
        Work.requireEqual("commands", submitted, router.counter(RouterCounter.COMMANDS_APPLIED));
    }

    private void submit(final Command command) {
        router.submit(command);
        submitted++;
    }
}

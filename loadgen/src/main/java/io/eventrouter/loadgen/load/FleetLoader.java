package io.eventrouter.loadgen.load;

import io.eventrouter.command.Command;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.fleet.Plans;
import io.eventrouter.loadgen.scenario.AccountGroup;
import io.eventrouter.loadgen.scenario.Claiming;
import io.eventrouter.loadgen.scenario.ProductGroup;
import java.util.function.Consumer;

/** Says by commands what a fleet consists of, in an order in which nothing refers to what comes later. */
final class FleetLoader {
    private final FleetPlan plan;
    private final Consumer<Command> commands;
    private final CloudLoader cloud;
    private final long operationsOfOwners = Plans.load().named("free").operationsPerMonth();
    private long subscriptions;
    private long online;
    private long claimed;

    FleetLoader(final FleetPlan plan, final Consumer<Command> commands) {
        this.plan = plan;
        this.commands = commands;
        this.cloud = new CloudLoader(plan, commands);
    }

    void load() {
        plan.fleet.accounts().forEach(this::loadAccounts);
        plan.fleet.products().forEach(this::loadProducts);
        plan.groups.forEach(this::loadOwners);
        plan.groups.forEach(this::loadDevices);
        cloud.load();
    }

    /** What was loaded. */
    FleetFigures figures(final long commandCount, final long loadNs, final long routerBytes) {
        return new FleetFigures(
                plan.accountCount(),
                plan.fleet.productCount(),
                plan.ownerCount(),
                plan.deviceCount(),
                online,
                claimed,
                subscriptions,
                cloud.integrations(),
                cloud.functions(),
                cloud.streams(),
                commandCount,
                loadNs,
                routerBytes);
    }

    private void loadAccounts(final AccountGroup group) {
        final long operations = group.plan().operationsPerMonth(group.blocks());
        for (int i = 0; i < group.count(); i++) {
            final EntityId id = plan.account(group, i).id();
            commands.accept(
                    group.isUser()
                            ? new Command.RegisterUser(id, operations)
                            : new Command.RegisterOrganization(id, operations));
        }
    }

    private void loadProducts(final ProductGroup group) {
        for (int i = 0; i < group.totalCount(); i++) {
            commands.accept(new Command.RegisterProduct(
                    FleetPlan.productId(plan.firstProduct(group) + i),
                    plan.account(group.account(), i / group.countPerAccount())));
        }
    }

    private void loadOwners(final GroupPlan group) {
        if (!group.hasOwnersOfItsOwn()) {
            return;
        }
        final boolean areCustomers = group.group.claiming().by() == Claiming.By.CUSTOMERS;
        for (int part = 0; part < group.parts(); part++) {
            for (int owner = group.firstOwnerOf(part); owner < group.firstOwnerOf(part + 1); owner++) {
                final EntityId id = plan.ids.owner(owner);
                commands.accept(
                        areCustomers
                                ? new Command.RegisterCustomer(id, FleetPlan.productId(group.product(part)))
                                : new Command.RegisterUser(id, operationsOfOwners));
            }
        }
    }

    private void loadDevices(final GroupPlan group) {
        for (int part = 0; part < group.parts(); part++) {
            for (int index = group.startOf(part); index < group.startOf(part + 1); index++) {
                loadDevice(group, part, index);
            }
        }
    }

    private void loadDevice(final GroupPlan group, final int part, final int index) {
        final EntityId device = plan.ids.device(group.firstDevice + index);
        commands.accept(new Command.RegisterDevice(device, group.group.maxEventSize()));
        if (group.isInProduct()) {
            commands.accept(new Command.AddToProduct(device, FleetPlan.productId(group.product(part))));
        }
        if (group.isClaimed(index)) {
            claimed++;
            commands.accept(new Command.Claim(device, plan.owner(group, index, part)));
        }
        if (group.isOnlineAtFirst(index)) {
            online++;
            subscriptions += DeviceSession.begin(group, index, device, commands);
        }
    }
}

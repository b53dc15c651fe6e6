package io.eventrouter.loadgen.load;

import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.loadgen.scenario.AccountGroup;
import io.eventrouter.loadgen.scenario.IntegrationGroup;
import io.eventrouter.loadgen.scenario.LogicGroup;
import io.eventrouter.loadgen.scenario.ProductGroup;
import io.eventrouter.loadgen.scenario.StreamGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Says by commands which integrations, Logic functions and streams there are around a fleet. */
final class CloudLoader {
    private final FleetPlan plan;
    private final Consumer<Command> commands;
    private int integrations;
    private int functions;
    private int streams;

    CloudLoader(final FleetPlan plan, final Consumer<Command> commands) {
        this.plan = plan;
        this.commands = commands;
    }

    void load() {
        plan.fleet.integrations().forEach(this::loadIntegrations);
        plan.fleet.logic().forEach(this::loadLogic);
        plan.fleet.streams().forEach(this::loadStreams);
    }

    private void loadIntegrations(final IntegrationGroup group) {
        if (group.product().isPresent()) {
            for (final int productId : productIds(group.product().get())) {
                putIntegration(group, ScopeId.product(productId), List.of());
            }
            return;
        }
        final AccountGroup accounts = group.account().orElseThrow();
        for (int i = 0; i < accounts.count(); i++) {
            final List<Integer> products = new ArrayList<>();
            for (final ProductGroup product : group.products()) {
                final int first = plan.firstProduct(product) + i * product.countPerAccount();
                for (int number = first; number < first + product.countPerAccount(); number++) {
                    products.add(FleetPlan.productId(number));
                }
            }
            putIntegration(group, scope(plan.account(accounts, i)), products);
        }
    }

    private void putIntegration(final IntegrationGroup group, final ScopeId scope, final List<Integer> products) {
        commands.accept(new Command.PutIntegration(new Integration(
                group.name() + "-" + ++integrations, scope, products, group.event(), null, true, group.topics())));
    }

    private void loadLogic(final LogicGroup group) {
        for (final int productId : productIds(group.product())) {
            commands.accept(new Command.PutLogicFunction(new LogicFunction(
                    group.name() + "-" + ++functions,
                    true,
                    List.of(new LogicFunction.Trigger(productId, group.event(), true)))));
        }
    }

    private void loadStreams(final StreamGroup group) {
        final List<ScopeId> scopes = new ArrayList<>();
        group.product().ifPresent(product -> productIds(product).forEach(id -> scopes.add(ScopeId.product(id))));
        group.account().ifPresent(accounts -> {
            for (int i = 0; i < accounts.count(); i++) {
                scopes.add(scope(plan.account(accounts, i)));
            }
        });
        for (final ScopeId scope : scopes) {
            for (int i = 0; i < group.countPerSource(); i++) {
                commands.accept(new Command.OpenStream(
                        new EventStream(group.name() + "-" + ++streams, scope, null, group.prefix())));
            }
        }
    }

    int integrations() {
        return integrations;
    }

    int functions() {
        return functions;
    }

    int streams() {
        return streams;
    }

    private List<Integer> productIds(final ProductGroup group) {
        final List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < group.totalCount(); i++) {
            ids.add(FleetPlan.productId(plan.firstProduct(group) + i));
        }
        return ids;
    }

    private static ScopeId scope(final AccountId account) {
        return account.kind() == AccountId.Kind.USER ? ScopeId.owner(account.id()) : ScopeId.organization(account.id());
    }
}

package io.eventrouter.loadgen.load;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.scenario.AccountGroup;
import io.eventrouter.loadgen.scenario.Claiming;
import io.eventrouter.loadgen.scenario.DeviceGroup;
import io.eventrouter.loadgen.scenario.Fleet;
import io.eventrouter.loadgen.scenario.ProductGroup;
import io.eventrouter.loadgen.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers and ids of everything in a fleet. The same scenario and seed give the same.
 *
 * <p>Immutable.
 */
final class FleetPlan {
    final Fleet fleet;
    final FleetIds ids;
    final List<GroupPlan> groups;

    private final Map<AccountGroup, Integer> firstAccounts = new LinkedHashMap<>();
    private final Map<ProductGroup, Integer> firstProducts = new LinkedHashMap<>();
    private final int accountCount;

    FleetPlan(final Scenario scenario) {
        fleet = scenario.fleet();
        ids = new FleetIds(scenario.seed());
        int accounts = 0;
        for (final AccountGroup group : fleet.accounts()) {
            firstAccounts.put(group, accounts);
            accounts += group.count();
        }
        accountCount = accounts;
        int products = 0;
        for (final ProductGroup group : fleet.products()) {
            firstProducts.put(group, products);
            products += group.totalCount();
        }
        groups = groups(scenario.seed());
    }

    private List<GroupPlan> groups(final long seed) {
        final List<GroupPlan> planned = new ArrayList<>();
        int device = 0;
        int owner = 0;
        for (final DeviceGroup group : fleet.devices()) {
            final GroupPlan plan = new GroupPlan(
                    group,
                    planned.size(),
                    seed,
                    device,
                    group.product().map(firstProducts::get).orElse(-1),
                    owner);
            planned.add(plan);
            device += group.count();
            owner = plan.endOfOwners();
        }
        return List.copyOf(planned);
    }

    int deviceCount() {
        return fleet.deviceCount();
    }

    int accountCount() {
        return accountCount;
    }

    int ownerCount() {
        return groups.get(groups.size() - 1).endOfOwners();
    }

    int firstProduct(final ProductGroup group) {
        return firstProducts.get(group);
    }

    AccountId account(final AccountGroup group, final int index) {
        final EntityId id = ids.account(firstAccounts.get(group) + index);
        return group.isUser() ? AccountId.user(id) : AccountId.organization(id);
    }

    /** Id of a product in the router. */
    static int productId(final int product) {
        return product + 1;
    }

    /** Owner of a claimed device. */
    EntityId owner(final GroupPlan plan, final int index, final int part) {
        return plan.group.claiming().by() == Claiming.By.ACCOUNT
                ? account(plan.group.claiming().account().orElseThrow(), 0).id()
                : ids.owner(plan.ownerOf(index, part));
    }

    /** The group that a device, by its number in the fleet, is in. */
    GroupPlan groupOf(final int device) {
        int group = 0;
        while (group + 1 < groups.size() && groups.get(group + 1).firstDevice <= device) {
            group++;
        }
        return groups.get(group);
    }
}

package io.eventrouter.oracle;

import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.command.Refusal;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Everything that the oracle knows, in plain collections that are searched from end to end. */
public final class NaiveFleet {
    final Set<EntityId> users = new HashSet<>();
    final Set<EntityId> organizations = new HashSet<>();
    final Map<Integer, AccountId> products = new LinkedHashMap<>();
    final Map<EntityId, Integer> customers = new LinkedHashMap<>();
    final Map<EntityId, NaiveDevice> devices = new LinkedHashMap<>();
    final Map<String, Integration> integrations = new LinkedHashMap<>();
    final Map<String, LogicFunction> functions = new LinkedHashMap<>();
    final Map<String, EventStream> streams = new LinkedHashMap<>();
    final Set<AccountId> paused = new HashSet<>();
    final Map<AccountId, Long> operationsPerMonth = new LinkedHashMap<>();
    int maxDevices = Integer.MAX_VALUE;
    int maxAccounts = Integer.MAX_VALUE;

    boolean hasOwner(final EntityId id) {
        return users.contains(id) || customers.containsKey(id);
    }

    boolean hasAccount(final AccountId account) {
        return account.kind() == AccountId.Kind.USER
                ? users.contains(account.id())
                : organizations.contains(account.id());
    }

    void clear() {
        users.clear();
        organizations.clear();
        products.clear();
        customers.clear();
        devices.clear();
        integrations.clear();
        functions.clear();
        streams.clear();
        paused.clear();
        operationsPerMonth.clear();
    }

    /** Take over what outlives a router. */
    void keep(final NaiveFleet other) {
        users.addAll(other.users);
        organizations.addAll(other.organizations);
        products.putAll(other.products);
        customers.putAll(other.customers);
        other.devices.values().forEach(device -> devices.put(device.id, device.copyOfKept()));
        paused.addAll(other.paused);
        operationsPerMonth.putAll(other.operationsPerMonth);
        maxDevices = other.maxDevices;
        maxAccounts = other.maxAccounts;
    }

    Refusal accountLimit() {
        final int accounts = users.size() + organizations.size() + products.size() + customers.size();
        return accounts >= maxAccounts ? Refusal.ACCOUNT_LIMIT : null;
    }

    Refusal deviceLimit() {
        return devices.size() >= maxDevices ? Refusal.DEVICE_LIMIT : null;
    }

    boolean owns(final EntityId organization, final int productId) {
        return AccountId.organization(organization).equals(products.get(productId));
    }
}

package io.eventrouter.loadgen.fleet;

import io.eventrouter.command.HookTopics;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.Quoted;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What exists in a fleet, so that mistakes in its file and in a trace are found before the router hears of them.
 *
 * <p><b>Threading:</b> the thread that replays; only {@link #devices()} may be read by others.
 */
public final class FleetDirectory {
    // Users are in no product, which is 0.
    private record Owner(EntityId id, int productId) {}

    private final Set<EntityId> users = new HashSet<>();
    private final Set<EntityId> organizations = new HashSet<>();
    private final Map<Integer, AccountId> products = new HashMap<>();
    private final Set<EntityId> customers = new HashSet<>();
    // One person can be a user and a customer of several products, under one name.
    private final Map<String, Owner[]> ownersByName = new HashMap<>();
    private final Map<String, HookTopics> integrations = new HashMap<>();
    private final Set<String> logicFunctions = new HashSet<>();
    private final Set<String> streams = new HashSet<>();
    private DeviceTable devices = new DeviceTable(0);
    // Made when it is first asked for, as most who read a fleet know people by their ids.
    private Map<EntityId, String> usernames;

    // Called once, when the accounts are known and the devices have been counted but not read.
    void expectDevices(final int count) {
        devices = new DeviceTable(count);
    }

    boolean addUser(final EntityId id, final String username) {
        addName(username, new Owner(id, 0));
        return !customers.contains(id) && users.add(id);
    }

    boolean addOrganization(final EntityId id) {
        return organizations.add(id);
    }

    boolean addProduct(final int productId, final AccountId account) {
        return products.putIfAbsent(productId, account) == null;
    }

    boolean addCustomer(final EntityId id, final String username, final int productId) {
        addName(username, new Owner(id, productId));
        return !users.contains(id) && customers.add(id);
    }

    boolean addLogicFunction(final String id) {
        return logicFunctions.add(id);
    }

    /**
     * Add an integration.
     *
     * @param id in lower case.
     * @param topics of its responses.
     * @return false if there is one with this id; nothing has changed then.
     */
    public boolean addIntegration(final String id, final HookTopics topics) {
        return integrations.putIfAbsent(id, topics) == null;
    }

    /**
     * Remove an integration.
     *
     * @param id in lower case.
     */
    public void removeIntegration(final String id) {
        integrations.remove(id);
    }

    /**
     * Add a stream.
     *
     * @param id in lower case.
     * @return false if there is one with this id; nothing has changed then.
     */
    public boolean addStream(final String id) {
        return streams.add(id);
    }

    /**
     * Remove a stream.
     *
     * @param id in lower case.
     * @return false if there is none.
     */
    public boolean removeStream(final String id) {
        return streams.remove(id);
    }

    /**
     * The devices of the fleet.
     *
     * @return the table.
     */
    public DeviceTable devices() {
        return devices;
    }

    /**
     * Topics of an integration.
     *
     * @param id in lower case.
     * @return the topics, or null if there is no such integration.
     */
    public HookTopics topics(final String id) {
        return integrations.get(id);
    }

    /**
     * Whether there is such a user.
     *
     * @param id to look up.
     * @return true if there is.
     */
    public boolean isUser(final EntityId id) {
        return users.contains(id);
    }

    /**
     * Whether there is such a user or customer.
     *
     * @param id to look up.
     * @return true if there is.
     */
    public boolean isOwner(final EntityId id) {
        return users.contains(id) || customers.contains(id);
    }

    /**
     * Whether there is such an organization.
     *
     * @param id to look up.
     * @return true if there is.
     */
    public boolean isOrganization(final EntityId id) {
        return organizations.contains(id);
    }

    /**
     * Whether there is such a product.
     *
     * @param productId to look up.
     * @return true if there is.
     */
    public boolean isProduct(final int productId) {
        return products.containsKey(productId);
    }

    /**
     * Whether there is such an account.
     *
     * @param account to look up.
     * @return true if there is.
     */
    public boolean isAccount(final AccountId account) {
        return account.kind() == AccountId.Kind.USER ? isUser(account.id()) : isOrganization(account.id());
    }

    /**
     * What a user or customer is called.
     *
     * @param owner a user or customer.
     * @return the username; null if the fleet gives none.
     */
    public String usernameOrNull(final EntityId owner) {
        if (usernames == null) {
            usernames = new HashMap<>();
            ownersByName.forEach((name, owners) -> {
                for (final Owner named : owners) {
                    usernames.put(named.id(), name);
                }
            });
        }
        return usernames.get(owner);
    }

    /**
     * The owner with a name: the only user or customer, or of several the only customer of the device's product.
     *
     * @param username of the owner.
     * @param productId of the device; 0 for none.
     * @return the owner's id.
     * @throws IllegalArgumentException if there is none, or more than one.
     */
    EntityId ownerNamed(final String username, final int productId) {
        final Owner[] named = ownersByName.get(username);
        if (named == null) {
            throw new IllegalArgumentException("no user or customer has this username: value=" + Quoted.of(username));
        }
        if (named.length == 1) {
            return named[0].id();
        }
        Owner customer = null;
        int matches = 0;
        for (final Owner owner : named) {
            if (productId != 0 && owner.productId() == productId) {
                customer = owner;
                matches++;
            }
        }
        if (matches != 1) {
            throw new IllegalArgumentException(
                    "names more than one user or customer, user_id must say which: value=" + Quoted.of(username));
        }
        return customer.id();
    }

    private void addName(final String username, final Owner owner) {
        if (username != null) {
            ownersByName.merge(username, new Owner[] {owner}, (known, more) -> {
                final Owner[] all = Arrays.copyOf(known, known.length + 1);
                all[known.length] = more[0];
                return all;
            });
        }
    }
}

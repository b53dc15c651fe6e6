package io.eventrouter.loadgen.fleet;

import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a fleet is at one moment, as plain objects: what the router keeps in tables of its own, for those who ask why
 * or how much without asking it. Built from the same commands that the router gets.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class FleetState implements Consumer<Command> {
    private final Function<EntityId, AttemptOutcome> outcomes;
    private final Map<EntityId, DeviceState> devices = new LinkedHashMap<>();
    private final Set<AccountId> accounts = new LinkedHashSet<>();
    private final Map<Integer, AccountId> products = new LinkedHashMap<>();
    private final Map<EntityId, Integer> productsByCustomer = new HashMap<>();
    private final Map<String, Integration> integrations = new LinkedHashMap<>();
    private final Map<String, LogicFunction> logicFunctions = new LinkedHashMap<>();
    private final Map<String, EventStream> streams = new LinkedHashMap<>();
    private final Set<AccountId> paused = new HashSet<>();
    // A million devices have few different owners, prefixes and lists of them, so they share them.
    private final Map<EntityId, EntityId> sharedOwners = new HashMap<>();
    private final Map<List<String>, List<String>> sharedLists = new HashMap<>();

    /**
     * A fleet without anything in it.
     *
     * @param outcomes how each device will answer, asked when it is registered.
     */
    public FleetState(final Function<EntityId, AttemptOutcome> outcomes) {
        this.outcomes = outcomes;
    }

    /**
     * Carry out a command that builds a fleet.
     *
     * @param command that the router would accept.
     * @throws IllegalArgumentException if it is one that a fleet file never makes.
     */
    @Override
    public void accept(final Command command) {
        if (!acceptAccount(command) && !acceptDevice(command) && !acceptListener(command)) {
            throw new IllegalArgumentException("not a command that builds a fleet: command=" + command);
        }
    }

    /** The devices in the order of their registration. */
    public Collection<DeviceState> devices() {
        return devices.values();
    }

    /** A device; null if there is none with this id. */
    public DeviceState device(final EntityId id) {
        return devices.get(id);
    }

    /** Users and organizations. */
    public Set<AccountId> accounts() {
        return accounts;
    }

    /** The account that a product belongs to; null if there is no such product. */
    public AccountId accountOfProduct(final int productId) {
        return products.get(productId);
    }

    /** The integrations in the order in which they were made. */
    public Collection<Integration> integrations() {
        return integrations.values();
    }

    /** An integration; null if there is none with this id. */
    public Integration integration(final String id) {
        return integrations.get(id);
    }

    /** The Logic functions in the order in which they were made. */
    public Collection<LogicFunction> logicFunctions() {
        return logicFunctions.values();
    }

    /** The streams in the order in which they were opened. */
    public Collection<EventStream> streams() {
        return streams.values();
    }

    /** Whether nothing that costs an account operations passes; false for null, which is no account. */
    public boolean isPaused(final AccountId account) {
        return account != null && paused.contains(account);
    }

    /** Who pays for a device, by section 5 of docs/routing-rules.md; null for nobody. */
    public AccountId accountOf(final DeviceState device) {
        if (device.standingProductId() != 0) {
            return products.get(device.standingProductId());
        }
        if (!device.isClaimed()) {
            return null;
        }
        final Integer productOfCustomer = productsByCustomer.get(device.owner());
        return productOfCustomer == null ? AccountId.user(device.owner()) : products.get(productOfCustomer);
    }

    /** Whether an owner is a customer of a product rather than a user. */
    public boolean isCustomer(final EntityId owner) {
        return productsByCustomer.containsKey(owner);
    }

    /** A device has not answered three attempts. */
    public void timeOut(final DeviceState device) {
        device.setOnline(false);
    }

    private boolean acceptAccount(final Command command) {
        if (command instanceof Command.RegisterUser user) {
            accounts.add(user.account());
        } else if (command instanceof Command.RegisterOrganization organization) {
            accounts.add(organization.account());
        } else if (command instanceof Command.RegisterProduct product) {
            products.put(product.productId(), product.account());
        } else if (command instanceof Command.RegisterCustomer customer) {
            productsByCustomer.put(customer.customer(), customer.productId());
        } else if (command instanceof Command.PauseAccount pause) {
            paused.add(pause.account());
        } else {
            return false;
        }
        return true;
    }

    private boolean acceptDevice(final Command command) {
        if (command instanceof Command.RegisterDevice register) {
            final EntityId id = register.device();
            devices.put(id, new DeviceState(id, register.maxEventSize(), outcomes.apply(id)));
        } else if (command instanceof Command.AddToProduct add) {
            devices.get(add.device()).setProductId(add.productId());
        } else if (command instanceof Command.Claim claim) {
            devices.get(claim.device()).setOwner(sharedOwners.computeIfAbsent(claim.owner(), same -> same));
        } else if (command instanceof Command.SetDeviceFlags flags) {
            final DeviceState device = devices.get(flags.device());
            device.setQuarantined(flags.quarantined() == null ? device.isQuarantined() : flags.quarantined());
            device.setDenied(flags.denied() == null ? device.isDenied() : flags.denied());
        } else if (command instanceof Command.Subscribe subscribe) {
            subscribe(devices.get(subscribe.device()), subscribe.prefix());
        } else if (command instanceof Command.GoOnline online) {
            devices.get(online.device()).setOnline(true);
        } else if (command instanceof Command.GoOffline offline) {
            devices.get(offline.device()).setOnline(false);
        } else {
            return false;
        }
        return true;
    }

    private boolean acceptListener(final Command command) {
        if (command instanceof Command.PutIntegration put) {
            integrations.put(put.integration().id(), put.integration());
        } else if (command instanceof Command.PutLogicFunction put) {
            logicFunctions.put(put.function().id(), put.function());
        } else if (command instanceof Command.OpenStream open) {
            streams.put(open.stream().id(), open.stream());
        } else {
            return false;
        }
        return true;
    }

    private void subscribe(final DeviceState device, final String prefix) {
        if (!device.subscriptions().contains(prefix)) {
            final List<String> prefixes = new ArrayList<>(device.subscriptions());
            prefixes.add(prefix);
            // A list with the device's own id in it has no second user.
            device.setSubscriptions(
                    prefix.contains(device.id().toString())
                            ? List.copyOf(prefixes)
                            : sharedLists.computeIfAbsent(List.copyOf(prefixes), same -> same));
        }
    }
}

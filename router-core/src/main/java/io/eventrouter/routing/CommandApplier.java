package io.eventrouter.routing;

import io.eventrouter.command.Command;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.limits.CommandAdmission;
import io.eventrouter.limits.PublishAdmission;
import io.eventrouter.matching.DeviceSubscriptions;
import io.eventrouter.matching.ServiceSubscribers;
import io.eventrouter.memory.MemoryExhaustedException;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.ownership.DeviceFlags;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.KnownIds;
import io.eventrouter.ownership.ScopeTable;
import java.util.function.IntConsumer;

/** Carries a command out, wholly or not at all. */
final class CommandApplier {
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final DeviceSubscriptions subscriptions;
    private final ServiceSubscribers services;
    private final UsageMeter meter;
    private final DeviceChanges changes;
    private final PendingFanOuts pending;
    private final KnownIds knownIds;
    private final CommandAdmission admission;
    private final PublishAdmission publishAdmission;
    private final int subscriptionsPerDevice;

    CommandApplier(
            final DeviceTable devices,
            final ScopeTable scopes,
            final DeviceSubscriptions subscriptions,
            final ServiceSubscribers services,
            final UsageMeter meter,
            final DeviceChanges changes,
            final PendingFanOuts pending,
            final KnownIds knownIds,
            final CommandAdmission admission,
            final PublishAdmission publishAdmission,
            final int subscriptionsPerDevice) {
        this.devices = devices;
        this.scopes = scopes;
        this.subscriptions = subscriptions;
        this.services = services;
        this.meter = meter;
        this.changes = changes;
        this.pending = pending;
        this.knownIds = knownIds;
        this.admission = admission;
        this.publishAdmission = publishAdmission;
        this.subscriptionsPerDevice = subscriptionsPerDevice;
    }

    /** Returns why the command, which was submitted at a time, was refused, or null if it was carried out. */
    Refusal apply(final Command command, final long submittedAtMs) {
        admission.begin(submittedAtMs);
        try {
            return applyToSubscriptions(command);
        } catch (final MemoryExhaustedException problem) {
            return Refusal.MATCHING_MEMORY_LIMIT;
        }
    }

    /** Carries out what was carried out before the start; tenants keep what they have beyond their limits. */
    Refusal restore(final Command command) {
        admission.restoring(true);
        try {
            return applyToSubscriptions(command);
        } finally {
            admission.restoring(false);
        }
    }

    private Refusal applyToSubscriptions(final Command command) {
        if (command instanceof Command.Subscribe subscribe) {
            return subscribe(subscribe);
        }
        if (command instanceof Command.Unsubscribe unsubscribe) {
            return onDevice(unsubscribe.device(), device -> subscriptions.remove(device, unsubscribe.prefix()));
        }
        if (command instanceof Command.UnsubscribeAll unsubscribeAll) {
            return onDevice(unsubscribeAll.device(), subscriptions::removeAll);
        }
        if (command instanceof Command.GoOnline online) {
            return onDevice(online.device(), device -> changes.online(device, true));
        }
        if (command instanceof Command.GoOffline offline) {
            return onDevice(offline.device(), device -> changes.online(device, false));
        }
        if (command instanceof Command.EndSession endSession) {
            return onDevice(endSession.device(), device -> {
                changes.online(device, false);
                subscriptions.removeAll(device);
            });
        }
        return applyToServices(command);
    }

    private Refusal applyToServices(final Command command) {
        if (command instanceof Command.PutIntegration put) {
            return services.put(put.integration());
        }
        if (command instanceof Command.EnableIntegration enable) {
            return services.enable(enable.id(), enable.enabled());
        }
        if (command instanceof Command.RemoveIntegration remove) {
            return services.remove(RecipientKind.INTEGRATION, remove.id()) ? null : Refusal.UNKNOWN_INTEGRATION;
        }
        if (command instanceof Command.PutLogicFunction put) {
            return services.put(put.function());
        }
        if (command instanceof Command.RemoveLogicFunction remove) {
            return services.remove(RecipientKind.LOGIC_FUNCTION, remove.id()) ? null : Refusal.UNKNOWN_LOGIC_FUNCTION;
        }
        if (command instanceof Command.OpenStream open) {
            return services.open(open.stream());
        }
        if (command instanceof Command.CloseStream close) {
            return services.remove(RecipientKind.STREAM, close.id()) ? null : Refusal.UNKNOWN_STREAM;
        }
        return applyToOwnership(command);
    }

    private Refusal applyToOwnership(final Command command) {
        if (command instanceof Command.Claim claim) {
            return claim(claim);
        }
        if (command instanceof Command.Unclaim unclaim) {
            return onDevice(unclaim.device(), device -> changes.owner(device, 0));
        }
        if (command instanceof Command.AddToProduct add) {
            return addToProduct(add);
        }
        if (command instanceof Command.RemoveFromProduct remove) {
            return onDevice(remove.device(), changes::leaveProduct);
        }
        if (command instanceof Command.SetDeviceFlags flags) {
            return onDevice(flags.device(), device -> changes.flags(device, changed(devices.flags(device), flags)));
        }
        if (command instanceof Command.SetMaxEventSize size) {
            return onDevice(size.device(), device -> changes.maxEventSize(device, size.maxEventSize()));
        }
        if (command instanceof Command.PauseAccount pause) {
            return onAccount(pause.account(), account -> scopes.paused(account, true));
        }
        if (command instanceof Command.ResumeAccount resume) {
            return onAccount(resume.account(), account -> scopes.paused(account, false));
        }
        if (command instanceof Command.SetOperationsPerMonth set) {
            return onAccount(set.account(), account -> meter.grant(account, set.operationsPerMonth()));
        }
        return register(command);
    }

    private Refusal register(final Command command) {
        final Refusal refusal = registerNew(command);
        // A little for each that comes: else the first event of one that came late would wait for all before it.
        admission.makeRoom(devices.count(), scopes.count());
        publishAdmission.makeRoom(devices.count(), scopes.count());
        meter.makeRoomForScopes();
        return refusal;
    }

    private Refusal registerNew(final Command command) {
        if (command instanceof Command.RegisterDevice register) {
            return registerDevice(register);
        }
        if (command instanceof Command.RegisterUser register) {
            final EntityId user = register.user();
            if (scopes.findOwner(user.high(), user.low()) != 0) {
                return Refusal.ALREADY_REGISTERED;
            }
            if (scopes.isFull()) {
                return Refusal.ACCOUNT_LIMIT;
            }
            meter.grant(scopes.addUser(user), register.operationsPerMonth());
            knownIds.add(user.high(), user.low());
            return null;
        }
        if (command instanceof Command.RegisterOrganization register) {
            if (scopes.findOrganization(register.organization()) != 0) {
                return Refusal.ALREADY_REGISTERED;
            }
            if (scopes.isFull()) {
                return Refusal.ACCOUNT_LIMIT;
            }
            meter.grant(scopes.addOrganization(register.organization()), register.operationsPerMonth());
            return null;
        }
        if (command instanceof Command.RegisterCustomer register) {
            return registerCustomer(register);
        }
        return registerProduct((Command.RegisterProduct) command);
    }

    private Refusal registerDevice(final Command.RegisterDevice register) {
        final EntityId id = register.device();
        if (find(id) != 0) {
            return Refusal.ALREADY_REGISTERED;
        }
        final int device = devices.add(id.high(), id.low(), register.maxEventSize());
        if (device == 0) {
            return Refusal.DEVICE_LIMIT;
        }
        meter.addDevice(device);
        knownIds.add(id.high(), id.low());
        return null;
    }

    private Refusal registerCustomer(final Command.RegisterCustomer register) {
        final EntityId customer = register.customer();
        final int product = scopes.findProduct(register.productId());
        if (product == 0) {
            return Refusal.UNKNOWN_PRODUCT;
        }
        if (scopes.findOwner(customer.high(), customer.low()) != 0) {
            return Refusal.ALREADY_REGISTERED;
        }
        if (scopes.isFull()) {
            return Refusal.ACCOUNT_LIMIT;
        }
        scopes.addCustomer(customer, product);
        return null;
    }

    private Refusal registerProduct(final Command.RegisterProduct register) {
        final int account = scopes.findAccount(register.account());
        if (account == 0) {
            return unknown(register.account());
        }
        if (scopes.findProduct(register.productId()) != 0) {
            return Refusal.ALREADY_REGISTERED;
        }
        if (scopes.isFull()) {
            return Refusal.ACCOUNT_LIMIT;
        }
        final Refusal refusal = admission.oneMoreProduct(account);
        if (refusal != null) {
            return refusal;
        }
        scopes.addProduct(register.productId(), account);
        admission.productAdded(account);
        knownIds.add(register.productId(), 0);
        return null;
    }

    private Refusal claim(final Command.Claim claim) {
        final int device = find(claim.device());
        if (device == 0) {
            return Refusal.UNKNOWN_DEVICE;
        }
        final int owner = scopes.findOwner(claim.owner().high(), claim.owner().low());
        if (owner == 0) {
            return Refusal.UNKNOWN_OWNER;
        }
        final Refusal refusal = devices.owner(device) == owner ? null : admission.oneMoreDeviceOfOwner(owner);
        if (refusal == null) {
            pending.settle(device);
            changes.owner(device, owner);
        }
        return refusal;
    }

    private Refusal addToProduct(final Command.AddToProduct add) {
        final int device = find(add.device());
        if (device == 0) {
            return Refusal.UNKNOWN_DEVICE;
        }
        final int product = scopes.findProduct(add.productId());
        if (product == 0) {
            return Refusal.UNKNOWN_PRODUCT;
        }
        final Refusal refusal = devices.product(device) == product ? null : admission.oneMoreDeviceOfProduct(product);
        if (refusal == null) {
            pending.settle(device);
            changes.product(device, product);
        }
        return refusal;
    }

    private Refusal subscribe(final Command.Subscribe subscribe) {
        final int device = find(subscribe.device());
        if (device == 0) {
            return Refusal.UNKNOWN_DEVICE;
        }
        final int account = scopes.payer(devices.owner(device), devices.standingProduct(device));
        final Refusal refusal = admission.subscribe(device, account);
        if (refusal != null) {
            return refusal;
        }
        pending.settle(device);
        final DeviceSubscriptions.Result result = subscriptions.add(device, subscribe.prefix(), subscriptionsPerDevice);
        if (result == DeviceSubscriptions.Result.LIMIT_REACHED) {
            return Refusal.SUBSCRIPTION_LIMIT;
        }
        admission.subscribed(device, account);
        return null;
    }

    private Refusal onDevice(final EntityId id, final IntConsumer change) {
        final int device = find(id);
        if (device == 0) {
            return Refusal.UNKNOWN_DEVICE;
        }
        pending.settle(device);
        change.accept(device);
        return null;
    }

    private Refusal onAccount(final AccountId id, final IntConsumer change) {
        final int account = scopes.findAccount(id);
        if (account == 0) {
            return unknown(id);
        }
        pending.finish(account);
        change.accept(account);
        return null;
    }

    private int find(final EntityId device) {
        return devices.find(device.high(), device.low());
    }

    private static Refusal unknown(final AccountId account) {
        return account.kind() == AccountId.Kind.USER ? Refusal.UNKNOWN_USER : Refusal.UNKNOWN_ORGANIZATION;
    }

    private static int changed(final int flags, final Command.SetDeviceFlags command) {
        int result = changed(flags, DeviceFlags.QUARANTINED, command.quarantined());
        result = changed(result, DeviceFlags.DENIED, command.denied());
        return changed(result, DeviceFlags.DEVELOPMENT, command.development());
    }

    private static int changed(final int flags, final int flag, final Boolean value) {
        if (value == null) {
            return flags;
        }
        return value ? flags | flag : flags & ~flag;
    }
}

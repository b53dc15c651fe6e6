package io.eventrouter.routing;

import io.eventrouter.command.Command;
import io.eventrouter.command.Refusal;
import io.eventrouter.event.EventLimits;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.ownership.DeviceFlags;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.OwnershipRecord;
import io.eventrouter.ownership.OwnershipRecord.Kind;
import io.eventrouter.ownership.ScopeTable;

/** Turns the routing state of one thing into the record that a store keeps, and back. */
final class OwnershipImage {
    private static final int PAUSED = 1;

    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final CommandApplier applier;

    OwnershipImage(final DeviceTable devices, final ScopeTable scopes, final CommandApplier applier) {
        this.devices = devices;
        this.scopes = scopes;
        this.applier = applier;
    }

    /** Fill the record of what a command has changed; false if the command changes nothing that is kept. */
    boolean fill(final Command command, final OwnershipRecord record) {
        if (command instanceof Command.DeviceOwnershipChange change) {
            return fillDevice(change.device().high(), change.device().low(), record);
        }
        if (command instanceof Command.AccountChange change) {
            fillAccount(change.account(), record);
            return true;
        }
        if (command instanceof Command.RegisterProduct register) {
            start(record, Kind.PRODUCT, register.productId(), 0);
            fillOwner(record, scopes.findAccount(register.account()));
            return true;
        }
        if (command instanceof Command.RegisterCustomer register) {
            start(
                    record,
                    Kind.CUSTOMER,
                    register.customer().high(),
                    register.customer().low());
            record.productId = register.productId();
            return true;
        }
        return false;
    }

    boolean fillDevice(final long idHigh, final int idLow, final OwnershipRecord record) {
        final int device = devices.find(idHigh, idLow);
        if (device == 0) {
            return false;
        }
        start(record, Kind.DEVICE, idHigh, idLow);
        fillOwner(record, devices.owner(device));
        record.productId = scopes.productId(devices.product(device));
        record.flags = devices.flags(device) & ~DeviceFlags.ONLINE;
        record.maxEventSize = devices.maxEventSize(device);
        return true;
    }

    /** Take a kept record over; returns what it contradicts, or null. */
    Refusal restore(final OwnershipRecord record) {
        final EntityId id = EntityId.of(record.idHigh, record.idLow);
        return switch (record.kind) {
            case USER ->
                restoreAccount(new Command.RegisterUser(id, record.operationsPerMonth), AccountId.user(id), record);
            case ORGANIZATION ->
                restoreAccount(
                        new Command.RegisterOrganization(id, record.operationsPerMonth),
                        AccountId.organization(id),
                        record);
            case PRODUCT -> applier.restore(new Command.RegisterProduct((int) record.idHigh, accountOf(record)));
            case CUSTOMER -> applier.restore(new Command.RegisterCustomer(id, record.productId));
            case DEVICE -> restoreDevice(id, record);
        };
    }

    private Refusal restoreAccount(final Command register, final AccountId account, final OwnershipRecord record) {
        final Refusal refusal = applier.restore(register);
        return refusal == null && (record.flags & PAUSED) != 0
                ? applier.restore(new Command.PauseAccount(account))
                : refusal;
    }

    private Refusal restoreDevice(final EntityId id, final OwnershipRecord record) {
        Refusal refusal = applier.restore(new Command.RegisterDevice(
                id, record.maxEventSize == 0 ? EventLimits.DEFAULT_MAX_EVENT_SIZE : record.maxEventSize));
        if (refusal == null && record.ownerKind != null) {
            refusal = applier.restore(new Command.Claim(id, EntityId.of(record.ownerIdHigh, record.ownerIdLow)));
        }
        if (refusal == null && record.productId != 0) {
            refusal = applier.restore(new Command.AddToProduct(id, record.productId));
        }
        if (refusal == null && record.flags != 0) {
            refusal = applier.restore(new Command.SetDeviceFlags(
                    id,
                    (record.flags & DeviceFlags.QUARANTINED) != 0,
                    (record.flags & DeviceFlags.DENIED) != 0,
                    (record.flags & DeviceFlags.DEVELOPMENT) != 0));
        }
        return refusal;
    }

    private void fillAccount(final AccountId account, final OwnershipRecord record) {
        final int scope = scopes.findAccount(account);
        final Kind kind = account.kind() == AccountId.Kind.USER ? Kind.USER : Kind.ORGANIZATION;
        start(record, kind, account.id().high(), account.id().low());
        record.flags = scopes.isPaused(scope) ? PAUSED : 0;
        record.operationsPerMonth = scopes.operationsPerMonth(scope);
    }

    private void fillOwner(final OwnershipRecord record, final int scope) {
        if (scope != 0) {
            record.ownerKind = switch (scopes.kind(scope)) {
                case ScopeTable.KIND_USER -> Kind.USER;
                case ScopeTable.KIND_CUSTOMER -> Kind.CUSTOMER;
                default -> Kind.ORGANIZATION;
            };
            record.ownerIdHigh = scopes.idHigh(scope);
            record.ownerIdLow = scopes.idLow(scope);
        }
    }

    private static void start(final OwnershipRecord record, final Kind kind, final long idHigh, final int idLow) {
        record.clear();
        record.kind = kind;
        record.idHigh = idHigh;
        record.idLow = idLow;
    }

    private static AccountId accountOf(final OwnershipRecord record) {
        final EntityId id = EntityId.of(record.ownerIdHigh, record.ownerIdLow);
        return record.ownerKind == Kind.USER ? AccountId.user(id) : AccountId.organization(id);
    }
}

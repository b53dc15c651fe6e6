package io.eventrouter.command;

import io.eventrouter.event.EventLimits;
import io.eventrouter.event.EventNames;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.Objects;

/**
 * A change to what the router knows. It takes effect at its place in the order of the ring: events before it see the
 * old state, events after it the new one. With several lanes it has a place in each of them, and all lanes have all
 * commands in the same order.
 *
 * <p>Commands are immutable. Constructors refuse values that can never be right with an
 * {@link IllegalArgumentException} that names value and limit; what depends on the state is refused at the command's
 * place with a {@link CommandRefusedException}.
 */
public sealed interface Command {
    /** The most operations per month that a plan can grant. */
    long MAX_OPERATIONS_PER_MONTH = 1_000_000_000_000_000L;

    /** A change to what an ownership store keeps. */
    sealed interface OwnershipChange extends Command {}

    /** A change to one device. */
    sealed interface DeviceCommand extends Command {
        /**
         * The device that changes.
         *
         * @return its id.
         */
        EntityId device();
    }

    /** A change to what an ownership store keeps of one device. */
    sealed interface DeviceOwnershipChange extends OwnershipChange, DeviceCommand {}

    /** A change to what an ownership store keeps of one account. */
    sealed interface AccountChange extends OwnershipChange {
        /**
         * The account that changes.
         *
         * @return the account.
         */
        AccountId account();
    }

    /**
     * A user with a developer sandbox, which is an account.
     *
     * @param user not registered as user or customer so far.
     * @param operationsPerMonth that the plan grants, for thresholds; 0 for no thresholds.
     */
    record RegisterUser(EntityId user, long operationsPerMonth) implements AccountChange {
        public RegisterUser {
            Objects.requireNonNull(user, "user");
            checkOperationsPerMonth(operationsPerMonth);
        }

        @Override
        public AccountId account() {
            return AccountId.user(user);
        }
    }

    /**
     * An organization, which is an account.
     *
     * @param organization not registered so far.
     * @param operationsPerMonth that the plan grants, for thresholds; 0 for no thresholds.
     */
    record RegisterOrganization(EntityId organization, long operationsPerMonth) implements AccountChange {
        public RegisterOrganization {
            Objects.requireNonNull(organization, "organization");
            checkOperationsPerMonth(operationsPerMonth);
        }

        @Override
        public AccountId account() {
            return AccountId.organization(organization);
        }
    }

    /**
     * Change what the plan of an account grants. Thresholds that the new grant puts in the past are told at the next
     * operation, unless they were told this month already.
     *
     * @param account of a registered user or organization.
     * @param operationsPerMonth that the plan grants; 0 for no thresholds.
     */
    record SetOperationsPerMonth(AccountId account, long operationsPerMonth) implements AccountChange {
        public SetOperationsPerMonth {
            Objects.requireNonNull(account, "account");
            checkOperationsPerMonth(operationsPerMonth);
        }
    }

    /**
     * A product and the account that it belongs to.
     *
     * @param productId positive, not registered so far.
     * @param account of a registered user or organization.
     */
    record RegisterProduct(int productId, AccountId account) implements OwnershipChange {
        public RegisterProduct {
            checkProductId(productId);
            Objects.requireNonNull(account, "account");
        }
    }

    /**
     * A customer of a product, who can own devices.
     *
     * @param customer not registered as user or customer so far.
     * @param productId of a registered product.
     */
    record RegisterCustomer(EntityId customer, int productId) implements OwnershipChange {
        public RegisterCustomer {
            Objects.requireNonNull(customer, "customer");
            checkProductId(productId);
        }
    }

    /**
     * A device: unclaimed, in no product, offline, without subscriptions.
     *
     * @param device not registered so far.
     * @param maxEventSize the longest payload that it can receive, 255 to 16,384 bytes.
     */
    record RegisterDevice(EntityId device, int maxEventSize) implements DeviceOwnershipChange {
        public RegisterDevice {
            Objects.requireNonNull(device, "device");
            checkMaxEventSize(maxEventSize);
        }

        /**
         * A device that can receive 1,024 bytes.
         *
         * @param device not registered so far.
         */
        public RegisterDevice(final EntityId device) {
            this(device, EventLimits.DEFAULT_MAX_EVENT_SIZE);
        }
    }

    /**
     * Change the longest payload that a device can receive.
     *
     * @param device that is registered.
     * @param maxEventSize 255 to 16,384 bytes.
     */
    record SetMaxEventSize(EntityId device, int maxEventSize) implements DeviceOwnershipChange {
        public SetMaxEventSize {
            Objects.requireNonNull(device, "device");
            checkMaxEventSize(maxEventSize);
        }
    }

    /**
     * Give a device an owner; it leaves the one that it had.
     *
     * @param device that is registered.
     * @param owner a registered user or customer.
     */
    record Claim(EntityId device, EntityId owner) implements DeviceOwnershipChange {
        public Claim {
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(owner, "owner");
        }
    }

    /**
     * Take a device's owner away, if it has one.
     *
     * @param device that is registered.
     */
    record Unclaim(EntityId device) implements DeviceOwnershipChange {
        public Unclaim {
            Objects.requireNonNull(device, "device");
        }
    }

    /**
     * Make a device a member of a product; it leaves the one that it was in. Its flags stay.
     *
     * @param device that is registered.
     * @param productId of a registered product.
     */
    record AddToProduct(EntityId device, int productId) implements DeviceOwnershipChange {
        public AddToProduct {
            Objects.requireNonNull(device, "device");
            checkProductId(productId);
        }
    }

    /**
     * Take a device out of its product, if it is in one, and clear quarantined and denied.
     *
     * @param device that is registered.
     */
    record RemoveFromProduct(EntityId device) implements DeviceOwnershipChange {
        public RemoveFromProduct {
            Objects.requireNonNull(device, "device");
        }
    }

    /**
     * Change flags of a device.
     *
     * @param device that is registered.
     * @param quarantined true or false, or null to leave it.
     * @param denied true or false, or null to leave it.
     * @param development true or false, or null to leave it; never changes routing.
     */
    record SetDeviceFlags(EntityId device, Boolean quarantined, Boolean denied, Boolean development)
            implements DeviceOwnershipChange {
        public SetDeviceFlags {
            Objects.requireNonNull(device, "device");
        }
    }

    /**
     * A device has connected; its subscriptions hear events again.
     *
     * @param device that is registered.
     */
    record GoOnline(EntityId device) implements DeviceCommand {
        public GoOnline {
            Objects.requireNonNull(device, "device");
        }
    }

    /**
     * A device cannot be reached; its subscriptions stay but hear nothing.
     *
     * @param device that is registered.
     */
    record GoOffline(EntityId device) implements DeviceCommand {
        public GoOffline {
            Objects.requireNonNull(device, "device");
        }
    }

    /**
     * A device's session has ended: it is offline and its subscriptions are gone.
     *
     * @param device that is registered.
     */
    record EndSession(EntityId device) implements DeviceCommand {
        public EndSession {
            Objects.requireNonNull(device, "device");
        }
    }

    /**
     * A device subscribes; once to one prefix.
     *
     * @param device that is registered.
     * @param prefix of event names, 1 to 64 bytes.
     */
    record Subscribe(EntityId device, String prefix) implements DeviceCommand {
        public Subscribe {
            Objects.requireNonNull(device, "device");
            checkPrefix(prefix);
        }
    }

    /**
     * A device takes one subscription back, if it has it.
     *
     * @param device that is registered.
     * @param prefix of event names, 1 to 64 bytes.
     */
    record Unsubscribe(EntityId device, String prefix) implements DeviceCommand {
        public Unsubscribe {
            Objects.requireNonNull(device, "device");
            checkPrefix(prefix);
        }
    }

    /**
     * A device takes all its subscriptions back.
     *
     * @param device that is registered.
     */
    record UnsubscribeAll(EntityId device) implements DeviceCommand {
        public UnsubscribeAll {
            Objects.requireNonNull(device, "device");
        }
    }

    /**
     * Create an integration, or replace the one with the same id.
     *
     * @param integration whose scope, device and products are registered.
     */
    record PutIntegration(Integration integration) implements Command {
        public PutIntegration {
            Objects.requireNonNull(integration, "integration");
        }
    }

    /**
     * Switch an integration on or off.
     *
     * @param id of an integration.
     * @param enabled whether events trigger it from here on.
     */
    record EnableIntegration(String id, boolean enabled) implements Command {
        public EnableIntegration {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * Delete an integration.
     *
     * @param id of an integration.
     */
    record RemoveIntegration(String id) implements Command {
        public RemoveIntegration {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * Create a Logic function, or replace the one with the same id.
     *
     * @param function whose triggers name registered products.
     */
    record PutLogicFunction(LogicFunction function) implements Command {
        public PutLogicFunction {
            Objects.requireNonNull(function, "function");
        }
    }

    /**
     * Delete a Logic function.
     *
     * @param id of a Logic function.
     */
    record RemoveLogicFunction(String id) implements Command {
        public RemoveLogicFunction {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * Open a stream.
     *
     * @param stream with an id that no open stream has, and a scope and device that are registered.
     */
    record OpenStream(EventStream stream) implements Command {
        public OpenStream {
            Objects.requireNonNull(stream, "stream");
        }
    }

    /**
     * Close a stream.
     *
     * @param id of an open stream.
     */
    record CloseStream(String id) implements Command {
        public CloseStream {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * Pause an account, if it is not paused: nothing that costs it data operations passes.
     *
     * @param account of a registered user or organization.
     */
    record PauseAccount(AccountId account) implements AccountChange {
        public PauseAccount {
            Objects.requireNonNull(account, "account");
        }
    }

    /**
     * Resume an account, if it is paused.
     *
     * @param account of a registered user or organization.
     */
    record ResumeAccount(AccountId account) implements AccountChange {
        public ResumeAccount {
            Objects.requireNonNull(account, "account");
        }
    }

    private static void checkProductId(final int productId) {
        if (productId <= 0) {
            throw new IllegalArgumentException("product id must be positive: productId=" + productId);
        }
    }

    private static void checkPrefix(final String prefix) {
        EventNames.check("prefix", prefix, 1, EventLimits.MAX_PREFIX_LENGTH);
    }

    private static void checkMaxEventSize(final int maxEventSize) {
        if (maxEventSize < EventLimits.MIN_MAX_EVENT_SIZE || maxEventSize > EventLimits.MAX_MAX_EVENT_SIZE) {
            throw new IllegalArgumentException("maximum event size must be in [" + EventLimits.MIN_MAX_EVENT_SIZE + ", "
                    + EventLimits.MAX_MAX_EVENT_SIZE + "]: maxEventSize=" + maxEventSize);
        }
    }

    private static void checkOperationsPerMonth(final long operationsPerMonth) {
        if (operationsPerMonth < 0 || operationsPerMonth > MAX_OPERATIONS_PER_MONTH) {
            throw new IllegalArgumentException("operations per month must be in [0, " + MAX_OPERATIONS_PER_MONTH
                    + "]: operationsPerMonth=" + operationsPerMonth);
        }
    }
}

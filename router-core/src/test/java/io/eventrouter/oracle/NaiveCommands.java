package io.eventrouter.oracle;

import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.command.Refusal;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries out commands on the oracle's fleet (docs/routing-rules.md, sections 1 and 4).
 *
 * <p>Returns every reason for which a command may be refused, since the rules do not rank them; none means that the
 * command was carried out.
 */
final class NaiveCommands {
    private final Map<Class<?>, Function<Command, Set<Refusal>>> handlers = new HashMap<>();
    private final NaiveFleet fleet;
    private final int subscriptionsPerDevice;
    private final NaiveLimits limits;

    NaiveCommands(final NaiveFleet fleet, final int subscriptionsPerDevice, final NaiveLimits limits) {
        this.limits = limits;
        this.fleet = fleet;
        this.subscriptionsPerDevice = subscriptionsPerDevice;
        handleRegistrations();
        handleOwnership();
        handleSessions();
        handleFreeSubscribers();
    }

    Set<Refusal> apply(final Command command) {
        return handlers.get(command.getClass()).apply(command);
    }

    private void handleRegistrations() {
        on(Command.RegisterUser.class, this::registerUser);
        on(Command.RegisterOrganization.class, this::registerOrganization);
        on(Command.RegisterProduct.class, this::registerProduct);
        on(Command.RegisterCustomer.class, this::registerCustomer);
        on(Command.RegisterDevice.class, this::registerDevice);
        on(
                Command.SetOperationsPerMonth.class,
                command -> unlessRefused(
                        () -> fleet.operationsPerMonth.put(command.account(), command.operationsPerMonth()),
                        unknownAccount(command.account())));
        on(
                Command.PauseAccount.class,
                command -> unlessRefused(() -> fleet.paused.add(command.account()), unknownAccount(command.account())));
        on(
                Command.ResumeAccount.class,
                command ->
                        unlessRefused(() -> fleet.paused.remove(command.account()), unknownAccount(command.account())));
    }

    private void handleOwnership() {
        on(
                Command.Claim.class,
                command -> unlessRefused(
                        () -> fleet.devices.get(command.device()).owner = command.owner(),
                        unknownDevice(command.device()),
                        fleet.hasOwner(command.owner()) ? null : Refusal.UNKNOWN_OWNER,
                        limits.claim(fleet.devices.get(command.device()), command.owner())));
        on(Command.Unclaim.class, command -> onDevice(command.device(), device -> device.owner = null));
        on(
                Command.AddToProduct.class,
                command -> unlessRefused(
                        () -> fleet.devices.get(command.device()).productId = command.productId(),
                        unknownDevice(command.device()),
                        unknownProduct(command.productId()),
                        limits.join(fleet.devices.get(command.device()), command.productId())));
        on(
                Command.RemoveFromProduct.class,
                command -> onDevice(command.device(), device -> {
                    device.productId = 0;
                    device.quarantined = false;
                    device.denied = false;
                }));
        on(
                Command.SetDeviceFlags.class,
                command -> onDevice(command.device(), device -> {
                    device.quarantined = command.quarantined() == null ? device.quarantined : command.quarantined();
                    device.denied = command.denied() == null ? device.denied : command.denied();
                    device.development = command.development() == null ? device.development : command.development();
                }));
    }

    private void handleSessions() {
        on(
                Command.SetMaxEventSize.class,
                command -> onDevice(command.device(), device -> device.maxEventSize = command.maxEventSize()));
        on(Command.GoOnline.class, command -> onDevice(command.device(), device -> device.online = true));
        on(Command.GoOffline.class, command -> onDevice(command.device(), device -> device.online = false));
        on(
                Command.EndSession.class,
                command -> onDevice(command.device(), device -> {
                    device.online = false;
                    device.subscriptions.clear();
                }));
        on(Command.Subscribe.class, this::subscribe);
        on(
                Command.Unsubscribe.class,
                command -> onDevice(command.device(), device -> device.subscriptions.remove(command.prefix())));
        on(Command.UnsubscribeAll.class, command -> onDevice(command.device(), device -> device.subscriptions.clear()));
    }

    private void handleFreeSubscribers() {
        on(Command.PutIntegration.class, command -> putIntegration(command.integration()));
        on(Command.EnableIntegration.class, this::enableIntegration);
        on(
                Command.RemoveIntegration.class,
                command -> unlessRefused(
                        () -> fleet.integrations.remove(command.id()),
                        unknown(fleet.integrations, command.id(), Refusal.UNKNOWN_INTEGRATION)));
        on(Command.PutLogicFunction.class, command -> putFunction(command.function()));
        on(
                Command.RemoveLogicFunction.class,
                command -> unlessRefused(
                        () -> fleet.functions.remove(command.id()),
                        unknown(fleet.functions, command.id(), Refusal.UNKNOWN_LOGIC_FUNCTION)));
        on(Command.OpenStream.class, command -> openStream(command.stream()));
        on(
                Command.CloseStream.class,
                command -> unlessRefused(
                        () -> fleet.streams.remove(command.id()),
                        unknown(fleet.streams, command.id(), Refusal.UNKNOWN_STREAM)));
    }

    private Set<Refusal> registerUser(final Command.RegisterUser command) {
        return unlessRefused(
                () -> {
                    fleet.users.add(command.user());
                    fleet.operationsPerMonth.put(AccountId.user(command.user()), command.operationsPerMonth());
                },
                fleet.accountLimit(),
                taken(fleet.hasOwner(command.user())));
    }

    private Set<Refusal> registerOrganization(final Command.RegisterOrganization command) {
        final AccountId account = AccountId.organization(command.organization());
        return unlessRefused(
                () -> {
                    fleet.organizations.add(command.organization());
                    fleet.operationsPerMonth.put(account, command.operationsPerMonth());
                },
                fleet.accountLimit(),
                taken(fleet.organizations.contains(command.organization())));
    }

    private Set<Refusal> registerProduct(final Command.RegisterProduct command) {
        return unlessRefused(
                () -> fleet.products.put(command.productId(), command.account()),
                fleet.accountLimit(),
                taken(fleet.products.containsKey(command.productId())),
                unknownAccount(command.account()),
                limits.product(command.account()));
    }

    private Set<Refusal> registerCustomer(final Command.RegisterCustomer command) {
        return unlessRefused(
                () -> fleet.customers.put(command.customer(), command.productId()),
                fleet.accountLimit(),
                taken(fleet.hasOwner(command.customer())),
                unknownProduct(command.productId()));
    }

    private Set<Refusal> registerDevice(final Command.RegisterDevice command) {
        return unlessRefused(
                () -> fleet.devices.put(command.device(), new NaiveDevice(command.device(), command.maxEventSize())),
                fleet.deviceLimit(),
                taken(fleet.devices.containsKey(command.device())));
    }

    private Set<Refusal> subscribe(final Command.Subscribe command) {
        final NaiveDevice device = fleet.devices.get(command.device());
        if (device == null) {
            return EnumSet.of(Refusal.UNKNOWN_DEVICE);
        }
        final boolean isPresent = device.subscriptions.contains(command.prefix());
        final boolean isFull = !isPresent && device.subscriptions.size() >= subscriptionsPerDevice;
        final Set<Refusal> refusals = unlessRefused(
                () -> {
                    if (!isPresent) {
                        device.subscriptions.add(command.prefix());
                    }
                },
                isFull ? Refusal.SUBSCRIPTION_LIMIT : null,
                limits.subscribe(device));
        if (limits.subscribeTakesTokens(refusals)) {
            limits.subscribed(device);
        }
        return refusals;
    }

    private Set<Refusal> enableIntegration(final Command.EnableIntegration command) {
        final Integration integration = fleet.integrations.get(command.id());
        final Runnable effect = () -> fleet.integrations.put(command.id(), integration.enabled(command.enabled()));
        final Refusal unknown = unknown(fleet.integrations, command.id(), Refusal.UNKNOWN_INTEGRATION);
        return command.enabled()
                ? unlessRefusedOrTooFast(integration, effect, unknown)
                : unlessRefused(effect, unknown);
    }

    private Set<Refusal> putIntegration(final Integration integration) {
        final ScopeId scope = integration.scope();
        final boolean isSandbox = scope.kind() == ScopeId.Kind.OWNER;
        return unlessRefusedOrTooFast(
                integration,
                () -> fleet.integrations.put(integration.id(), integration),
                limits.service(integration, fleet.integrations.get(integration.id())),
                isSandbox && !fleet.users.contains(scope.id()) ? Refusal.UNKNOWN_OWNER : null,
                isSandbox ? null : unknownScope(scope),
                unknownAmong(integration.products()),
                integration.device() == null ? null : unknownDevice(integration.device()));
    }

    private Set<Refusal> putFunction(final LogicFunction function) {
        return unlessRefusedOrTooFast(
                function,
                () -> fleet.functions.put(function.id(), function),
                limits.service(function, fleet.functions.get(function.id())),
                unknownAmong(function.triggers().stream()
                        .map(LogicFunction.Trigger::productId)
                        .toList()));
    }

    private Set<Refusal> openStream(final EventStream stream) {
        return unlessRefusedOrTooFast(
                stream,
                () -> fleet.streams.put(stream.id(), stream),
                limits.service(stream, null),
                taken(fleet.streams.containsKey(stream.id())),
                unknownScope(stream.scope()),
                stream.device() == null ? null : unknownDevice(stream.device()));
    }

    private Set<Refusal> onDevice(final EntityId id, final Consumer<NaiveDevice> effect) {
        return unlessRefused(() -> effect.accept(fleet.devices.get(id)), unknownDevice(id));
    }

    private Refusal unknownDevice(final EntityId id) {
        return fleet.devices.containsKey(id) ? null : Refusal.UNKNOWN_DEVICE;
    }

    private Refusal unknownProduct(final int productId) {
        return fleet.products.containsKey(productId) ? null : Refusal.UNKNOWN_PRODUCT;
    }

    private Refusal unknownAmong(final List<Integer> products) {
        return fleet.products.keySet().containsAll(products) ? null : Refusal.UNKNOWN_PRODUCT;
    }

    private Refusal unknownAccount(final AccountId account) {
        if (fleet.hasAccount(account)) {
            return null;
        }
        return account.kind() == AccountId.Kind.USER ? Refusal.UNKNOWN_USER : Refusal.UNKNOWN_ORGANIZATION;
    }

    private Refusal unknownScope(final ScopeId scope) {
        switch (scope.kind()) {
            case OWNER:
                return fleet.hasOwner(scope.id()) ? null : Refusal.UNKNOWN_OWNER;
            case PRODUCT:
                return unknownProduct(scope.productId());
            default:
                return fleet.organizations.contains(scope.id()) ? null : Refusal.UNKNOWN_ORGANIZATION;
        }
    }

    private static Refusal unknown(final Map<String, ?> things, final String id, final Refusal refusal) {
        return things.containsKey(id) ? null : refusal;
    }

    private static Refusal taken(final boolean isTaken) {
        return isTaken ? Refusal.ALREADY_REGISTERED : null;
    }

    /** The same for what may be done so often only; nobody asks how often unless there is no other reason. */
    private Set<Refusal> unlessRefusedOrTooFast(
            final Object definition, final Runnable effect, final Refusal... reasonsOrNull) {
        final Set<Refusal> refusals = unlessRefused(() -> {}, reasonsOrNull);
        return !refusals.isEmpty()
                ? refusals
                : unlessRefused(
                        () -> {
                            effect.run();
                            limits.subscribed(definition);
                        },
                        limits.subscribe(definition));
    }

    private static Set<Refusal> unlessRefused(final Runnable effect, final Refusal... reasonsOrNull) {
        final Set<Refusal> refusals = EnumSet.noneOf(Refusal.class);
        for (final Refusal reason : reasonsOrNull) {
            if (reason != null) {
                refusals.add(reason);
            }
        }
        if (refusals.isEmpty()) {
            effect.run();
        }
        return refusals;
    }

    private <C extends Command> void on(final Class<C> type, final Function<C, Set<Refusal>> handler) {
        handlers.put(type, command -> handler.apply(type.cast(command)));
    }
}

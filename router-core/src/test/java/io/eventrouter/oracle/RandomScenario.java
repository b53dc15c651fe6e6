package io.eventrouter.oracle;

import io.eventrouter.command.Command;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Makes a scenario from a seed: a small fleet, then random things that happen to it.
 *
 * <p>Every seed has its own weights and leaves some operations out, so that rare combinations of the others become
 * common somewhere.
 */
public final class RandomScenario {
    public static final int TYPICAL_STEPS = 150;
    private static final int[] WEIGHT_FACTORS = {0, 1, 1, 2, 5};
    private static final int[] MAX_EVENT_SIZES = {255, 256, 512, 1_023, 1_024, 1_025, 16_383, 16_384};
    private static final Long[] PLANS = {0L, 0L, 1L, 2L, 3L, 10L, 50L};

    private final List<Supplier<List<Step>>> choices = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final SplittableRandom random;
    private final ScenarioPools pools;
    private final RandomEvents events;
    private final RandomSubscribers subscribers;

    private RandomScenario(final long seed, final boolean isCrowded) {
        random = new SplittableRandom(seed);
        pools = new ScenarioPools(random, isCrowded);
        events = new RandomEvents(random, pools);
        subscribers = new RandomSubscribers(random, pools);
    }

    static Scenario of(final long seed) {
        return new RandomScenario(seed, false).make(seed, TYPICAL_STEPS);
    }

    /** A scenario of at least so many steps; in a crowded one most events are for many devices. */
    public static Scenario of(final long seed, final int typicalSteps, final boolean isCrowded) {
        return new RandomScenario(seed, isCrowded).make(seed, typicalSteps);
    }

    /** A scenario in which most events are for many devices. */
    static Scenario crowded(final long seed) {
        return new RandomScenario(seed, true).make(seed, 2 * TYPICAL_STEPS);
    }

    private Scenario make(final long seed, final int typicalSteps) {
        registerEverything();
        setUpDevices();
        weighEvents();
        weighCommands();
        weighBursts();
        while (steps.size() < typicalSteps) {
            steps.addAll(pools.pick(choices).get());
        }
        return new Scenario(seed, policies(seed), List.copyOf(steps));
    }

    /** Both eras and all three scopes by turns. */
    private Policies policies(final long seed) {
        final int turn = Math.floorMod(seed, 6);
        return new Policies(
                Era.values()[turn % 2],
                ProductScope.values()[turn / 2],
                pools.pick(List.of(1, 2, 4, Integer.MAX_VALUE)),
                limits());
    }

    /**
     * None in half of the scenarios, so that these lead as far as they did; small ones here and there in the others.
     */
    private TenantLimits limits() {
        final TenantLimits limits = new TenantLimits();
        if (random.nextBoolean()) {
            return limits;
        }
        limits.devicesPerOwner(number(3)).devicesPerProduct(number(4)).productsPerAccount(number(2));
        limits.servicesPerScope(number(3));
        if (random.nextBoolean()) {
            limits.publishRatePerDevice(rate(), burst());
        }
        if (random.nextBoolean()) {
            limits.publishRatePerAccount(rate(), burst());
        }
        if (random.nextBoolean()) {
            limits.subscribeRatePerDevice(rate(), burst());
        }
        if (random.nextBoolean()) {
            limits.subscribeRatePerAccount(rate(), burst());
        }
        return limits;
    }

    private int number(final int least) {
        return random.nextBoolean() ? TenantLimits.UNLIMITED : least + random.nextInt(5);
    }

    private int rate() {
        return pools.pick(List.of(1, 2, 3, 7, 1_000, 1_000_000));
    }

    private int burst() {
        return 1 + random.nextInt(12);
    }

    private void registerEverything() {
        pools.users.forEach(user -> add(new Command.RegisterUser(user, plan())));
        pools.organizations.forEach(id -> add(new Command.RegisterOrganization(id, plan())));
        pools.products.forEach(product -> add(new Command.RegisterProduct(product, account())));
        pools.customers.forEach(id -> add(new Command.RegisterCustomer(id, pools.product())));
        pools.devices.forEach(id -> add(new Command.RegisterDevice(id, maxEventSize())));
        for (int i = random.nextInt(8); i > 0; i--) {
            add(subscribers.integration());
            add(subscribers.function());
            add(subscribers.stream());
        }
    }

    private void setUpDevices() {
        for (final EntityId device : pools.devices) {
            if (random.nextInt(10) < 6) {
                add(new Command.Claim(device, pools.owner()));
            }
            if (random.nextInt(10) < 6) {
                add(new Command.AddToProduct(device, pools.product()));
            }
            if (random.nextInt(10) < 9) {
                add(new Command.GoOnline(device));
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                add(new Command.Subscribe(device, pools.prefix()));
            }
        }
    }

    private void weighEvents() {
        weigh(10, () -> List.of(events.published(EventOrigin.DEVICE)));
        choices.add(() -> List.of(events.published(EventOrigin.DEVICE)));
        weigh(3, () -> List.of(events.published(EventOrigin.API_USER)));
        weigh(3, () -> List.of(events.published(EventOrigin.API_PRODUCT)));
        weigh(2, () -> List.of(events.published(EventOrigin.LOGIC)));
        weigh(2, () -> List.of(events.published(EventOrigin.LOGIC_AS_DEVICE)));
        weigh(2, () -> List.of(events.published(EventOrigin.HOOK)));
        weigh(2, () -> List.of(events.published(EventOrigin.SYSTEM)));
        weigh(3, () -> List.of(events.answer()));
        weigh(3, () -> List.of(events.handlerAnswer()));
        weigh(2, () -> List.of(events.report()));
        weigh(1, () -> List.of(new Step.Advance(random.nextLong(7_200_000))));
        weigh(3, () -> List.of(new Step.Advance(random.nextLong(1_500))));
        weigh(1, () -> List.of(new Step.Advance(-random.nextLong(1_200)), new Step.Advance(random.nextLong(1_200))));
        weigh(1, this::setClockBack);
    }

    private void weighCommands() {
        weighCommand(3, () -> new Command.Claim(pools.deviceOrUnknown(), pools.ownerOrUnknown()));
        weighCommand(2, () -> new Command.Unclaim(pools.deviceOrUnknown()));
        weighCommand(3, () -> new Command.AddToProduct(pools.deviceOrUnknown(), pools.productOrUnknown()));
        weighCommand(1, () -> new Command.RemoveFromProduct(pools.deviceOrUnknown()));
        weighCommand(2, () -> new Command.SetDeviceFlags(pools.deviceOrUnknown(), flag(), flag(), flag()));
        weighCommand(3, () -> new Command.GoOnline(pools.deviceOrUnknown()));
        weighCommand(1, () -> new Command.GoOffline(pools.deviceOrUnknown()));
        weighCommand(1, () -> new Command.EndSession(pools.deviceOrUnknown()));
        weighCommand(5, () -> new Command.Subscribe(pools.deviceOrUnknown(), pools.prefix()));
        weighCommand(2, () -> new Command.Unsubscribe(pools.deviceOrUnknown(), pools.prefix()));
        weighCommand(1, () -> new Command.UnsubscribeAll(pools.deviceOrUnknown()));
        weighCommand(1, () -> new Command.SetMaxEventSize(pools.deviceOrUnknown(), maxEventSize()));
        weighCommand(2, subscribers::integration);
        weighCommand(1, subscribers::changeOfIntegration);
        weighCommand(2, subscribers::function);
        weighCommand(1, subscribers::removalOfFunction);
        weighCommand(2, subscribers::stream);
        weighCommand(1, subscribers::endOfStream);
        weighCommand(1, () -> new Command.PauseAccount(account()));
        weighCommand(2, () -> new Command.ResumeAccount(account()));
        weighCommand(1, () -> new Command.SetOperationsPerMonth(account(), plan()));
        weighCommand(1, this::registration);
    }

    private void weighBursts() {
        weigh(1, this::claimTwice);
        weigh(1, this::moveBetweenProducts);
        weigh(1, this::quarantineAndAddAgain);
        weigh(1, this::pauseAndResume);
    }

    /** A publisher at its limit goes on while the clock is set back and catches up. */
    private List<Step> setClockBack() {
        final Step event = events.publishedBy(pools.device());
        final List<Step> result = new ArrayList<>(List.of(event, event, event));
        for (int i = 0; i < 4; i++) {
            result.add(new Step.Advance(random.nextLong(-2_500, 1_500)));
            result.add(event);
        }
        return result;
    }

    private List<Step> claimTwice() {
        final EntityId device = pools.device();
        final Step event = events.publishedBy(device);
        return List.of(
                event,
                new Step.Apply(new Command.Claim(device, pools.owner())),
                event,
                new Step.Apply(new Command.Claim(device, pools.owner())),
                event,
                new Step.Apply(new Command.Unclaim(device)),
                event);
    }

    private List<Step> moveBetweenProducts() {
        final EntityId device = pools.device();
        final Step event = events.publishedBy(device);
        return List.of(
                new Step.Apply(new Command.AddToProduct(device, pools.product())),
                event,
                new Step.Apply(new Command.AddToProduct(device, pools.product())),
                event,
                new Step.Apply(new Command.RemoveFromProduct(device)),
                event);
    }

    private List<Step> quarantineAndAddAgain() {
        final EntityId device = pools.device();
        final Step event = events.publishedBy(device);
        return List.of(
                new Step.Apply(new Command.SetDeviceFlags(device, flag(), flag(), null)),
                event,
                new Step.Apply(
                        random.nextBoolean()
                                ? new Command.RemoveFromProduct(device)
                                : new Command.SetDeviceFlags(device, flag(), flag(), flag())),
                event,
                new Step.Apply(new Command.AddToProduct(device, pools.product())),
                event);
    }

    private List<Step> pauseAndResume() {
        final AccountId account = account();
        final Step event = events.published(EventOrigin.DEVICE);
        return List.of(
                new Step.Apply(new Command.PauseAccount(account)),
                event,
                events.report(),
                events.published(EventOrigin.SYSTEM),
                events.answer(),
                new Step.Apply(new Command.ResumeAccount(account)),
                event);
    }

    /** Something that is mostly registered already. */
    private Command registration() {
        switch (random.nextInt(5)) {
            case 0:
                return new Command.RegisterUser(pools.ownerOrUnknown(), plan());
            case 1:
                return new Command.RegisterOrganization(pools.organizationOrOther(), plan());
            case 2:
                return new Command.RegisterProduct(pools.productOrUnknown(), account());
            case 3:
                return new Command.RegisterCustomer(pools.ownerOrUnknown(), pools.productOrUnknown());
            default:
                return new Command.RegisterDevice(pools.deviceOrUnknown(), maxEventSize());
        }
    }

    private AccountId account() {
        return random.nextBoolean()
                ? AccountId.user(pools.userOrOther())
                : AccountId.organization(pools.organizationOrOther());
    }

    private long plan() {
        return pools.pick(List.of(PLANS));
    }

    private int maxEventSize() {
        return MAX_EVENT_SIZES[random.nextInt(MAX_EVENT_SIZES.length)];
    }

    private Boolean flag() {
        return random.nextInt(3) == 0 ? null : Boolean.valueOf(random.nextInt(3) == 0);
    }

    private void add(final Command command) {
        steps.add(new Step.Apply(command));
    }

    private void weighCommand(final int weight, final Supplier<Command> command) {
        weigh(weight, () -> List.of(new Step.Apply(command.get())));
    }

    private void weigh(final int weight, final Supplier<List<Step>> choice) {
        final int factor = WEIGHT_FACTORS[random.nextInt(WEIGHT_FACTORS.length)];
        for (int i = weight * factor; i > 0; i--) {
            choices.add(choice);
        }
    }
}

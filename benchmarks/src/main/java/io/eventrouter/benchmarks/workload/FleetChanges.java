package io.eventrouter.benchmarks.workload;

import io.eventrouter.command.Command;
import io.eventrouter.identity.EntityId;
import java.util.SplittableRandom;

/**
 * Changes of a {@link Fleet} that are always in order and never change how many subscribers an event of an
 * {@link EventSequence} meets: claims go round among the users of a product, devices that nobody claimed move between
 * products, and what is subscribed to is no event's name.
 */
public final class FleetChanges {
    private static final String SPARE_PREFIX = "spare/";
    private static final int SUBSCRIBED_AT_A_TIME = 1 << 10;
    private static final int KINDS = 4;

    private final Fleet fleet;
    private final SplittableRandom random;
    private final EntityId[] subscribed = new EntityId[SUBSCRIBED_AT_A_TIME];
    private int kind;
    private int oldest;

    /**
     * Changes, the same for the same seed.
     *
     * @param fleet that changes.
     * @param seed of everything random.
     */
    public FleetChanges(final Fleet fleet, final long seed) {
        this.fleet = fleet;
        this.random = new SplittableRandom(seed);
    }

    /**
     * A change: each kind in turn.
     *
     * @return a command.
     */
    public Command any() {
        kind = (kind + 1) % KINDS;
        return switch (kind) {
            case 0 -> claim();
            case 1 -> move();
            case 2 -> unsubscribe();
            default -> subscribe();
        };
    }

    /**
     * A claimed device goes to another user of its product.
     *
     * @return a command.
     */
    public Command claim() {
        final int device = device(true);
        EntityId owner = null;
        while (owner == null) {
            owner = fleet.ownerOf(fleet.member(fleet.productOf(device), random.nextInt(fleet.devicesPerProduct())));
        }
        return new Command.Claim(fleet.device(device), owner);
    }

    /**
     * A device that nobody claimed, and that subscribes to nothing, goes to another product.
     *
     * @return a command.
     */
    public Command move() {
        return new Command.AddToProduct(fleet.device(device(false)), 1 + random.nextInt(fleet.products()));
    }

    /**
     * A device subscribes to something that no event is named like.
     *
     * @return a command.
     */
    public Command subscribe() {
        final EntityId device = fleet.device(device(true));
        subscribed[oldest] = device;
        return new Command.Subscribe(device, SPARE_PREFIX);
    }

    /**
     * The device that subscribed longest ago takes its subscription back.
     *
     * @return a command.
     */
    public Command unsubscribe() {
        oldest = (oldest + 1) % SUBSCRIBED_AT_A_TIME;
        final EntityId device = subscribed[oldest];
        return new Command.Unsubscribe(device == null ? fleet.device(0) : device, SPARE_PREFIX);
    }

    private int device(final boolean claimed) {
        while (true) {
            final int device = random.nextInt(fleet.devices());
            if (claimed ? fleet.ownerOf(device) != null : isFreeToMove(device)) {
                return device;
            }
        }
    }

    private boolean isFreeToMove(final int device) {
        return fleet.ownerOf(device) == null && fleet.prefixOf(device) == null;
    }
}

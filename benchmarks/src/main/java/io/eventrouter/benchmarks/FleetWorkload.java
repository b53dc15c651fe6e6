package io.eventrouter.benchmarks;

import io.eventrouter.identity.EntityId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The fleet and the events of all benchmarks: products of organizations, devices that are members of one product and
 * claimed by one of many users each, and subscriptions by the first level of the event's name. The same seed gives
 * the same fleet and the same events.
 *
 * <p>Every event is in three scopes: its device's owner, product and organization. In the product's scope it matches
 * one subscription on average.
 */
public final class FleetWorkload {
    /** Events that are made in advance; a power of two. */
    public static final int EVENTS = 1 << 20;

    /** Bytes in a payload. */
    public static final int PAYLOAD_LENGTH = 64;

    private static final int DEVICES_PER_USER = 10;
    private static final int SUBSCRIPTIONS_PER_PRODUCT = 100;
    private static final int PRODUCTS_PER_ORGANIZATION = 10;
    private static final int NAMES_PER_PREFIX = 8;
    private static final int MAX_NAME_LENGTH = 32;

    private final int devices;
    private final int subscriptions;
    private final int products;
    private final long seed;
    private final long[] eventIdHigh = new long[EVENTS];
    private final int[] eventIdLow = new int[EVENTS];
    private final int[] eventProduct = new int[EVENTS];
    private final short[] eventName = new short[EVENTS];
    private final UnsafeBuffer names =
            new UnsafeBuffer(ByteBuffer.allocateDirect(SUBSCRIPTIONS_PER_PRODUCT * NAMES_PER_PREFIX * MAX_NAME_LENGTH));
    private final int[] nameLengths = new int[SUBSCRIPTIONS_PER_PRODUCT * NAMES_PER_PREFIX];
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH]);

    /**
     * A workload.
     *
     * @param devices in the fleet.
     * @param subscriptions in the fleet, at most as many as devices.
     * @param skewed whether a few devices publish most events (Zipf, exponent 1), or all alike.
     * @param seed of everything random.
     */
    public FleetWorkload(final int devices, final int subscriptions, final boolean skewed, final long seed) {
        this.devices = devices;
        this.subscriptions = subscriptions;
        this.products = Math.max(1, subscriptions / SUBSCRIPTIONS_PER_PRODUCT);
        this.seed = seed;
        for (int i = 0; i < nameLengths.length; i++) {
            final byte[] name = (prefix(i / NAMES_PER_PREFIX) + "reading" + i % NAMES_PER_PREFIX)
                    .getBytes(StandardCharsets.US_ASCII);
            names.putBytes(i * MAX_NAME_LENGTH, name);
            nameLengths[i] = name.length;
        }
        final SplittableRandom random = new SplittableRandom(seed);
        final double logDevices = Math.log(devices);
        for (int i = 0; i < EVENTS; i++) {
            // The continuous Zipf distribution with exponent 1: its logarithm is uniform.
            final int rank = skewed
                    ? (int) Math.min(devices - 1.0, Math.exp(random.nextDouble() * logDevices) - 1)
                    : random.nextInt(devices);
            final int device = scattered(rank);
            eventIdHigh[i] = idHigh(device);
            eventIdLow[i] = idLow(device);
            eventProduct[i] = productOf(device);
            eventName[i] = (short) random.nextInt(nameLengths.length);
        }
    }

    /** Shows a fleet, thing by thing. */
    public interface Visitor {
        /** An organization, by its number. */
        void organization(EntityId organization);

        /** A product and the organization that owns it. */
        void product(int productId, EntityId organization);

        /** A user. */
        void user(EntityId user);

        /** A device, its product and owner, and its subscription or null. */
        void device(EntityId device, int productId, EntityId owner, String prefix);
    }

    /**
     * Show the fleet in an order in which nothing refers to what comes later.
     *
     * @param visitor to show it to.
     */
    public void visit(final Visitor visitor) {
        final int organizations = (products + PRODUCTS_PER_ORGANIZATION - 1) / PRODUCTS_PER_ORGANIZATION;
        for (int i = 0; i < organizations; i++) {
            visitor.organization(organization(i));
        }
        for (int i = 0; i < products; i++) {
            visitor.product(i + 1, organization(i / PRODUCTS_PER_ORGANIZATION));
        }
        for (int i = 0; i * DEVICES_PER_USER < devices; i++) {
            visitor.user(user(i));
        }
        for (int i = 0; i < devices; i++) {
            visitor.device(EntityId.of(idHigh(i), idLow(i)), productOf(i), user(i / DEVICES_PER_USER), prefixOf(i));
        }
    }

    public int products() {
        return products;
    }

    public long eventIdHigh(final int event) {
        return eventIdHigh[event & EVENTS - 1];
    }

    public int eventIdLow(final int event) {
        return eventIdLow[event & EVENTS - 1];
    }

    public int eventProduct(final int event) {
        return eventProduct[event & EVENTS - 1];
    }

    /**
     * The buffer with all names.
     *
     * @return the buffer.
     */
    public UnsafeBuffer names() {
        return names;
    }

    public int nameOffset(final int event) {
        return eventName[event & EVENTS - 1] * MAX_NAME_LENGTH;
    }

    public int nameLength(final int event) {
        return nameLengths[eventName[event & EVENTS - 1]];
    }

    public UnsafeBuffer payload() {
        return payload;
    }

    // Device i is in product i modulo the number of products; the first devices of each product subscribe.
    private int productOf(final int device) {
        return device % products + 1;
    }

    private String prefixOf(final int device) {
        return device < subscriptions ? prefix(device / products % SUBSCRIPTIONS_PER_PRODUCT) : null;
    }

    private static String prefix(final int number) {
        return "sensor" + number + "/";
    }

    // Ranks are spread over the fleet, so that popular devices are not neighbours in memory.
    private int scattered(final int rank) {
        return (int) ((rank * 2_654_435_761L + 12_345) % devices);
    }

    private long idHigh(final int device) {
        return 0xe00fce6800000000L ^ mix(seed + device);
    }

    private int idLow(final int device) {
        return (int) mix(seed - device);
    }

    private static EntityId organization(final int number) {
        return EntityId.of(mix(number), 2);
    }

    private static EntityId user(final int number) {
        return EntityId.of(mix(number), 1);
    }

    private static long mix(final long value) {
        long bits = value * 0x9E3779B97F4A7C15L;
        bits = (bits ^ bits >>> 32) * 0xD6E8FEB86659FD93L;
        return bits ^ bits >>> 32;
    }
}

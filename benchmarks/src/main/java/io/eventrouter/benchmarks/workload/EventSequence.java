package io.eventrouter.benchmarks.workload;

import io.eventrouter.EventRouter;
import io.eventrouter.event.EventDraft;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Events of a {@link Fleet}, over and over again: which device publishes under which name is drawn in advance, so that
 * the next event costs a publisher two reads in sequence. The same seed gives the same events.
 *
 * <p>Uniform: all devices publish alike. Zipf: some products publish much more than others (exponent 1), and within
 * a product all devices alike; no single device can publish thousands of events a second, a large customer can.
 * Ten products: a hundred devices in each of ten products publish, and nobody else.
 */
public final class EventSequence implements EventSource {
    /** Bytes in a payload. */
    public static final int PAYLOAD_LENGTH = 64;

    private static final int FEW_PRODUCTS = 10;
    private static final int DEVICES_OF_FEW_PRODUCTS = 100;
    private static final long SCATTER_PRIME = 2_654_435_761L;

    private final Fleet fleet;
    private final int[] devices;
    private final short[] names;
    private final ReadingNames readingNames = new ReadingNames();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH]);

    /**
     * Draw events.
     *
     * @param fleet whose devices publish.
     * @param length events until they begin again; a power of two.
     * @param skew {@code uniform}, {@code zipf} or {@code ten-products}.
     * @param seed of everything random.
     */
    public EventSequence(final Fleet fleet, final int length, final String skew, final long seed) {
        if (Integer.bitCount(length) != 1) {
            throw new IllegalArgumentException("length must be a power of two: length=" + length);
        }
        this.fleet = fleet;
        devices = new int[length];
        names = new short[length];
        final SplittableRandom random = new SplittableRandom(seed);
        random.nextBytes(payload.byteArray());
        for (int i = 0; i < length; i++) {
            devices[i] = publisher(skew, random);
            names[i] = (short) random.nextInt(ReadingNames.NAMES);
        }
    }

    /**
     * Events until they begin again.
     *
     * @return a power of two.
     */
    public int length() {
        return devices.length;
    }

    /** The number of the event becomes its time; beyond the length the events begin again. */
    @Override
    public EventDraft draft(final long event, final EventDraft draft) {
        final int index = (int) event & devices.length - 1;
        final int device = devices[index];
        final int name = names[index];
        return draft.fromDevice(fleet.idHigh(device), fleet.idLow(device))
                .name(readingNames.buffer(), readingNames.offset(name), readingNames.length(name))
                .payload(payload, 0, PAYLOAD_LENGTH)
                .publishedAtMs(event);
    }

    /**
     * The same events, each with the handle of its device, as connections bring them that have asked for it once. The
     * handles are drawn in advance too, so that the next event costs its publisher another read in sequence.
     *
     * @param router that has the fleet.
     * @return the events.
     */
    public EventSource withHandles(final EventRouter router) {
        final int[] handles = new int[devices.length];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = router.deviceHandle(fleet.device(devices[i]));
            if (handles[i] == 0) {
                throw new IllegalStateException("a device has no handle: device=" + fleet.device(devices[i]));
            }
        }
        return (event, draft) -> {
            final int index = (int) event & devices.length - 1;
            return draft(event, draft)
                    .fromDevice(fleet.idHigh(devices[index]), fleet.idLow(devices[index]), handles[index]);
        };
    }

    /**
     * The product whose device publishes.
     *
     * @param index of the event, less than {@link #length()}.
     * @return number of the product, from 0.
     */
    public int product(final int index) {
        return fleet.productOf(devices[index]);
    }

    /**
     * Which name the event has.
     *
     * @param index of the event, less than {@link #length()}.
     * @return number in {@link ReadingNames}.
     */
    public int name(final int index) {
        return names[index];
    }

    public ReadingNames readingNames() {
        return readingNames;
    }

    private int publisher(final String skew, final SplittableRandom random) {
        return switch (skew) {
            case "uniform" -> random.nextInt(fleet.devices());
            case "zipf" -> deviceOfPopularProduct(random);
            case "ten-products" -> fleet.member(random.nextInt(FEW_PRODUCTS), random.nextInt(DEVICES_OF_FEW_PRODUCTS));
            default -> throw new IllegalArgumentException("skew must be uniform, zipf or ten-products: skew=" + skew);
        };
    }

    // The continuous Zipf distribution with exponent 1: its logarithm is uniform. Ranks are scattered over the
    // numbers, so that popular products are not neighbours in memory.
    private int deviceOfPopularProduct(final SplittableRandom random) {
        final double rank = Math.exp(random.nextDouble() * Math.log(fleet.products() + 1.0)) - 1;
        final long product = ((long) rank * SCATTER_PRIME + 12_345) % fleet.products();
        return fleet.member((int) product, random.nextInt(fleet.devicesPerProduct()));
    }
}

package io.eventrouter.benchmarks.workload;

import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One product with very many devices, unclaimed, the first of which subscribe: each to its own id, as those do that
 * take orders by name, or all to one prefix, as those that listen to broadcasts.
 */
public final class OneProductFleet implements EventSource {
    /** The only product. */
    public static final int PRODUCT = 1;

    /** What all subscribe to when they listen to broadcasts. */
    public static final String BROADCAST_PREFIX = "news/";

    private static final String ORDER = "/on";
    private static final int NAME_LENGTH = EntityId.TEXT_LENGTH + ORDER.length();
    private static final int PAYLOAD_LENGTH = 32;
    private static final int EVENTS = 1 << 20;

    private final Fleet ids;
    private final int subscribers;
    private final boolean broadcast;
    private final int[] publishers;
    private final UnsafeBuffer names;
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH]);

    /**
     * A fleet in which devices give each other orders; or hear broadcasts.
     *
     * @param devices in the product.
     * @param subscribers of them, each with one subscription.
     * @param broadcast whether all subscribe to one prefix, instead of each to its own id.
     * @param seed of everything random.
     */
    public OneProductFleet(final int devices, final int subscribers, final boolean broadcast, final long seed) {
        this.ids = new Fleet(devices, Fleet.SUBSCRIPTIONS_PER_PRODUCT, seed);
        this.subscribers = subscribers;
        this.broadcast = broadcast;
        final int events = broadcast ? 1 : EVENTS;
        publishers = new int[events];
        names = new UnsafeBuffer(new byte[events * NAME_LENGTH]);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < events; i++) {
            publishers[i] = random.nextInt(devices);
            names.putStringWithoutLengthAscii(
                    i * NAME_LENGTH, broadcast ? broadcastName() : ids.device(random.nextInt(subscribers)) + ORDER);
        }
    }

    public EntityId organization() {
        return EntityId.of(PRODUCT, PRODUCT);
    }

    public int devices() {
        return ids.devices();
    }

    public EntityId device(final int device) {
        return ids.device(device);
    }

    /**
     * What a device subscribes to.
     *
     * @param device number.
     * @return a prefix, or null.
     */
    public String prefixOf(final int device) {
        if (device >= subscribers) {
            return null;
        }
        return broadcast ? BROADCAST_PREFIX : ids.device(device) + "/";
    }

    /** Every event meets one subscriber; a broadcast meets all. */
    @Override
    public EventDraft draft(final long event, final EventDraft draft) {
        final int index = (int) event & publishers.length - 1;
        return draft.fromDevice(ids.idHigh(publishers[index]), ids.idLow(publishers[index]))
                .name(names, index * NAME_LENGTH, NAME_LENGTH)
                .payload(payload, 0, PAYLOAD_LENGTH)
                .publishedAtMs(event);
    }

    // As long as the name of an order, so that both take one slot of the ring.
    private static String broadcastName() {
        return BROADCAST_PREFIX + "today".repeat(NAME_LENGTH).substring(0, NAME_LENGTH - BROADCAST_PREFIX.length());
    }
}

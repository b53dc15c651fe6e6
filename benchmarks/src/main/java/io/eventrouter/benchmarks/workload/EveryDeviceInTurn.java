package io.eventrouter.benchmarks.workload;

import io.eventrouter.event.EventDraft;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Events of a {@link Fleet} in which all devices publish equally often: among as many events in a row as there are
 * devices, each has one. Their order is scattered over the numbers of devices. Every event meets one subscribed device.
 */
public final class EveryDeviceInTurn implements EventSource {
    private static final int NAMES = 1 << 12;
    private static final long SCATTER_PRIME = 2_654_435_761L;

    private final Fleet fleet;
    private final short[] names = new short[NAMES];
    private final ReadingNames readingNames = new ReadingNames();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[EventSequence.PAYLOAD_LENGTH]);

    /**
     * Draw names.
     *
     * @param fleet whose devices publish.
     * @param seed of everything random.
     */
    public EveryDeviceInTurn(final Fleet fleet, final long seed) {
        this.fleet = fleet;
        final SplittableRandom random = new SplittableRandom(seed);
        random.nextBytes(payload.byteArray());
        for (int i = 0; i < NAMES; i++) {
            names[i] = (short) random.nextInt(ReadingNames.NAMES);
        }
    }

    @Override
    public EventDraft draft(final long event, final EventDraft draft) {
        final int device = device(event);
        final int name = names[(int) event & NAMES - 1];
        return draft.fromDevice(fleet.idHigh(device), fleet.idLow(device))
                .name(readingNames.buffer(), readingNames.offset(name), readingNames.length(name))
                .payload(payload, 0, payload.capacity())
                .publishedAtMs(event);
    }

    /** The number of the device that publishes an event. A prime that does not divide the fleet reaches all of it. */
    int device(final long event) {
        return (int) (event % fleet.devices() * SCATTER_PRIME % fleet.devices());
    }
}

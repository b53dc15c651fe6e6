package io.eventrouter.loadgen.replay;

import io.eventrouter.delivery.RecipientKind;

/**
 * How many deliveries there were, by kind of recipient.
 *
 * @param toDevices to subscribed devices.
 * @param toIntegrations to integrations.
 * @param toLogicFunctions to Logic functions.
 * @param toStreams to streams.
 */
public record DeliveryCounts(long toDevices, long toIntegrations, long toLogicFunctions, long toStreams) {
    static DeliveryCounts of(final long[] byKind) {
        return new DeliveryCounts(
                byKind[RecipientKind.DEVICE.ordinal()],
                byKind[RecipientKind.INTEGRATION.ordinal()],
                byKind[RecipientKind.LOGIC_FUNCTION.ordinal()],
                byKind[RecipientKind.STREAM.ordinal()]);
    }

    /**
     * All of them.
     *
     * @return the sum.
     */
    public long total() {
        return toDevices + toIntegrations + toLogicFunctions + toStreams;
    }
}

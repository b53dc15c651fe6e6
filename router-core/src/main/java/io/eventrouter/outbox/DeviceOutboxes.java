package io.eventrouter.outbox;

/** Which of the outboxes for devices a device belongs to: say, that of the gateway it is connected to. */
@FunctionalInterface
public interface DeviceOutboxes {
    /**
     * Choose an outbox for a device. Called on the routing thread for every delivery to a device: it must not wait, and
     * one that allocates makes the routing thread allocate.
     *
     * @param deviceIdHigh first 64 bits of the device's id.
     * @param deviceIdLow last 32 bits of the device's id.
     * @return index of the outbox; where there is none the delivery goes to nobody and is counted.
     */
    int indexOf(long deviceIdHigh, int deviceIdLow);
}

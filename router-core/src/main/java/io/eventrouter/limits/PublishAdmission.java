package io.eventrouter.limits;

import io.eventrouter.event.PublishResult;
import io.eventrouter.memory.ConstructionGuard;

/**
 * Refuses events of devices and accounts that publish faster than they may, at the events' place in the order.
 *
 * <p><b>Threading:</b> the routing thread only.
 */
public final class PublishAdmission implements AutoCloseable {
    private final RateBuckets perDevice;
    private final RateBuckets perAccount;

    /**
     * Nobody has published yet.
     *
     * @param limits to keep.
     * @param maxDevice greatest handle of a device.
     * @param maxScope greatest handle of a scope.
     */
    public PublishAdmission(final TenantLimits limits, final int maxDevice, final int maxScope) {
        try (ConstructionGuard guard = new ConstructionGuard()) {
            perDevice = guard.add(RateBuckets.of(limits.publishRatePerDevice(), maxDevice));
            perAccount = guard.add(RateBuckets.of(limits.publishRatePerAccount(), maxScope));
            guard.complete();
        }
    }

    /**
     * Devices or scopes were registered: have room for what is kept of each.
     *
     * @param lastDevice greatest handle of a device that there is.
     * @param lastScope greatest handle of a scope that there is.
     */
    public void makeRoom(final int lastDevice, final int lastScope) {
        if (perDevice != null) {
            perDevice.makeRoom(lastDevice);
        }
        if (perAccount != null) {
            perAccount.makeRoom(lastScope);
        }
    }

    /**
     * Whether there is any limit to keep.
     *
     * @return false if {@link #check} would always be 0.
     */
    public boolean isLimited() {
        return perDevice != null || perAccount != null;
    }

    /**
     * Whether an event may be let in; asking takes nothing.
     *
     * @param device handle of the device that publishes it, 0 for none.
     * @param account handle of the account that publishes it, 0 for none.
     * @param receivedAtMs milliseconds since the epoch.
     * @return 0, or a negative {@link PublishResult}.
     */
    public long check(final int device, final int account, final long receivedAtMs) {
        if (perDevice != null && device != 0 && !perDevice.hasToken(device, receivedAtMs)) {
            return PublishResult.DEVICE_RATE_EXCEEDED;
        }
        return perAccount != null && account != 0 && !perAccount.hasToken(account, receivedAtMs)
                ? PublishResult.ACCOUNT_RATE_EXCEEDED
                : 0;
    }

    /**
     * An event that may be let in is let in.
     *
     * @param device handle of the device that publishes it, 0 for none.
     * @param account handle of the account that publishes it, 0 for none.
     * @param receivedAtMs milliseconds since the epoch.
     */
    public void admit(final int device, final int account, final long receivedAtMs) {
        if (perDevice != null && device != 0) {
            perDevice.take(device, receivedAtMs);
        }
        if (perAccount != null && account != 0) {
            perAccount.take(account, receivedAtMs);
        }
    }

    /**
     * Bytes of off-heap memory.
     *
     * @return bytes.
     */
    public long capacity() {
        return (perDevice == null ? 0 : perDevice.capacity()) + (perAccount == null ? 0 : perAccount.capacity());
    }

    @Override
    public void close() {
        if (perDevice != null) {
            perDevice.close();
        }
        if (perAccount != null) {
            perAccount.close();
        }
    }
}

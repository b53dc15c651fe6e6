package io.eventrouter.limits;

import io.eventrouter.command.Refusal;
import io.eventrouter.memory.ConstructionGuard;

/**
 * Refuses commands that would give a tenant more than it may have, and commands that come faster than they may. Asking
 * takes nothing; a command that was carried out is told.
 *
 * <p><b>Threading:</b> the routing thread only.
 */
public final class CommandAdmission implements AutoCloseable {
    private final TenantLimits limits;
    private final TenantCounts counts;
    private final RateBuckets perDevice;
    private final RateBuckets perAccount;
    private long nowMs;
    private boolean restoring;

    /**
     * Nobody has anything yet.
     *
     * @param limits to keep.
     * @param maxDevice greatest handle of a device.
     * @param maxScope greatest handle of a scope.
     */
    public CommandAdmission(final TenantLimits limits, final int maxDevice, final int maxScope) {
        this.limits = limits;
        try (ConstructionGuard guard = new ConstructionGuard()) {
            counts = guard.add(limits.countsAnything() ? new TenantCounts(maxScope) : null);
            perDevice = guard.add(RateBuckets.of(limits.subscribeRatePerDevice(), maxDevice));
            perAccount = guard.add(RateBuckets.of(limits.subscribeRatePerAccount(), maxScope));
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
        if (counts != null) {
            counts.makeRoom(lastScope);
        }
        if (perDevice != null) {
            perDevice.makeRoom(lastDevice);
        }
        if (perAccount != null) {
            perAccount.makeRoom(lastScope);
        }
    }

    /**
     * A command comes.
     *
     * @param submittedAtMs milliseconds since the epoch.
     */
    public void begin(final long submittedAtMs) {
        nowMs = submittedAtMs;
    }

    /**
     * What was there before the start comes: it counts, and nothing of it is refused.
     *
     * @param isRestoring true until all of it is there.
     */
    public void restoring(final boolean isRestoring) {
        restoring = isRestoring;
    }

    /**
     * Whether an owner may have one more device.
     *
     * @param owner handle.
     * @return why not, or null.
     */
    public Refusal oneMoreDeviceOfOwner(final int owner) {
        return isFull(TenantCounts.DEVICES, owner, limits.devicesPerOwner()) ? Refusal.OWNER_DEVICE_LIMIT : null;
    }

    /**
     * Whether a product may have one more device.
     *
     * @param product handle.
     * @return why not, or null.
     */
    public Refusal oneMoreDeviceOfProduct(final int product) {
        return isFull(TenantCounts.DEVICES, product, limits.devicesPerProduct()) ? Refusal.PRODUCT_DEVICE_LIMIT : null;
    }

    /**
     * A device has another owner, or is in another product.
     *
     * @param before handle of the owner or product, 0 for none.
     * @param after handle of the owner or product, 0 for none.
     */
    public void deviceMoved(final int before, final int after) {
        if (counts != null && before != after) {
            add(TenantCounts.DEVICES, before, -1);
            add(TenantCounts.DEVICES, after, 1);
        }
    }

    /**
     * Whether an account may have one more product.
     *
     * @param account handle.
     * @return why not, or null.
     */
    public Refusal oneMoreProduct(final int account) {
        return isFull(TenantCounts.PRODUCTS, account, limits.productsPerAccount()) ? Refusal.PRODUCT_LIMIT : null;
    }

    /**
     * An account has one more product.
     *
     * @param account handle.
     */
    public void productAdded(final int account) {
        if (counts != null) {
            add(TenantCounts.PRODUCTS, account, 1);
        }
    }

    /**
     * Whether a scope may have one more integration, Logic function or stream.
     *
     * @param scope handle.
     * @return why not, or null.
     */
    public Refusal oneMoreService(final int scope) {
        return isFull(TenantCounts.SERVICES, scope, limits.servicesPerScope()) ? Refusal.SERVICE_LIMIT : null;
    }

    /**
     * Scopes have one more or one fewer integration, Logic function or stream.
     *
     * @param scopes handles, each once.
     * @param change 1 or -1.
     */
    public void servicesChanged(final int[] scopes, final int change) {
        if (counts != null) {
            for (final int scope : scopes) {
                add(TenantCounts.SERVICES, scope, change);
            }
        }
    }

    /**
     * Whether a device may subscribe now.
     *
     * @param device handle, 0 for something else than a device.
     * @param account handle of the account that pays for it, 0 for none.
     * @return why not, or null.
     */
    public Refusal subscribe(final int device, final int account) {
        if (perDevice != null && device != 0 && !perDevice.hasToken(device, nowMs)) {
            return Refusal.DEVICE_SUBSCRIBE_RATE;
        }
        return perAccount != null && account != 0 && !perAccount.hasToken(account, nowMs)
                ? Refusal.ACCOUNT_SUBSCRIBE_RATE
                : null;
    }

    /**
     * Whether something that several accounts pay for may subscribe now.
     *
     * @param accounts handles, each once.
     * @return why not, or null.
     */
    public Refusal subscribe(final int[] accounts) {
        Refusal refusal = null;
        for (final int account : accounts) {
            final Refusal ofAccount = subscribe(0, account);
            refusal = ofAccount == null ? refusal : ofAccount;
        }
        return refusal;
    }

    /**
     * Something has subscribed.
     *
     * @param device handle, 0 for something else than a device.
     * @param account handle of the account that pays for it, 0 for none.
     */
    public void subscribed(final int device, final int account) {
        if (perDevice != null && device != 0) {
            perDevice.take(device, nowMs);
        }
        if (perAccount != null && account != 0) {
            perAccount.take(account, nowMs);
        }
    }

    /**
     * Bytes of off-heap memory.
     *
     * @return bytes.
     */
    public long capacity() {
        return (counts == null ? 0 : counts.capacity())
                + (perDevice == null ? 0 : perDevice.capacity())
                + (perAccount == null ? 0 : perAccount.capacity());
    }

    @Override
    public void close() {
        if (counts != null) {
            counts.close();
        }
        if (perDevice != null) {
            perDevice.close();
        }
        if (perAccount != null) {
            perAccount.close();
        }
    }

    private boolean isFull(final int what, final int scope, final int limit) {
        return limit != TenantLimits.UNLIMITED && !restoring && counts.get(what, scope) >= limit;
    }

    private void add(final int what, final int scope, final int change) {
        if (scope != 0) {
            counts.add(what, scope, change);
        }
    }
}

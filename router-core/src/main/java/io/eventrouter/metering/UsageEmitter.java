package io.eventrouter.metering;

import io.eventrouter.identity.AccountId;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;

/** Shows usage records to the sink one after the other, in one reused view. */
final class UsageEmitter implements UsageRecord {
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final UsageSink sink;

    private long sequence;
    private int account;
    private int product;
    private int device;
    private long windowStartMs;
    private long windowEndMs;
    private long publishOperations;
    private long subscribeOperations;
    private long recordsEmitted;

    UsageEmitter(final DeviceTable devices, final ScopeTable scopes, final UsageSink sink) {
        this.devices = devices;
        this.scopes = scopes;
        this.sink = sink;
    }

    void emitDevice(
            final int ofDevice,
            final boolean isOfOpenWindow,
            final long startMs,
            final long endMs,
            final long publish,
            final long subscribe) {
        device = ofDevice;
        final int standingProduct = devices.standingProduct(ofDevice);
        final int payer = scopes.payer(devices.owner(ofDevice), standingProduct);
        emit(payer, standingProduct, isOfOpenWindow, startMs, endMs, publish, subscribe);
    }

    void emitScope(
            final int ofAccount,
            final int ofProduct,
            final long startMs,
            final long endMs,
            final long publish,
            final long subscribe) {
        device = 0;
        emit(ofAccount, ofProduct, false, startMs, endMs, publish, subscribe);
    }

    long recordsEmitted() {
        return recordsEmitted;
    }

    private void emit(
            final int ofAccount,
            final int ofProduct,
            final boolean isOfOpenWindow,
            final long startMs,
            final long endMs,
            final long publish,
            final long subscribe) {
        account = ofAccount;
        product = ofProduct;
        windowStartMs = startMs;
        windowEndMs = endMs;
        publishOperations = publish;
        subscribeOperations = subscribe;
        sequence = sink.nextSequence();
        if (sink.put(this, isOfOpenWindow)) {
            recordsEmitted++;
        }
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public AccountId.Kind accountKind() {
        return scopes.accountKind(account);
    }

    @Override
    public long accountIdHigh() {
        return scopes.idHigh(account);
    }

    @Override
    public int accountIdLow() {
        return scopes.idLow(account);
    }

    @Override
    public AccountId account() {
        return scopes.accountId(account);
    }

    @Override
    public int productId() {
        return scopes.productId(product);
    }

    @Override
    public boolean hasDevice() {
        return device != 0;
    }

    @Override
    public long deviceIdHigh() {
        return device == 0 ? 0 : devices.idHigh(device);
    }

    @Override
    public int deviceIdLow() {
        return device == 0 ? 0 : devices.idLow(device);
    }

    @Override
    public long windowStartMs() {
        return windowStartMs;
    }

    @Override
    public long windowEndMs() {
        return windowEndMs;
    }

    @Override
    public long publishOperations() {
        return publishOperations;
    }

    @Override
    public long subscribeOperations() {
        return subscribeOperations;
    }
}

package io.eventrouter.metering;

import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.ownership.ScopeTable;

/**
 * Emits what products and accounts have run up since the last window, for records that are rolled up.
 *
 * <p>Totals never go back, so a window is the difference to what was emitted before.
 */
final class ScopeUsage implements AutoCloseable {
    private static final int RECORD_SHIFT = 5;
    private static final int PUBLISH_EMITTED = 0;
    private static final int SUBSCRIBE_EMITTED = 8;
    private static final int PUBLISH_OF_PRODUCTS = 16;
    private static final int SUBSCRIBE_OF_PRODUCTS = 24;

    private final ScopeTable scopes;
    private final OffHeapMemory totals;
    private final UsageEmitter emitter;
    private final UsageSink sink;
    private final OffHeapMemory emitted;

    ScopeUsage(final ScopeTable scopes, final UsageEmitter emitter, final UsageSink sink) {
        this.scopes = scopes;
        this.sink = sink;
        this.totals = scopes.records();
        this.emitter = emitter;
        emitted = OffHeapMemory.reserve(position(scopes.maxCount() + 1));
    }

    /** Have room for all scopes that there are; else the first window makes it, for all of them at once. */
    void makeRoom() {
        emitted.ensureCapacity(position(scopes.count() + 1));
    }

    void emit(final UsageGranularity granularity, final long startMs, final long endMs) {
        makeRoom();
        final boolean rollsUpByProduct = granularity == UsageGranularity.PRODUCT;
        if (rollsUpByProduct || sink.keepsProducts()) {
            for (int scope = 1; scope <= scopes.count(); scope++) {
                if (scopes.kind(scope) == ScopeTable.KIND_PRODUCT) {
                    emitProduct(scope, startMs, endMs, rollsUpByProduct);
                }
            }
        }
        for (int scope = 1; scope <= scopes.count(); scope++) {
            if (scopes.account(scope) == scope) {
                emitAccount(scope, startMs, endMs);
            }
        }
    }

    /** What a scope has run up so far is not emitted: it was, before a restart. */
    void passOver(final int scope) {
        makeRoom();
        takeNew(scope, ScopeTable.PUBLISH_OPERATIONS, PUBLISH_EMITTED);
        takeNew(scope, ScopeTable.SUBSCRIBE_OPERATIONS, SUBSCRIBE_EMITTED);
    }

    long capacity() {
        return emitted.capacity();
    }

    @Override
    public void close() {
        emitted.close();
    }

    private void emitProduct(final int product, final long startMs, final long endMs, final boolean isRecord) {
        final long publish = takeNew(product, ScopeTable.PUBLISH_OPERATIONS, PUBLISH_EMITTED);
        final long subscribe = takeNew(product, ScopeTable.SUBSCRIBE_OPERATIONS, SUBSCRIBE_EMITTED);
        if ((publish | subscribe) == 0) {
            return;
        }
        if (!isRecord) {
            sink.putProduct(scopes.productId(product), publish, subscribe);
            return;
        }
        final int account = scopes.account(product);
        add(account, PUBLISH_OF_PRODUCTS, publish);
        add(account, SUBSCRIBE_OF_PRODUCTS, subscribe);
        emitter.emitScope(account, product, startMs, endMs, publish, subscribe);
    }

    private void emitAccount(final int account, final long startMs, final long endMs) {
        final long publish =
                takeNew(account, ScopeTable.PUBLISH_OPERATIONS, PUBLISH_EMITTED) - take(account, PUBLISH_OF_PRODUCTS);
        final long subscribe = takeNew(account, ScopeTable.SUBSCRIBE_OPERATIONS, SUBSCRIBE_EMITTED)
                - take(account, SUBSCRIBE_OF_PRODUCTS);
        if ((publish | subscribe) != 0) {
            emitter.emitScope(account, 0, startMs, endMs, publish, subscribe);
        }
    }

    private long takeNew(final int scope, final int totalOffset, final int emittedOffset) {
        final long total = totals.getLong(ScopeTable.position(scope) + totalOffset);
        final long before = emitted.getLong(position(scope) + emittedOffset);
        emitted.putLong(position(scope) + emittedOffset, total);
        return total - before;
    }

    private void add(final int account, final int offset, final long operations) {
        emitted.putLong(position(account) + offset, emitted.getLong(position(account) + offset) + operations);
    }

    private long take(final int account, final int offset) {
        final long operations = emitted.getLong(position(account) + offset);
        emitted.putLong(position(account) + offset, 0);
        return operations;
    }

    private static long position(final int scope) {
        return (long) scope << RECORD_SHIFT;
    }
}

package io.eventrouter.metering;

import io.eventrouter.identity.AccountId;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import java.util.HashMap;
import java.util.Map;
import org.agrona.ErrorHandler;

/**
 * Counts data operations for devices, products and accounts, and emits what was counted, window by window.
 *
 * <p><b>Threading:</b> the routing thread only. <b>Cost:</b> a count touches one word of the device and the records of
 * its product and account. Closing a window takes no time by itself: what was counted in it is emitted in slices by
 * {@link #emitSlice(int)}, or at the next count of a device if that comes first.
 */
public final class UsageMeter implements AutoCloseable {
    /*
     * The usage word of a device: the parity of its window in bit 31, operations for publishing in bits 16 to 30, for
     * deliveries in bits 0 to 15. A word of the other parity belongs to the window that was closed last; as long as it
     * does, what is delivered late of an event before the end of that window is added to it. Before
     * either count can overflow, which bits 30 and 15 tell, it is emitted early: one event adds less than what is left
     * of either count then.
     */
    private static final int PUBLISH_SHIFT = 16;
    private static final int PARITY = 1 << 31;
    private static final int NEARLY_FULL = 1 << 30 | 1 << 15;
    private static final int SUBSCRIBE_MASK = 0xFFFF;

    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final OffHeapMemory deviceRecords;
    private final OffHeapMemory scopeRecords;
    private final UsageGranularity granularity;
    private final UsageEmitter emitter;
    private final UsageThresholds thresholds;
    private final ScopeUsage scopeUsage;

    private long window;
    private int parity;

    /** That of the window that is counted into; the window at hand, but for events that are delivered late. */
    private int countedParity;

    private long windowStartMs;
    private long closedStartMs;
    private long closedEndMs;
    private int nextToEmit = 1;
    private int endToEmit;
    private long publishOperations;
    private long subscribeOperations;

    /**
     * A meter that has counted nothing.
     *
     * @param devices that are counted.
     * @param scopes whose totals are kept.
     * @param granularity of the records.
     * @param handler that takes the records.
     * @param errorHandler that takes what the handler throws.
     * @param board where the meters of all lanes meet.
     * @param startMs when the first window begins, in milliseconds since the epoch.
     */
    public UsageMeter(
            final DeviceTable devices,
            final ScopeTable scopes,
            final UsageGranularity granularity,
            final UsageHandler handler,
            final ErrorHandler errorHandler,
            final ThresholdBoard board,
            final long startMs) {
        this.devices = devices;
        this.scopes = scopes;
        this.deviceRecords = devices.records();
        this.scopeRecords = scopes.records();
        this.granularity = granularity;
        this.emitter = new UsageEmitter(devices, scopes, handler, errorHandler);
        this.thresholds = new UsageThresholds(scopes, handler, errorHandler, board);
        this.scopeUsage = new ScopeUsage(scopes, emitter);
        this.windowStartMs = startMs;
    }

    /**
     * Begin to count a device that was added.
     *
     * @param device handle.
     */
    public void addDevice(final int device) {
        setWord(device, parity);
    }

    /**
     * Count operations of a device for publishing.
     *
     * @param device handle.
     * @param standingProduct handle of the product that it is in good standing in, 0 for none.
     * @param payer handle of the account that pays for it, 0 if nobody does: then nothing is counted.
     * @param operations to add.
     */
    public void countPublish(final int device, final int standingProduct, final int payer, final int operations) {
        if (payer == 0 || operations == 0) {
            return;
        }
        publishOperations += operations;
        addToDevice(device, operations << PUBLISH_SHIFT);
        addToScope(standingProduct, ScopeTable.PUBLISH_OPERATIONS, operations);
        addToAccount(payer, ScopeTable.PUBLISH_OPERATIONS, operations);
    }

    /**
     * Count operations of a device for attempts to deliver to it.
     *
     * @param device handle.
     * @param operations to add.
     */
    public void countSubscribe(final int device, final int operations) {
        final int standingProduct = devices.standingProduct(device);
        final int payer = scopes.payer(devices.owner(device), standingProduct);
        if (payer == 0 || operations == 0) {
            return;
        }
        subscribeOperations += operations;
        addToDevice(device, operations);
        addToScope(standingProduct, ScopeTable.SUBSCRIBE_OPERATIONS, operations);
        addToAccount(payer, ScopeTable.SUBSCRIBE_OPERATIONS, operations);
    }

    /**
     * Count operations for a delivery to a device that is known to be in good standing in a product; its product and
     * account are counted together with others by {@link #countSubscribeOfProduct(int, long)}.
     *
     * @param device handle.
     * @param operations to add.
     */
    public void countSubscribeOfMember(final int device, final int operations) {
        addToDevice(device, operations);
    }

    /**
     * Count operations for deliveries to devices in good standing in a product, for the product and its account.
     *
     * @param product handle.
     * @param operations to add.
     */
    public void countSubscribeOfProduct(final int product, final long operations) {
        subscribeOperations += operations;
        addToScope(product, ScopeTable.SUBSCRIBE_OPERATIONS, operations);
        addToAccount(scopes.account(product), ScopeTable.SUBSCRIBE_OPERATIONS, operations);
    }

    /**
     * Emit what a device has run up, because its account or product is about to change.
     *
     * @param device handle, its record still as it was.
     */
    public void settle(final int device) {
        if (granularity == UsageGranularity.DEVICE) {
            emit(device, word(device));
        }
    }

    /**
     * Close the window. What was counted in it is emitted by slices from here on.
     *
     * @param nowMs when it ends and the next begins, in milliseconds since the epoch.
     */
    public void closeWindow(final long nowMs) {
        emitSlice(Integer.MAX_VALUE);
        // A clock that went back makes an empty window, never one that ends before it began.
        closedStartMs = windowStartMs;
        closedEndMs = Math.max(windowStartMs, nowMs);
        windowStartMs = closedEndMs;
        window++;
        if (granularity == UsageGranularity.DEVICE) {
            parity ^= PARITY;
            countedParity = parity;
            nextToEmit = 1;
            endToEmit = devices.count();
        } else {
            scopeUsage.emit(granularity, closedStartMs, closedEndMs);
        }
    }

    /**
     * The window at hand.
     *
     * @return its number.
     */
    public long window() {
        return window;
    }

    /**
     * Count into the window of an event that is delivered late. That must be the window at hand or the one before, whose
     * records of the devices that are counted must not have been emitted.
     *
     * @param counted number of the window.
     * @return number of the window that was counted into so far, for the caller to go back to.
     */
    public long countInto(final long counted) {
        final long before = countedParity == parity ? window : window - 1;
        countedParity = counted == window ? parity : parity ^ PARITY;
        return before;
    }

    /**
     * The devices whose records the next slice emits begin here.
     *
     * @return handle of a device, beyond the last one if there is nothing to emit.
     */
    public int nextToEmit() {
        return nextToEmit;
    }

    /**
     * Emit some of the records of the window that was closed last.
     *
     * @param maxDevices to look at.
     * @return true if there may be more.
     */
    public boolean emitSlice(final int maxDevices) {
        final int end = (int) Math.min(endToEmit, (long) nextToEmit + maxDevices - 1);
        for (; nextToEmit <= end; nextToEmit++) {
            final int word = word(nextToEmit);
            if ((word & PARITY) != parity) {
                emit(nextToEmit, word);
            }
        }
        return nextToEmit <= endToEmit;
    }

    /**
     * Begin a billing month: thresholds are told afresh.
     *
     * @param monthStartMs when it began, in milliseconds since the epoch.
     */
    public void beginMonth(final long monthStartMs) {
        thresholds.beginMonth(monthStartMs);
    }

    /**
     * The plan of an account grants another number of operations.
     *
     * @param account handle.
     * @param operationsPerMonth granted, 0 for no limit.
     */
    public void grant(final int account, final long operationsPerMonth) {
        thresholds.grant(account, operationsPerMonth);
    }

    /**
     * Look again at accounts of which other lanes have used a part meanwhile.
     *
     * @return false if there are none.
     */
    public boolean lookAtThresholds() {
        return thresholds.lookAgain();
    }

    /**
     * Totals of everything so far.
     *
     * @param sequence at which they hold.
     * @return the totals.
     */
    public UsageSnapshot snapshot(final long sequence) {
        final Map<AccountId, UsageSnapshot.Totals> accounts = new HashMap<>();
        final Map<Integer, UsageSnapshot.Totals> products = new HashMap<>();
        for (int scope = 1; scope <= scopes.count(); scope++) {
            final UsageSnapshot.Totals totals = new UsageSnapshot.Totals(
                    total(scope, ScopeTable.PUBLISH_OPERATIONS), total(scope, ScopeTable.SUBSCRIBE_OPERATIONS));
            if (totals.equals(UsageSnapshot.Totals.NONE)) {
                continue;
            }
            if (scopes.kind(scope) == ScopeTable.KIND_PRODUCT) {
                products.put(scopes.productId(scope), totals);
            } else {
                accounts.put(scopes.accountId(scope), totals);
            }
        }
        return new UsageSnapshot(sequence, accounts, products);
    }

    /**
     * Operations for publishing, over all accounts, since start.
     *
     * @return the total.
     */
    public long publishOperations() {
        return publishOperations;
    }

    /**
     * Operations for attempts to deliver, over all accounts, since start.
     *
     * @return the total.
     */
    public long subscribeOperations() {
        return subscribeOperations;
    }

    /**
     * Records that were handed to the handler since start.
     *
     * @return the number.
     */
    public long recordsEmitted() {
        return emitter.recordsEmitted();
    }

    /**
     * Bytes that the meter holds of off-heap memory of its own.
     *
     * @return bytes.
     */
    public long capacity() {
        return scopeUsage.capacity();
    }

    @Override
    public void close() {
        scopeUsage.close();
    }

    private void addToDevice(final int device, final int operations) {
        final int word = word(device);
        if (((word ^ countedParity) & (PARITY | NEARLY_FULL)) != 0) {
            emit(device, word);
            setWord(device, word(device) + operations);
        } else {
            setWord(device, word + operations);
        }
    }

    private void emit(final int device, final int word) {
        setWord(device, countedParity);
        final int publish = (word & ~PARITY) >>> PUBLISH_SHIFT;
        final int subscribe = word & SUBSCRIBE_MASK;
        if (granularity != UsageGranularity.DEVICE || (publish | subscribe) == 0) {
            return;
        }
        if ((word & PARITY) == parity) {
            emitter.emitDevice(device, windowStartMs, 0, publish, subscribe);
        } else {
            emitter.emitDevice(device, closedStartMs, closedEndMs, publish, subscribe);
        }
    }

    private int word(final int device) {
        return deviceRecords.getInt(DeviceTable.position(device) + DeviceTable.USAGE);
    }

    private void setWord(final int device, final int word) {
        deviceRecords.putInt(DeviceTable.position(device) + DeviceTable.USAGE, word);
    }

    private void addToScope(final int product, final int totalOffset, final long operations) {
        if (product != 0) {
            final long total = ScopeTable.position(product) + totalOffset;
            scopeRecords.putLong(total, scopeRecords.getLong(total) + operations);
        }
    }

    private void addToAccount(final int account, final int totalOffset, final long operations) {
        addToScope(account, totalOffset, operations);
        if (thresholds.isReached(account)) {
            thresholds.tell(account);
        }
    }

    private long total(final int scope, final int totalOffset) {
        return scopeRecords.getLong(ScopeTable.position(scope) + totalOffset);
    }
}

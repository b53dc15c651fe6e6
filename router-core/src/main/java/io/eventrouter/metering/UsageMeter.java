package io.eventrouter.metering;

import io.eventrouter.identity.AccountId;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import java.util.HashMap;
import java.util.Map;

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
     * does, what is delivered late of an event before the end of that window is added to it. Before either count can
     * overflow, which bits 30 and 15 tell, it is emitted early: what is added at once, 16 for an event and 32 for a
     * report of attempts at most, is far less than what is left of either count then.
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
    private final UsageSink sink;
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
    private boolean isComplete = true;
    private long publishOperations;
    private long subscribeOperations;

    /**
     * A meter that has counted nothing.
     *
     * @param devices that are counted.
     * @param scopes whose totals are kept.
     * @param granularity of the records.
     * @param sink that takes the records.
     * @param board where the meters of all lanes meet.
     * @param startMs when the first window begins, in milliseconds since the epoch.
     */
    public UsageMeter(
            final DeviceTable devices,
            final ScopeTable scopes,
            final UsageGranularity granularity,
            final UsageSink sink,
            final ThresholdBoard board,
            final long startMs) {
        this.devices = devices;
        this.scopes = scopes;
        this.deviceRecords = devices.records();
        this.scopeRecords = scopes.records();
        this.granularity = granularity;
        this.sink = sink;
        this.emitter = new UsageEmitter(devices, scopes, sink);
        this.thresholds = new UsageThresholds(scopes, sink, board);
        this.scopeUsage = new ScopeUsage(scopes, emitter, sink);
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

    /** Scopes were added: have room for what is kept of each. */
    public void makeRoomForScopes() {
        if (granularity != UsageGranularity.DEVICE) {
            scopeUsage.makeRoom();
        }
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
     * Count operations for deliveries to devices that are known to be in good standing in a product; their product and
     * account are counted together with those of others by {@link #countSubscribeOfProduct(int, long)}.
     *
     * @param members handles.
     * @param count how many of them.
     * @param operations to add to each.
     */
    public void countSubscribeOfMembers(final int[] members, final int count, final int operations) {
        for (int i = 0; i < count; i++) {
            addToDevice(members[i], operations);
        }
    }

    /**
     * Count operations for delivering to a device that is known to be in good standing in a product, for all three that
     * are counted.
     *
     * @param member handle of the device.
     * @param product handle.
     * @param operations to add.
     */
    public void countSubscribeOfMember(final int member, final int product, final int operations) {
        if (operations != 0) {
            addToDevice(member, operations);
            countSubscribeOfProduct(product, operations);
        }
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
     * Close the window. What was counted in it is emitted by slices from here on; what is left of the one before, at
     * once.
     *
     * @param sequence of the command that closes it, in its lane.
     * @param nowMs when it ends and the next begins, in milliseconds since the epoch.
     */
    public void closeWindow(final long sequence, final long nowMs) {
        emit(endToEmit);
        // A clock that went back makes an empty window, never one that ends before it began.
        final long endMs = Math.max(windowStartMs, nowMs);
        sink.closeWindow(sequence, windowStartMs, endMs);
        closedStartMs = windowStartMs;
        closedEndMs = endMs;
        windowStartMs = endMs;
        isComplete = false;
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
     * Count into the window of an event that is delivered late. That must be the window at hand or the one before,
     * whose records of the devices that are counted must not have been emitted.
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
     * Emit some of the records of the window that was closed last, if the sink has room.
     *
     * @param maxDevices to look at.
     * @return true if there may be more.
     */
    public boolean emitSlice(final int maxDevices) {
        if (sink.hasRoom()) {
            emit((int) Math.min(endToEmit, (long) nextToEmit + maxDevices - 1));
        }
        return nextToEmit <= endToEmit;
    }

    private void emit(final int end) {
        for (; nextToEmit <= end; nextToEmit++) {
            final int word = word(nextToEmit);
            if ((word & PARITY) != parity) {
                emit(nextToEmit, word);
            }
        }
        if (nextToEmit > endToEmit && !isComplete) {
            isComplete = true;
            sink.completeWindow();
        }
    }

    /**
     * Whether another slice would emit anything now.
     *
     * @return false if records have to wait for room.
     */
    public boolean hasRoom() {
        return sink.hasRoom();
    }

    /**
     * Whether everything of the windows that were closed is where it is meant to be: with the usage handler, or
     * durable.
     *
     * @return true if no closed window is on its way.
     */
    public boolean isSettled() {
        return isComplete && sink.isSettled();
    }

    /**
     * Begin a billing month: thresholds are told afresh.
     *
     * @param monthStartMs when it began, in milliseconds since the epoch.
     */
    public void beginMonth(final long monthStartMs) {
        thresholds.beginMonth(monthStartMs);
        sink.beginMonth(monthStartMs);
    }

    /**
     * Go on from what a product had run up before a restart, if it is registered. Before anything is counted.
     *
     * @param productId of the product.
     * @param totals to go on from.
     */
    public void resumeProduct(final int productId, final UsageSnapshot.Totals totals) {
        final int product = scopes.findProduct(productId);
        if (product != 0) {
            resume(product, totals);
        }
    }

    /**
     * Go on from what an account had run up before a restart, if it is registered. Before anything is counted.
     *
     * @param id of the account.
     * @param totals to go on from.
     * @param usedOperations of this billing month.
     * @param toldPercent the highest threshold that was told in this month, 0 for none.
     */
    public void resumeAccount(
            final AccountId id, final UsageSnapshot.Totals totals, final long usedOperations, final int toldPercent) {
        final int account = scopes.findAccount(id);
        if (account != 0) {
            resume(account, totals);
            thresholds.resume(account, usedOperations, toldPercent);
        }
    }

    private void resume(final int scope, final UsageSnapshot.Totals totals) {
        addToScope(scope, ScopeTable.PUBLISH_OPERATIONS, totals.publishOperations());
        addToScope(scope, ScopeTable.SUBSCRIBE_OPERATIONS, totals.subscribeOperations());
        scopeUsage.passOver(scope);
    }

    /**
     * The plan of an account grants another number of operations.
     *
     * @param account handle.
     * @param operationsPerMonth granted, 0 for no thresholds.
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
        sink.close();
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
            emitter.emitDevice(device, true, windowStartMs, 0, publish, subscribe);
        } else {
            emitter.emitDevice(device, false, closedStartMs, closedEndMs, publish, subscribe);
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

package io.eventrouter.routing;

import io.eventrouter.command.Command;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.event.RefusalHandler;
import io.eventrouter.identity.EntityId;
import io.eventrouter.limits.CommandAdmission;
import io.eventrouter.limits.PublishAdmission;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.matching.DeviceSubscriptions;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.matching.ServiceSubscribers;
import io.eventrouter.matching.SubscriberCursor;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.ConstructionGuard;
import io.eventrouter.memory.IdIndex;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.ThresholdBoard;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.metering.UsageSink;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.KnownIds;
import io.eventrouter.ownership.OwnershipRecord;
import io.eventrouter.ownership.ScopeTable;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import org.agrona.ErrorHandler;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The whole state of a router, and the one place where it changes. The same events and commands in the same order
 * give the same deliveries and the same counts.
 *
 * <p><b>Threading:</b> the routing thread only. It reads no clock, no file and no random number: what it needs of
 * them comes with the commands.
 */
public final class RoutingCore implements AutoCloseable {
    /** How many fan-outs can be pending, of all accounts together. */
    public static final int MAX_PENDING_FAN_OUTS = PendingFanOuts.MAX_PENDING;

    /** Commands that can be read ahead for at once. */
    public static final int MAX_COMMANDS_READ_AHEAD = 32;

    /**
     * What a core is made with.
     *
     * @param era of the delivery rules.
     * @param productScope that devices listen in.
     * @param maxDevices that fit.
     * @param maxAccounts users, organizations, products and customers that fit.
     * @param subscriptionsPerDevice that a device may have.
     * @param limits of tenants.
     * @param maxMatchingMemory that subscriptions may have, in bytes.
     * @param pendingFanOutsPerAccount that an account may have.
     * @param sliceLength deliveries in one go at most; longer fan-outs are delivered in slices.
     * @param usageGranularity of usage records.
     * @param startMs when the first window begins, in milliseconds since the epoch.
     */
    public record Settings(
            Era era,
            ProductScope productScope,
            int maxDevices,
            int maxAccounts,
            int subscriptionsPerDevice,
            TenantLimits limits,
            long maxMatchingMemory,
            int pendingFanOutsPerAccount,
            int sliceLength,
            UsageGranularity usageGranularity,
            long startMs) {}

    /**
     * Who is told what.
     *
     * @param delivery takes deliveries.
     * @param usage takes usage records.
     * @param refusal takes events that are refused at their place in the order.
     * @param error takes what the others throw.
     */
    public record Handlers(DeliveryHandler delivery, UsageHandler usage, RefusalHandler refusal, ErrorHandler error) {}

    /**
     * What the cores of all lanes of a router have in common.
     *
     * @param hash with a secret seed.
     * @param knownIds that publishers ask.
     * @param counters that they add to.
     * @param thresholds of accounts.
     * @param lanes how many there are.
     */
    public record Shared(
            SeededHash hash, KnownIds knownIds, RouterCounters counters, ThresholdBoard thresholds, int lanes) {}

    /** Each may hear all events that are pending. */
    private static final int MAX_DEVICES_SETTLED_AT_ONCE = 64;

    private final BlockMemory matchingMemory;
    private final CommandAdmission commandAdmission;
    private final PublishAdmission publishAdmission;
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final UsageMeter meter;
    private final DeviceChanges changes;
    private final CommandApplier applier;
    private final CommandReadAhead readAhead;
    private final OwnershipImage image;
    private final EventRouting events;
    private final PendingFanOuts pending;
    private final AttemptResults results;
    private final CountBoard counts;
    private final UsageGranularity granularity;
    private long toldPublishOperations;
    private long toldSubscribeOperations;
    private long toldUsageRecords;

    /**
     * A core that knows nobody. If it cannot be made, everything that it has reserved is given back.
     *
     * @param settings for it.
     * @param handlers that it tells.
     * @param shared with the cores of other lanes.
     * @param usage takes usage records.
     * @param ring that holds the events.
     */
    public RoutingCore(
            final Settings settings,
            final Handlers handlers,
            final Shared shared,
            final UsageSink usage,
            final UnsafeBuffer ring) {
        this(settings, handlers, shared, usage, ring, new BlockMemory(reserve(settings.maxMatchingMemory())));
    }

    RoutingCore(
            final Settings settings,
            final Handlers handlers,
            final Shared shared,
            final UsageSink usage,
            final UnsafeBuffer ring,
            final BlockMemory matchingMemory) {
        try (ConstructionGuard guard = new ConstructionGuard()) {
            this.matchingMemory = guard.add(matchingMemory);
            final SeededHash hash = shared.hash();
            devices = guard.add(new DeviceTable(hash, settings.maxDevices()));
            scopes = guard.add(new ScopeTable(hash, settings.maxAccounts()));
            publishAdmission =
                    guard.add(new PublishAdmission(settings.limits(), settings.maxDevices(), scopes.maxCount()));
            commandAdmission =
                    guard.add(new CommandAdmission(settings.limits(), settings.maxDevices(), scopes.maxCount()));
            meter = guard.add(new UsageMeter(
                    devices, scopes, settings.usageGranularity(), usage, shared.thresholds(), settings.startMs()));
            final PrefixTable prefixes = new PrefixTable(matchingMemory, scopes, new HashedName(hash));
            final DeviceSubscriptions subscriptions =
                    new DeviceSubscriptions(matchingMemory, devices, prefixes, new HashedName(hash));
            final ServiceSubscribers services = new ServiceSubscribers(
                    matchingMemory, devices, scopes, prefixes, new HashedName(hash), commandAdmission);
            changes = new DeviceChanges(devices, scopes, subscriptions, meter, commandAdmission);
            counts = new CountBoard(shared.counters());
            results = new AttemptResults(devices, scopes, meter, changes, counts, shared.lanes() > 1);
            final DeliveryPolicy policy = new DeliveryPolicy(settings.era(), settings.productScope());
            final DeviceFanouts fanouts = new DeviceFanouts(
                    devices,
                    scopes,
                    subscriptions,
                    services,
                    matchingMemory,
                    policy,
                    meter,
                    handlers,
                    counts,
                    results,
                    hash,
                    settings);
            pending = fanouts.pending();
            applier = new CommandApplier(
                    devices,
                    scopes,
                    subscriptions,
                    services,
                    meter,
                    changes,
                    pending,
                    shared.knownIds(),
                    commandAdmission,
                    publishAdmission,
                    settings.subscriptionsPerDevice());
            readAhead = new CommandReadAhead(devices, scopes, matchingMemory, MAX_COMMANDS_READ_AHEAD);
            image = new OwnershipImage(devices, scopes, applier);
            granularity = settings.usageGranularity();
            final CurrentEvent event = new CurrentEvent(devices, scopes, ring);
            final BatchMatcher matcher = new BatchMatcher(matchingMemory, scopes, prefixes, hash);
            final BatchLookup lookup = new BatchLookup(
                    devices, scopes, prefixes, new ScopeResolver(devices, scopes, policy), policy, matcher, event);
            final ServiceFanout serviceFanout = new ServiceFanout(
                    scopes,
                    prefixes,
                    services,
                    new SubscriberCursor(matchingMemory),
                    new CurrentDelivery(event, devices, services, handlers.delivery(), handlers.error(), counts));
            events = new EventRouting(
                    event,
                    lookup,
                    matcher,
                    new HashedName(hash),
                    scopes,
                    publishAdmission,
                    meter,
                    fanouts.of(event),
                    serviceFanout,
                    pending,
                    results,
                    handlers,
                    counts);
            guard.complete();
        }
    }

    /**
     * The routing of events.
     *
     * @return the one of this core.
     */
    public EventRouting events() {
        return events;
    }

    /**
     * Apply a report of attempts.
     *
     * @param address of the report, laid out as {@link SlotLayout} says.
     */
    public void onAttempts(final long address) {
        final int device = devices.find(SlotLayout.idHigh(address), SlotLayout.idLow(address));
        if (device == 0) {
            counts.increment(RouterCounter.ATTEMPT_REPORTS_REFUSED);
        } else {
            counts.increment(RouterCounter.ATTEMPT_REPORTS_APPLIED);
            pending.settle(device);
            results.apply(device, AttemptOutcome.of(SlotLayout.outcome(address)), SlotLayout.payloadLength(address));
        }
    }

    /**
     * Read ahead what some commands will look at; they may be carried out later, or never.
     *
     * @param commands that come next.
     * @param count how many of them, at most {@link #MAX_COMMANDS_READ_AHEAD}.
     */
    public void readAhead(final Command[] commands, final int count) {
        readAhead.read(commands, count);
    }

    /**
     * Carry a command out, wholly or not at all.
     *
     * @param command to carry out.
     * @param submittedAtMs when it was submitted, in milliseconds since the epoch.
     * @return why it was refused, or null if it was carried out.
     */
    public Refusal apply(final Command command, final long submittedAtMs) {
        final Refusal refusal = repeat(command, submittedAtMs);
        counts.increment(refusal == null ? RouterCounter.COMMANDS_APPLIED : RouterCounter.COMMANDS_REFUSED);
        final RouterCounter ofLimit = refusal == null ? null : RouterCounter.ofLimit(refusal);
        if (ofLimit != null) {
            counts.increment(ofLimit);
        }
        return refusal;
    }

    /**
     * Carry a command out that the core of another lane counts.
     *
     * @param command to carry out.
     * @param submittedAtMs when it was submitted, in milliseconds since the epoch.
     * @return why it was refused, or null if it was carried out.
     */
    public Refusal repeat(final Command command, final long submittedAtMs) {
        return applier.apply(command, submittedAtMs);
    }

    /**
     * Devices that went offline here because three attempts failed, if there are other lanes, which do not know yet.
     * Handles are the same in all lanes, because all register in one order.
     *
     * @return the handles, for the caller to take.
     */
    public IntArrayList timedOut() {
        return results.timedOut();
    }

    /**
     * Whether a device is online in this lane.
     *
     * @param device handle.
     * @return true if it is.
     */
    public boolean isOnline(final int device) {
        return devices.isOnline(device);
    }

    /**
     * The index of the devices, for other threads to peek into.
     *
     * @return the index, which is closed with this object.
     */
    public IdIndex deviceIndex() {
        return devices.index();
    }

    /**
     * The id of a device. Allocates.
     *
     * @param device handle.
     * @return its id.
     */
    public EntityId deviceId(final int device) {
        return EntityId.of(devices.idHigh(device), devices.idLow(device));
    }

    /**
     * Take devices offline that timed out in another lane.
     *
     * @param timedOutDevices their handles.
     */
    public void takeOffline(final int[] timedOutDevices) {
        for (final int device : timedOutDevices) {
            pending.settle(device);
            changes.online(device, false);
        }
    }

    /**
     * What the ownership store has to keep after a command.
     *
     * @param command that was carried out.
     * @param record to fill.
     * @return false if the command changes nothing that is kept.
     */
    public boolean imageOf(final Command command, final OwnershipRecord record) {
        return image.fill(command, record);
    }

    /**
     * What is known of a device.
     *
     * @param idHigh first 64 bits of its id.
     * @param idLow last 32 bits of its id.
     * @param record to fill.
     * @return false if it is not registered.
     */
    public boolean imageOfDevice(final long idHigh, final int idLow, final OwnershipRecord record) {
        return image.fillDevice(idHigh, idLow, record);
    }

    /**
     * Take over what an ownership store has kept. Accounts must come before products, products before customers,
     * these before devices.
     *
     * @param record that was kept.
     * @return why it contradicts the others, or null.
     */
    public Refusal restore(final OwnershipRecord record) {
        return image.restore(record);
    }

    /**
     * Close the window of usage records.
     *
     * @param sequence of the command that closes it, in this lane.
     * @param nowMs when it ends, in milliseconds since the epoch.
     */
    public void closeUsageWindow(final long sequence, final long nowMs) {
        // Devices are settled one by one, before their records are emitted. The sums of the others are emitted at once.
        pending.finishWindowsBefore(granularity == UsageGranularity.DEVICE ? meter.window() : Long.MAX_VALUE);
        meter.closeWindow(sequence, nowMs);
    }

    /**
     * Whether another slice would emit anything now.
     *
     * @return false if records have to wait for room.
     */
    public boolean hasRoomForUsage() {
        return meter.hasRoom();
    }

    /**
     * Whether everything of the windows that were closed is where it is meant to be: with the usage handler, or
     * durable.
     *
     * @return true if no closed window is on its way.
     */
    public boolean isUsageSettled() {
        return meter.isSettled();
    }

    /**
     * The meter, to go on from what was counted before a restart.
     *
     * @return the meter.
     */
    public UsageMeter meter() {
        return meter;
    }

    /**
     * Emit some of the records of the closed window.
     *
     * @param maxDevices to look at.
     * @return true if there may be more.
     */
    public boolean emitUsageSlice(final int maxDevices) {
        if (!meter.hasRoom() || !pending.isAnyOfWindowBefore(meter.window())) {
            return meter.emitSlice(maxDevices);
        }
        final int end = (int) Math.min(devices.count(), (long) meter.nextToEmit() + MAX_DEVICES_SETTLED_AT_ONCE - 1);
        for (int device = meter.nextToEmit(); device <= end; device++) {
            pending.settleWindowsBefore(meter.window(), device);
        }
        return meter.emitSlice(MAX_DEVICES_SETTLED_AT_ONCE);
    }

    /**
     * Begin a billing month.
     *
     * @param monthStartMs when it began, in milliseconds since the epoch.
     */
    public void beginBillingMonth(final long monthStartMs) {
        pending.finishAll();
        meter.beginMonth(monthStartMs);
    }

    /**
     * Totals of everything so far.
     *
     * @param sequence at which they hold.
     * @return the totals.
     */
    public UsageSnapshot usageSnapshot(final long sequence) {
        pending.finishAll();
        return meter.snapshot(sequence);
    }

    /**
     * Look again at accounts of which other lanes have used a part meanwhile.
     *
     * @return false if there are none.
     */
    public boolean lookAtThresholds() {
        return meter.lookAtThresholds();
    }

    /** Let other threads see what was counted since the last call. */
    public void tellCounters() {
        counts.add(RouterCounter.PUBLISH_OPERATIONS, meter.publishOperations() - toldPublishOperations);
        counts.add(RouterCounter.SUBSCRIBE_OPERATIONS, meter.subscribeOperations() - toldSubscribeOperations);
        counts.add(RouterCounter.USAGE_RECORDS_EMITTED, meter.recordsEmitted() - toldUsageRecords);
        toldPublishOperations = meter.publishOperations();
        toldSubscribeOperations = meter.subscribeOperations();
        toldUsageRecords = meter.recordsEmitted();
        counts.tell();
    }

    /**
     * Bytes of off-heap memory that the state holds. Any thread.
     *
     * @return bytes.
     */
    public long capacity() {
        return devices.capacity()
                + scopes.capacity()
                + meter.capacity()
                + pending.capacity()
                + publishAdmission.capacity()
                + commandAdmission.capacity()
                + matchingMemory.memory().capacity();
    }

    /**
     * Have the memory that tables will grow into handed out by the system. May be called on one other thread, until
     * this object is closed.
     *
     * @return whether there was something to do.
     */
    public boolean populateAhead() {
        return devices.populateAhead()
                | scopes.populateAhead()
                | matchingMemory.memory().populateAhead();
    }

    /**
     * Bytes of off-heap memory that subscriptions hold, which is no more than was allowed. Any thread.
     *
     * @return bytes.
     */
    public long matchingCapacity() {
        return matchingMemory.memory().capacity();
    }

    @Override
    public void close() {
        pending.close();
        devices.close();
        scopes.close();
        meter.close();
        publishAdmission.close();
        commandAdmission.close();
        matchingMemory.close();
    }

    // All that references can tell apart, or what the machine lets of it; a lower limit must be had in full.
    private static OffHeapMemory reserve(final long maxLength) {
        return maxLength == BlockMemory.MAX_LENGTH
                ? OffHeapMemory.reserveUpTo(maxLength)
                : OffHeapMemory.reserve(maxLength);
    }
}

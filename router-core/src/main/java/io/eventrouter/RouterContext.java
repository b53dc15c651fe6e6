package io.eventrouter;

import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.event.RefusalHandler;
import io.eventrouter.journal.Disk;
import io.eventrouter.journal.FileSystemDisk;
import io.eventrouter.journal.Journal;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.IdIndex;
import io.eventrouter.memory.JvmFlags;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.pipeline.CommandRing;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import io.eventrouter.routing.RoutingCore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * How a router is set up. Every setting has a default but {@link #deliveryHandler(DeliveryHandler)}. A context starts
 * one router; if the launch is refused it can be mended and used again.
 *
 * <p><b>Threading:</b> one thread, before the launch.
 */
public final class RouterContext {
    /** As a number of subscriptions: no limit. */
    public static final int UNLIMITED_SUBSCRIPTIONS = Integer.MAX_VALUE;

    /** The most lanes that a router can have. */
    public static final int MAX_LANES = 64;

    /** The most devices that a router can be started for. */
    public static final int MAX_MAX_DEVICES = IdIndex.MAX_HANDLE;

    /** As a length of slices: no fan-out is cut. */
    public static final int UNCUT = Integer.MAX_VALUE;

    private static final int DEFAULT_SLICE_LENGTH = 1_024;
    private static final int MIN_MATCHING_MEMORY = 1 << 20;
    private static final System.Logger LOGGER = System.getLogger(EventRouter.class.getName());
    private static final long MAX_IDLE_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicBoolean isTaken = new AtomicBoolean();
    private DeliveryHandler deliveryHandler;
    private UsageHandler usageHandler = UsageHandler.NONE;
    private RefusalHandler refusalHandler = (event, code) -> {};
    private ErrorHandler errorHandler = problem -> LOGGER.log(System.Logger.Level.ERROR, "event router", problem);
    private Era era = Era.AFTER_2023_03;
    private ProductScope productScope = ProductScope.ALL;
    private int maxDevices = 1 << 20;
    private int maxAccounts = 1 << 20;
    private int subscriptionsPerDevice = 4;
    private TenantLimits tenantLimits = new TenantLimits();
    private long maxMatchingMemory = BlockMemory.MAX_LENGTH;
    private int pendingFanOutsPerAccount = 16;
    private int sliceLength = DEFAULT_SLICE_LENGTH;
    private int lanes = 1;
    private int ringSlots = 1 << 16;
    private Path dataDirectory;
    private Disk dataDisk;
    private SyncPolicy syncPolicy = SyncPolicy.EVERY_BATCH;
    private int journalSegmentLength = Journal.Settings.DEFAULT_SEGMENT_LENGTH;
    private long usageWindowMs = TimeUnit.HOURS.toMillis(1);
    private UsageGranularity usageGranularity = UsageGranularity.DEVICE;
    private EpochClock epochClock = SystemEpochClock.INSTANCE;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private IdleStrategy onlyIdleStrategy;
    private Supplier<? extends IdleStrategy> idleStrategies =
            () -> new BackoffIdleStrategy(100, 10, 1_000, MAX_IDLE_PARK_NS);
    private ThreadFactory threadFactory = task -> {
        final Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    };
    private boolean useInvoker;
    private long controlTimeoutNs = TimeUnit.SECONDS.toNanos(10);
    private long closeTimeoutNs = TimeUnit.SECONDS.toNanos(10);
    private long hashSeed = new SecureRandom().nextLong();

    /**
     * Who takes the deliveries. Required. It can stall the router, unless it is or has behind it
     * {@link io.eventrouter.outbox.Outboxes}.
     *
     * @param handler called on the routing thread; with several {@link #lanes(int)} on each of theirs, at the same
     *     time.
     * @return this.
     */
    public RouterContext deliveryHandler(final DeliveryHandler handler) {
        deliveryHandler = handler;
        return this;
    }

    /**
     * Who takes usage records and thresholds. Default: nobody. What an account has used of its month is counted from
     * the launch, with a {@link #dataDirectory(Path)} over restarts.
     *
     * @param handler called on the routing thread; with several {@link #lanes(int)} on each of theirs, at the same
     *     time; with a {@link #dataDirectory(Path)} on the usage thread.
     * @return this.
     */
    public RouterContext usageHandler(final UsageHandler handler) {
        usageHandler = handler;
        return this;
    }

    /**
     * Who hears of events that are refused at their place in the order. Default: nobody; they are counted.
     *
     * @param handler called on the routing thread; with several {@link #lanes(int)} on each of theirs, at the same
     *     time.
     * @return this.
     */
    public RouterContext refusalHandler(final RefusalHandler handler) {
        refusalHandler = handler;
        return this;
    }

    /**
     * Who hears of what handlers throw and of faults. Default: the system logger.
     *
     * @param handler called on any of the router's threads.
     * @return this.
     */
    public RouterContext errorHandler(final ErrorHandler handler) {
        errorHandler = handler;
        return this;
    }

    /**
     * Which delivery rules hold. Default: those since March 2023.
     *
     * @param rules to follow.
     * @return this.
     */
    public RouterContext era(final Era rules) {
        era = rules;
        return this;
    }

    /**
     * Which events a device hears through its product. Default: all.
     *
     * @param policy to follow.
     * @return this.
     */
    public RouterContext productScope(final ProductScope policy) {
        productScope = policy;
        return this;
    }

    /**
     * How many devices fit. Memory is used as devices come, but for two to four bytes each of the Java heap from the
     * start. No command takes a registration back, so devices that are gone for good count too.
     *
     * @param devices 1 to {@link #MAX_MAX_DEVICES}; default 1,048,576.
     * @return this.
     */
    public RouterContext maxDevices(final int devices) {
        maxDevices = devices;
        return this;
    }

    /**
     * How many users, organizations, products and customers fit together. Memory is used as they come, but for two to
     * four bytes each of the Java heap from the start. No command takes a registration back.
     *
     * @param accounts 1 to 134,217,726; default 1,048,576.
     * @return this.
     */
    public RouterContext maxAccounts(final int accounts) {
        maxAccounts = accounts;
        return this;
    }

    /**
     * How many subscriptions a device may have. A device that changes its account or product takes all of them along,
     * for which the routing thread takes the square of their number: some milliseconds with 1,000, seventy with 5,000.
     * The same goes for taking back a prefix that so many others of the device start with.
     *
     * @param subscriptions 1 or more, or {@link #UNLIMITED_SUBSCRIPTIONS}; default 4.
     * @return this.
     */
    public RouterContext subscriptionsPerDevice(final int subscriptions) {
        subscriptionsPerDevice = subscriptions;
        return this;
    }

    /**
     * What each tenant may take of what all share. Default: whatever there is.
     *
     * @param limits copied.
     * @return this.
     */
    public RouterContext tenantLimits(final TenantLimits limits) {
        tenantLimits = limits.copy();
        return this;
    }

    /**
     * How much off-heap memory all subscriptions, those of integrations, Logic functions and streams included, may have
     * together, in each lane. A command that needs more is refused and changes nothing; moving a device that has
     * subscriptions is one, since it needs new places before it gives the old ones back.
     *
     * @param bytes 1,048,576 to 34,359,738,352, rounded up to whole 16 KiB; default the most, which is 16 bytes less
     *     than 32 GiB.
     * @return this.
     */
    public RouterContext maxMatchingMemory(final long bytes) {
        maxMatchingMemory = bytes;
        return this;
    }

    /**
     * How many fan-outs of an account may be pending in a lane: events for more subscriptions than a
     * {@link #sliceLength(int)}, which are delivered slice by slice so that others need not wait for all of it. Of all
     * accounts together, 64 may be pending in a lane, and an account never has more than there are places left. An
     * event beyond that is refused, at its place in the order, as
     * {@link io.eventrouter.event.PublishResult#TOO_MANY_PENDING_FAN_OUTS}. Each takes memory for a copy of its event
     * and a bit for every device, in steps of 16 KiB, when so many are pending for the first time.
     *
     * @param fanOuts 1 to 64; default 16.
     * @return this.
     */
    public RouterContext pendingFanOutsPerAccount(final int fanOuts) {
        pendingFanOutsPerAccount = fanOuts;
        return this;
    }

    /**
     * How many devices an event reaches in one go; if it is for more, they come slice by slice, with other events and
     * commands between. {@link #UNCUT} is for those who want the deliveries to all recipients as one list in the order
     * of the events, or no event refused as {@link io.eventrouter.event.PublishResult#TOO_MANY_PENDING_FAN_OUTS}, and
     * who do not mind that every event then waits for all of the one before it.
     *
     * @param deliveries 1 or more, or {@link #UNCUT}; default 1,024.
     * @return this.
     */
    public RouterContext sliceLength(final int deliveries) {
        sliceLength = deliveries;
        return this;
    }

    /**
     * How many lanes the router has: rings with a routing thread each, among which events are divided by their device,
     * user or product. Worth their price on machines with a free core for each, when one routing thread is not enough.
     *
     * <p>The price: every lane keeps all devices, accounts and subscriptions, and carries out every command, so memory
     * and the cost of commands grow with the number of lanes. Handlers are called by all routing threads at the same
     * time. The order is total within a lane; commands have one order, the same in all lanes, and everything that one
     * publisher sends goes through one lane. Usage records come lane by lane, and are to be added up.
     *
     * @param number a power of two, 1 to {@link #MAX_LANES}; default 1.
     * @return this.
     */
    public RouterContext lanes(final int number) {
        lanes = number;
        return this;
    }

    /**
     * How many slots of 128 bytes the ring of each lane has. With several lanes, events leave a sixteenth of them to
     * commands, which need room in all rings at once. An event of 24 bytes of name and 64 of payload takes one.
     *
     * @param slots a power of two, 2,048 to 4,194,304; default 65,536.
     * @return this.
     */
    public RouterContext ringSlots(final int slots) {
        ringSlots = slots;
        return this;
    }

    /**
     * Where what has to outlive the process is kept: who owns what, data operations until they are acknowledged, and
     * what accounts have used of their month. Default: nowhere. One router at a time has a directory. With one, usage
     * records and thresholds are made durable first and handed to the usage handler then, on a thread of its own.
     *
     * @param directory that is made if it is not there, or null.
     * @return this.
     */
    public RouterContext dataDirectory(final Path directory) {
        dataDirectory = directory;
        dataDisk = null;
        return this;
    }

    /**
     * The same on files that the embedder supplies, in place of a directory of the file system.
     *
     * @param disk files of the directory, or null.
     * @return this.
     */
    public RouterContext dataDisk(final Disk disk) {
        dataDisk = disk;
        dataDirectory = null;
        return this;
    }

    /**
     * When what is kept of ownership is forced to the disk; usage always is before anybody is told. Default: before it
     * is acknowledged, so that it outlasts a power cut. All policies outlast the end of the process.
     *
     * @param policy to follow.
     * @return this.
     */
    public RouterContext syncPolicy(final SyncPolicy policy) {
        syncPolicy = policy;
        return this;
    }

    /**
     * How long the segments of journals in the data directory are. One is made ahead of the one that is written to,
     * so that commands in flight find room: 80,000 at least with the default. Those of usage are 131,072 bytes at
     * least.
     *
     * @param bytes a multiple of 512, 1,024 to 1,073,741,824; default 8,388,608.
     * @return this.
     */
    public RouterContext journalSegmentLength(final int bytes) {
        journalSegmentLength = bytes;
        return this;
    }

    /**
     * How long a window of usage records is.
     *
     * @param duration at least 100 ms, at most 10 years; default 1 hour.
     * @param unit of the duration.
     * @return this.
     */
    public RouterContext usageWindow(final long duration, final TimeUnit unit) {
        usageWindowMs = unit.toMillis(duration);
        return this;
    }

    /**
     * How fine usage records are. Default: per device.
     *
     * @param granularity of the records.
     * @return this.
     */
    public RouterContext usageGranularity(final UsageGranularity granularity) {
        usageGranularity = granularity;
        return this;
    }

    /**
     * The clock that stamps events without a time and ends windows. Default: the system's.
     *
     * @param clock in milliseconds since the epoch, read on publishing threads and the acknowledging thread.
     * @return this.
     */
    public RouterContext epochClock(final EpochClock clock) {
        epochClock = clock;
        return this;
    }

    /**
     * What the routing thread of a router with one lane does when there is nothing to do. Default: it backs off to
     * naps of a millisecond, which leaves the core to others; an event that wakes it waits as long. For lower latency
     * give a core to it.
     *
     * @param strategy not shared with another thread.
     * @return this.
     */
    public RouterContext idleStrategy(final IdleStrategy strategy) {
        onlyIdleStrategy = Objects.requireNonNull(strategy, "idleStrategy");
        idleStrategies = () -> strategy;
        return this;
    }

    /**
     * What routing threads do when there is nothing to do, with any number of lanes.
     *
     * @param strategies asked for one strategy for each lane.
     * @return this.
     */
    public RouterContext idleStrategy(final Supplier<? extends IdleStrategy> strategies) {
        onlyIdleStrategy = null;
        idleStrategies = Objects.requireNonNull(strategies, "idleStrategy");
        return this;
    }

    /**
     * What makes the router's threads: one for each lane, one that acknowledges commands, one that has the system hand
     * out memory before tables grow into it, and with a {@link #dataDirectory(Path)} one that keeps usage. Default:
     * daemon threads. Not asked for the one, a daemon, on which a router that is closed tells those whose commands stay
     * unanswered. The router names them, those of every router alike: to tell routers apart, give each a thread group.
     *
     * @param factory of threads, none of them null.
     * @return this.
     */
    public RouterContext threadFactory(final ThreadFactory factory) {
        threadFactory = factory;
        return this;
    }

    /**
     * Whether the embedder runs the router by {@link EventRouter#invoke()} on a thread of its own, so that the router
     * starts none; only closing does, for as long as it takes to tell those whose commands stay unanswered. Default:
     * no.
     *
     * @param invoker true to be run by the embedder.
     * @return this.
     */
    public RouterContext useInvoker(final boolean invoker) {
        useInvoker = invoker;
        return this;
    }

    /**
     * How long a command waits for room before it is given up.
     *
     * @param duration more than 0; default 10 seconds.
     * @param unit of the duration.
     * @return this.
     */
    public RouterContext controlTimeout(final long duration, final TimeUnit unit) {
        controlTimeoutNs = unit.toNanos(duration);
        return this;
    }

    /**
     * How long {@link EventRouter#close()} waits for what is in the rings, before it leaves the rest undone.
     *
     * @param duration more than 0; default 10 seconds.
     * @param unit of the duration.
     * @return this.
     */
    public RouterContext closeTimeout(final long duration, final TimeUnit unit) {
        closeTimeoutNs = unit.toNanos(duration);
        return this;
    }

    /**
     * The seed of all hashes. Whoever knows it can make names and ids that slow a router down; set it in tests only.
     *
     * @param seed of the hashes; default random.
     * @return this.
     */
    public RouterContext hashSeed(final long seed) {
        hashSeed = seed;
        return this;
    }

    /** The clock that measures how long the router waits for something; tests have others than that of the machine. */
    RouterContext nanoClock(final NanoClock clock) {
        nanoClock = clock;
        return this;
    }

    /** Check everything and take the context for a launch. */
    void take() {
        Objects.requireNonNull(deliveryHandler, "deliveryHandler must be set");
        Objects.requireNonNull(usageHandler, "usageHandler");
        Objects.requireNonNull(refusalHandler, "refusalHandler");
        Objects.requireNonNull(errorHandler, "errorHandler");
        Objects.requireNonNull(era, "era");
        Objects.requireNonNull(productScope, "productScope");
        Objects.requireNonNull(usageGranularity, "usageGranularity");
        Objects.requireNonNull(syncPolicy, "syncPolicy");
        Objects.requireNonNull(epochClock, "epochClock");
        Objects.requireNonNull(threadFactory, "threadFactory");
        checkRange("maxDevices", maxDevices, 1, MAX_MAX_DEVICES);
        checkRange("maxAccounts", maxAccounts, 1, MAX_MAX_DEVICES - 1);
        checkRange("subscriptionsPerDevice", subscriptionsPerDevice, 1, UNLIMITED_SUBSCRIPTIONS);
        checkRange("maxMatchingMemory", maxMatchingMemory, MIN_MATCHING_MEMORY, BlockMemory.MAX_LENGTH);
        checkRange("pendingFanOutsPerAccount", pendingFanOutsPerAccount, 1, RoutingCore.MAX_PENDING_FAN_OUTS);
        checkRange("sliceLength", sliceLength, 1, UNCUT);
        checkRange("lanes", lanes, 1, MAX_LANES);
        checkPowerOfTwo("lanes", lanes);
        if (lanes > 1 && onlyIdleStrategy != null) {
            throw new IllegalArgumentException(
                    "idleStrategy must be a supplier, which makes one for each lane: lanes=" + lanes);
        }
        checkRange("ringSlots", ringSlots, CommandRing.MIN_SLOTS, CommandRing.MAX_SLOTS);
        checkPowerOfTwo("ringSlots", ringSlots);
        checkRange("journalSegmentLength", journalSegmentLength, 1_024, 1 << 30);
        if (journalSegmentLength % 512 != 0) {
            throw new IllegalArgumentException(
                    "journalSegmentLength must be a multiple of 512: journalSegmentLength=" + journalSegmentLength);
        }
        checkRange("usageWindowMs", usageWindowMs, 100, TimeUnit.DAYS.toMillis(3_660));
        checkRange("controlTimeoutNs", controlTimeoutNs, 1, Long.MAX_VALUE);
        checkRange("closeTimeoutNs", closeTimeoutNs, 1, Long.MAX_VALUE);
        if (dataDirectory != null || dataDisk != null) {
            JvmFlags.checkForDataDirectory();
        }
        if (isTaken.getAndSet(true)) {
            throw new IllegalStateException("a context starts one router: it has been used already");
        }
    }

    /** The launch was refused: the context may be used again. */
    void giveBack() {
        isTaken.set(false);
    }

    DeliveryHandler deliveryHandler() {
        return deliveryHandler;
    }

    UsageHandler usageHandler() {
        return usageHandler;
    }

    RefusalHandler refusalHandler() {
        return refusalHandler;
    }

    // An error handler that throws must not take the routing thread with it.
    ErrorHandler errorHandler() {
        final ErrorHandler handler = errorHandler;
        return problem -> {
            try {
                handler.onError(problem);
            } catch (final Throwable another) {
                LOGGER.log(System.Logger.Level.ERROR, "error handler of the event router", another);
            }
        };
    }

    Era era() {
        return era;
    }

    ProductScope productScope() {
        return productScope;
    }

    int maxDevices() {
        return maxDevices;
    }

    int maxAccounts() {
        return maxAccounts;
    }

    int subscriptionsPerDevice() {
        return subscriptionsPerDevice;
    }

    TenantLimits tenantLimits() {
        return tenantLimits;
    }

    long maxMatchingMemory() {
        return maxMatchingMemory;
    }

    int pendingFanOutsPerAccount() {
        return pendingFanOutsPerAccount;
    }

    int sliceLength() {
        return sliceLength;
    }

    int lanes() {
        return lanes;
    }

    int ringSlots() {
        return ringSlots;
    }

    Disk dataDisk() {
        try {
            return dataDirectory == null ? dataDisk : new FileSystemDisk(dataDirectory);
        } catch (final IOException problem) {
            throw new UncheckedIOException("data directory cannot be made: directory=" + dataDirectory, problem);
        }
    }

    SyncPolicy syncPolicy() {
        return syncPolicy;
    }

    int journalSegmentLength() {
        return journalSegmentLength;
    }

    long usageWindowMs() {
        return usageWindowMs;
    }

    UsageGranularity usageGranularity() {
        return usageGranularity;
    }

    EpochClock epochClock() {
        return epochClock;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    Supplier<? extends IdleStrategy> idleStrategies() {
        return idleStrategies;
    }

    ThreadFactory threadFactory() {
        return threadFactory;
    }

    boolean useInvoker() {
        return useInvoker;
    }

    long controlTimeoutNs() {
        return controlTimeoutNs;
    }

    long closeTimeoutNs() {
        return closeTimeoutNs;
    }

    long hashSeed() {
        return hashSeed;
    }

    private static void checkPowerOfTwo(final String name, final int value) {
        if (Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(name + " must be a power of two: " + name + "=" + value);
        }
    }

    private static void checkRange(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be in [" + min + ", " + max + "]: " + name + "=" + value);
        }
    }
}

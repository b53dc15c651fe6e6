package io.eventrouter.outbox;

import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.memory.SeededHash;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * How {@link Outboxes} are set up. Every setting has a default.
 *
 * <p><b>Threading:</b> one thread, before the launch.
 */
public final class OutboxesContext {
    /** The fewest bytes that an outbox can have: it then holds fifteen of the largest events that devices publish. */
    public static final int MIN_BYTES_PER_OUTBOX = 1 << 18;

    /** The most bytes that an outbox can have. */
    public static final int MAX_BYTES_PER_OUTBOX = 1 << 30;

    /** The most outboxes that can be open. */
    public static final int MAX_MAX_OUTBOXES = 1 << 16;

    private static final System.Logger LOGGER = System.getLogger(Outboxes.class.getName());
    private static final long MAX_IDLE_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MAX_WORKERS = 256;
    private static final int MAX_PER_TURN = 1 << 16;

    private int workers = 1;
    private int maxOutboxes = 1 << 10;
    private int bytesPerOutbox = 1 << 20;
    private int deliveriesPerTurn = 64;
    private int deviceOutboxes = 1;
    private DeviceOutboxes deviceOutbox;
    private int failureLimit = 16;
    private long minPauseNs = TimeUnit.SECONDS.toNanos(1);
    private long maxPauseNs = TimeUnit.MINUTES.toNanos(1);
    private long stuckTimeoutNs = TimeUnit.SECONDS.toNanos(10);
    private long closeTimeoutNs = TimeUnit.SECONDS.toNanos(10);
    private DeliveryHandler otherwise;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private ErrorHandler errorHandler = problem -> LOGGER.log(System.Logger.Level.ERROR, "outboxes", problem);
    private Supplier<? extends IdleStrategy> idleStrategies =
            () -> new BackoffIdleStrategy(100, 10, 1_000, MAX_IDLE_PARK_NS);
    private ThreadFactory threadFactory = task -> {
        final Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    };
    private boolean useInvoker;

    /**
     * How many threads call the handlers of subscribers. While handlers are stuck there is one more for each of them.
     *
     * @param threads 1 to 256; default 1.
     * @return this.
     */
    public OutboxesContext workers(final int threads) {
        workers = threads;
        return this;
    }

    /**
     * How many outboxes can be open at a time, those for devices among them.
     *
     * @param outboxes 1 to {@link #MAX_MAX_OUTBOXES}; default 1,024.
     * @return this.
     */
    public OutboxesContext maxOutboxes(final int outboxes) {
        maxOutboxes = outboxes;
        return this;
    }

    /**
     * How large the queue of each outbox is. It is taken off-heap when the outbox is opened and used again when that is
     * closed. A delivery takes the bytes of its name and payload and 84 to 91 more; one that needs more than an eighth
     * of the queue is dropped.
     *
     * @param bytes a power of two, {@link #MIN_BYTES_PER_OUTBOX} to {@link #MAX_BYTES_PER_OUTBOX}; default 1,048,576,
     *     which holds every event that there can be.
     * @return this.
     */
    public OutboxesContext bytesPerOutbox(final int bytes) {
        bytesPerOutbox = bytes;
        return this;
    }

    /**
     * How many deliveries of one outbox a worker hands over before it is the next one's turn.
     *
     * @param deliveries 1 to 65,536; default 64.
     * @return this.
     */
    public OutboxesContext deliveriesPerTurn(final int deliveries) {
        deliveriesPerTurn = deliveries;
        return this;
    }

    /**
     * How many outboxes devices are divided among, by a hash of their ids.
     *
     * @param outboxes 0 to {@link #MAX_MAX_OUTBOXES}; default 1.
     * @return this.
     */
    public OutboxesContext deviceOutboxes(final int outboxes) {
        deviceOutboxes = outboxes;
        deviceOutbox = null;
        return this;
    }

    /**
     * How many outboxes devices are divided among, and which one each belongs to.
     *
     * @param outboxes 0 to {@link #MAX_MAX_OUTBOXES}.
     * @param choice asked for every delivery to a device, on the routing thread.
     * @return this.
     */
    public OutboxesContext deviceOutboxes(final int outboxes, final DeviceOutboxes choice) {
        deviceOutboxes = outboxes;
        deviceOutbox = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * After how many failures in a row a subscriber is set aside.
     *
     * @param failures 1 or more; default 16.
     * @return this.
     */
    public OutboxesContext failureLimit(final int failures) {
        failureLimit = failures;
        return this;
    }

    /**
     * How long a subscriber is set aside before one delivery is tried. Each time that this fails the pause is twice as
     * long, up to a limit; what succeeds makes it short again.
     *
     * @param shortest more than 0; default 1 second.
     * @param longest not less than the shortest, at most 10 years; default 1 minute.
     * @param unit of both.
     * @return this.
     */
    public OutboxesContext pause(final long shortest, final long longest, final TimeUnit unit) {
        minPauseNs = unit.toNanos(shortest);
        maxPauseNs = unit.toNanos(longest);
        return this;
    }

    /**
     * How long a handler may take for one delivery before the subscriber is set aside until it returns, and another
     * thread takes over the other outboxes. Until then they wait for it, as far as no other worker is free.
     *
     * @param duration more than 0; default 10 seconds.
     * @param unit of the duration.
     * @return this.
     */
    public OutboxesContext stuckTimeout(final long duration, final TimeUnit unit) {
        stuckTimeoutNs = unit.toNanos(duration);
        return this;
    }

    /**
     * How long {@link Outboxes#close()} waits for what is queued.
     *
     * @param duration 0 or more; default 10 seconds.
     * @param unit of the duration.
     * @return this.
     */
    public OutboxesContext closeTimeout(final long duration, final TimeUnit unit) {
        closeTimeoutNs = unit.toNanos(duration);
        return this;
    }

    /**
     * Who takes deliveries for which no outbox is open. Default: nobody; they are counted, and not attempted.
     *
     * @param handler called on the routing thread.
     * @return this.
     */
    public OutboxesContext otherwise(final DeliveryHandler handler) {
        otherwise = handler;
        return this;
    }

    /**
     * The clock of pauses and of handlers that are stuck. Never read on a routing thread. Default: the system's, by
     * which closing waits in any case.
     *
     * @param clock in nanoseconds.
     * @return this.
     */
    public OutboxesContext nanoClock(final NanoClock clock) {
        nanoClock = clock;
        return this;
    }

    /**
     * Who hears of what handlers throw, of each kind and outbox the 1st, 2nd, 4th, 8th time and so on, and of who is
     * set aside or stuck. Default: the system logger.
     *
     * @param handler called on any thread.
     * @return this.
     */
    public OutboxesContext errorHandler(final ErrorHandler handler) {
        errorHandler = handler;
        return this;
    }

    /**
     * What workers do when there is nothing to do. Routing threads never wake them. Default: they back off to naps of a
     * millisecond.
     *
     * @param strategies asked for one strategy for each worker, and one more at the launch.
     * @return this.
     */
    public OutboxesContext idleStrategy(final Supplier<? extends IdleStrategy> strategies) {
        idleStrategies = strategies;
        return this;
    }

    /**
     * What makes the threads: workers, those that replace stuck ones, and the supervisor. Default: daemon threads. One
     * whose handler never returns lives as long, so others than daemons may keep the JVM from ending.
     *
     * @param factory of threads.
     * @return this.
     */
    public OutboxesContext threadFactory(final ThreadFactory factory) {
        threadFactory = factory;
        return this;
    }

    /**
     * Whether the embedder runs the outboxes by {@link Outboxes#invoke()} on a thread of its own, so that they start
     * none. Nothing is isolated then. Default: no.
     *
     * @param invoker true to start no thread.
     * @return this.
     */
    public OutboxesContext useInvoker(final boolean invoker) {
        useInvoker = invoker;
        return this;
    }

    void conclude() {
        Objects.requireNonNull(nanoClock, "nanoClock");
        Objects.requireNonNull(errorHandler, "errorHandler");
        Objects.requireNonNull(idleStrategies, "idleStrategy");
        Objects.requireNonNull(threadFactory, "threadFactory");
        checkRange("workers", workers, 1, MAX_WORKERS);
        checkRange("maxOutboxes", maxOutboxes, 1, MAX_MAX_OUTBOXES);
        checkRange("bytesPerOutbox", bytesPerOutbox, MIN_BYTES_PER_OUTBOX, MAX_BYTES_PER_OUTBOX);
        if (Integer.bitCount(bytesPerOutbox) != 1) {
            throw new IllegalArgumentException(
                    "bytesPerOutbox must be a power of two: bytesPerOutbox=" + bytesPerOutbox);
        }
        checkRange("deliveriesPerTurn", deliveriesPerTurn, 1, MAX_PER_TURN);
        checkRange("deviceOutboxes", deviceOutboxes, 0, MAX_MAX_OUTBOXES);
        checkRange("failureLimit", failureLimit, 1, Integer.MAX_VALUE);
        checkRange("minPauseNs", minPauseNs, 1, TimeUnit.DAYS.toNanos(3_660));
        checkRange("maxPauseNs", maxPauseNs, minPauseNs, TimeUnit.DAYS.toNanos(3_660));
        checkRange("stuckTimeoutNs", stuckTimeoutNs, 1, Long.MAX_VALUE);
        checkRange("closeTimeoutNs", closeTimeoutNs, 0, Long.MAX_VALUE);
    }

    int workers() {
        return workers;
    }

    int maxOutboxes() {
        return maxOutboxes;
    }

    int bytesPerOutbox() {
        return bytesPerOutbox;
    }

    int deliveriesPerTurn() {
        return deliveriesPerTurn;
    }

    int deviceOutboxes() {
        return deviceOutboxes;
    }

    DeviceOutboxes deviceOutbox() {
        return deviceOutbox == null ? byHash(deviceOutboxes) : deviceOutbox;
    }

    int failureLimit() {
        return failureLimit;
    }

    long minPauseNs() {
        return minPauseNs;
    }

    long maxPauseNs() {
        return maxPauseNs;
    }

    long stuckTimeoutNs() {
        return stuckTimeoutNs;
    }

    long closeTimeoutNs() {
        return closeTimeoutNs;
    }

    DeliveryHandler otherwise() {
        return otherwise;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    // An error handler that throws must not take a worker with it.
    ErrorHandler errorHandler() {
        final ErrorHandler handler = errorHandler;
        return problem -> {
            try {
                handler.onError(problem);
            } catch (final Throwable another) {
                LOGGER.log(System.Logger.Level.ERROR, "error handler of outboxes", another);
            }
        };
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

    // Seeded, so that nobody can choose ids that all come to one outbox.
    private static DeviceOutboxes byHash(final int outboxes) {
        final SeededHash hash = new SeededHash(new SecureRandom().nextLong());
        return (high, low) -> (int) ((hash.ofId(high, low) >>> 32) * outboxes >>> 32);
    }

    private static void checkRange(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be in [" + min + ", " + max + "]: " + name + "=" + value);
        }
    }
}

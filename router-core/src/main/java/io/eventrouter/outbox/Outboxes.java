package io.eventrouter.outbox;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.AttemptReports;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * A delivery handler that puts a bounded queue and threads of its own between the router and its subscribers, so that
 * none of them can hurt the router or another. One that is slow loses what its queue has no room for; one that fails
 * again and again, or whose handler does not return, is set aside and comes back; all of it is counted per subscriber.
 *
 * <pre>
 *   Outboxes outboxes = Outboxes.launch(new OutboxesContext().workers(2));
 *   outboxes.open(RecipientKind.INTEGRATION, "hook-1", webhook);
 *   EventRouter router = EventRouter.launch(new RouterContext().deliveryHandler(outboxes));
 *   outboxes.reportTo(router::reportAttempts);
 * </pre>
 *
 * <p>A delivery to a device counts as an attempt, and is charged, when its outbox takes it; what is dropped is not. The
 * subscribers' handlers answer as any {@link DeliveryHandler} does, but {@link AttemptOutcome#NOT_ATTEMPTED} comes too
 * late there and is taken for pending. Outcomes of several attempts are reported to the router for them.
 *
 * <p><b>Threading:</b> any thread opens, closes and reads. {@link #onDelivery} is for routing threads: it copies, never
 * waits, never allocates and wakes nobody. Threads: the workers, one more for each handler that does not return, and a
 * supervisor. Methods that wait refuse on workers with an {@link IllegalStateException}.
 *
 * <p><b>Closing:</b> outboxes close nothing but themselves, and the router does not close them. Stop publishing, let
 * the router route what it has ({@link io.eventrouter.EventRouter#usageSnapshot() usageSnapshot().join()} waits for
 * that in all lanes), close the outboxes, then the router: so that outcomes still reach it. If the router is closed
 * first, its last deliveries still come, but outcomes of several attempts are refused and counted.
 */
public final class Outboxes implements DeliveryHandler, AutoCloseable {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(50);

    /** How long closing waits for threads that are not inside a handler, at most. */
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(1);

    private final OutboxesContext context;
    private final ErrorHandler errorHandler;
    private final DeliveryHandler otherwise;
    private final DeviceOutboxes choice;
    private final AtomicReferenceArray<Outbox> forDevices;
    private final List<Map<String, Outbox>> forServices;
    private final Set<Outbox> all = ConcurrentHashMap.newKeySet();
    private final QueueMemory memory;
    private final ManyToManyConcurrentArrayQueue<Outbox> line;
    private final OutboxWorkers workers;
    private final OutboxWorker invoked;
    private final AtomicReference<AttemptReports> reports = new AtomicReference<>();
    private final AtomicLong withoutOutbox = new AtomicLong();
    private volatile Thread invoking;
    private volatile boolean closed;
    private volatile boolean stopped;

    private Outboxes(final OutboxesContext context) {
        this.context = context;
        errorHandler = context.errorHandler();
        otherwise = context.otherwise();
        choice = context.deviceOutbox();
        forDevices = new AtomicReferenceArray<>(context.deviceOutboxes());
        forServices = Stream.of(RecipientKind.values())
                .<Map<String, Outbox>>map(kind -> new ConcurrentHashMap<>())
                .toList();
        memory = new QueueMemory(context.bytesPerOutbox());
        line = new ManyToManyConcurrentArrayQueue<>(2 * BitUtil.findNextPositivePowerOfTwo(context.maxOutboxes()));
        workers = new OutboxWorkers(context, line, memory);
        invoked = workers.newWorker();
    }

    /**
     * Start outboxes, none of which is open.
     *
     * @param context how they are set up.
     * @return running outboxes.
     * @throws IllegalArgumentException if a setting is out of range; the message has the value and the limits.
     * @throws NullPointerException if a setting is null; the message names it.
     * @throws RuntimeException whatever clock and idle strategies throw, and the thread factory when the supervisor is
     *     made; no thread is left then. A worker's thread that cannot be had is told to the error handler, once, and
     *     asked for again.
     */
    public static Outboxes launch(final OutboxesContext context) {
        context.conclude();
        final Outboxes outboxes = new Outboxes(context);
        if (!context.useInvoker()) {
            outboxes.startThreads();
        }
        return outboxes;
    }

    private void startThreads() {
        boolean isStarted = false;
        try {
            workers.watch(context.nanoClock().nanoTime());
            final Thread supervisor = context.threadFactory().newThread(this::supervise);
            supervisor.setName("event-router-outbox-supervisor");
            supervisor.start();
            isStarted = true;
        } finally {
            if (!isStarted) {
                workers.stop(GRACE_NS);
            }
        }
    }

    /**
     * Where outcomes of several attempts go. Until this is told, they wait, and the outboxes for devices with them; of
     * each such outbox the error handler hears once.
     *
     * @param router that the deliveries come from: {@code router::reportAttempts}.
     */
    public void reportTo(final AttemptReports router) {
        reports.set(Objects.requireNonNull(router, "router"));
    }

    /**
     * Open the outbox of an integration, Logic function or stream.
     *
     * @param kind of the subscriber, other than {@link RecipientKind#DEVICE}.
     * @param id of the subscriber, as the router knows it.
     * @param handler of the subscriber, called by one worker at a time.
     * @return the outbox.
     * @throws IllegalArgumentException if it is of a device.
     * @throws IllegalStateException if it is open already, if there are as many as there can be, or after closing.
     */
    public synchronized Outbox open(final RecipientKind kind, final String id, final DeliveryHandler handler) {
        Objects.requireNonNull(id, "id");
        if (kind == RecipientKind.DEVICE) {
            throw new IllegalArgumentException("devices are divided among outboxes of their own: kind=" + kind);
        }
        final Map<String, Outbox> outboxes = forServices.get(kind.ordinal());
        checkMayOpen(outboxes.get(id));
        final Outbox outbox = open(kind, id, kind + " " + id, handler);
        outboxes.put(id, outbox);
        return outbox;
    }

    /**
     * Open one of the outboxes that devices are divided among.
     *
     * @param index of the outbox, 0 up to the number of outboxes for devices.
     * @param handler that hands events to the devices, called by one worker at a time.
     * @return the outbox.
     * @throws IndexOutOfBoundsException if there is no such index.
     * @throws IllegalStateException if it is open already, if there are as many as there can be, or after closing.
     */
    public synchronized Outbox openForDevices(final int index, final DeliveryHandler handler) {
        Objects.checkIndex(index, forDevices.length());
        checkMayOpen(forDevices.get(index));
        final Outbox outbox = open(RecipientKind.DEVICE, null, RecipientKind.DEVICE + " " + index, handler);
        forDevices.set(index, outbox);
        return outbox;
    }

    private Outbox open(final RecipientKind kind, final String id, final String name, final DeliveryHandler handler) {
        Objects.requireNonNull(handler, "handler");
        final Outbox outbox = new Outbox(context, kind, id, name, handler, memory.take(), line, reports::get);
        all.add(outbox);
        return outbox;
    }

    private void checkMayOpen(final Outbox existing) {
        if (closed) {
            throw new IllegalStateException("outboxes are closed");
        }
        if (existing != null) {
            throw new IllegalStateException("outbox is open already: subscriber=" + existing);
        }
        if (all.size() >= context.maxOutboxes()) {
            throw new IllegalStateException(
                    "no more outboxes can be open: open=" + all.size() + ", maxOutboxes=" + context.maxOutboxes());
        }
    }

    /** Take a copy for the recipient, or drop it and count that. For routing threads. */
    @Override
    public AttemptOutcome onDelivery(final Delivery delivery) {
        final Outbox outbox = find(delivery);
        if (outbox != null) {
            return outbox.offer(delivery);
        }
        if (otherwise != null) {
            return otherwise.onDelivery(delivery);
        }
        withoutOutbox.getAndIncrement();
        return AttemptOutcome.NOT_ATTEMPTED;
    }

    private Outbox find(final Delivery delivery) {
        final RecipientKind kind = delivery.recipientKind();
        if (kind != RecipientKind.DEVICE) {
            return forServices.get(kind.ordinal()).get(delivery.recipientId());
        }
        final int index = choice.indexOf(delivery.deviceIdHigh(), delivery.deviceIdLow());
        return index >= 0 && index < forDevices.length() ? forDevices.get(index) : null;
    }

    /**
     * Deliveries that were dropped because no outbox was open for them and there is no handler for such.
     *
     * @return number of deliveries.
     */
    public long withoutOutbox() {
        return withoutOutbox.get();
    }

    /**
     * Run one turn of one outbox, and whatever is due by the clock, on the calling thread, for a context with
     * {@link OutboxesContext#useInvoker(boolean)}. Not for several threads at a time.
     *
     * @return how many deliveries were handed over.
     * @throws IllegalStateException if there are workers, or inside a handler.
     */
    public int invoke() {
        if (!context.useInvoker()) {
            throw new IllegalStateException("outboxes run on threads of their own: useInvoker=false");
        }
        checkMayWait("invoke");
        invoking = Thread.currentThread();
        try {
            lookAfter(context.nanoClock().nanoTime());
            return invoked.turn();
        } finally {
            invoking = null;
        }
    }

    /**
     * Close an outbox: take nothing more for it, hand over what it has, and give it up when the time is over. The
     * subscriber may be opened again at once; what comes meanwhile goes to nobody and is counted. A subscriber that was
     * set aside is not tried again.
     *
     * @param outbox to close; if it is closed already, nothing happens.
     * @param timeout how long to wait, 0 or more.
     * @param unit of the timeout.
     * @return what is left.
     */
    public OutboxRemains close(final Outbox outbox, final long timeout, final TimeUnit unit) {
        checkMayWait("close");
        if (!forget(outbox)) {
            return new OutboxRemains(outbox, 0, false);
        }
        return finish(List.of(outbox), unit.toNanos(timeout)).get(0);
    }

    private synchronized boolean forget(final Outbox outbox) {
        final boolean isForgotten = outbox.recipientKind() == RecipientKind.DEVICE
                ? forgetForDevices(outbox)
                : forServices.get(outbox.recipientKind().ordinal()).remove(outbox.recipientId(), outbox);
        if (isForgotten) {
            outbox.shut();
        }
        return isForgotten;
    }

    private boolean forgetForDevices(final Outbox outbox) {
        for (int i = 0; i < forDevices.length(); i++) {
            if (forDevices.compareAndSet(i, outbox, null)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Close all outboxes and end the threads. Takes no longer than the timeout and a second: handlers that have not
     * returned by then are interrupted, and their threads end when they return.
     *
     * @param timeout how long to wait for what is queued, 0 or more.
     * @param unit of the timeout.
     * @return what is left, of every outbox that anything is left of.
     */
    public List<OutboxRemains> close(final long timeout, final TimeUnit unit) {
        checkMayWait("close");
        final List<Outbox> open;
        synchronized (this) {
            if (closed) {
                return List.of();
            }
            closed = true;
            open = all.stream().filter(this::forget).toList();
        }
        final List<OutboxRemains> remains = finish(open, unit.toNanos(timeout));
        stopped = true;
        workers.stop(GRACE_NS);
        return remains.stream().filter(remaining -> !remaining.isNothing()).toList();
    }

    /** Close all within the time that the context gives, and tell the error handler what is left. */
    @Override
    public void close() {
        for (final OutboxRemains remaining : close(context.closeTimeoutNs(), TimeUnit.NANOSECONDS)) {
            errorHandler.onError(
                    new IllegalStateException("closed before everything was delivered: subscriber=" + remaining.outbox()
                            + ", undelivered=" + remaining.undelivered() + ", isInHand=" + remaining.isInHand()));
        }
    }

    private List<OutboxRemains> finish(final List<Outbox> outboxes, final long timeoutNs) {
        final long startNs = System.nanoTime();
        boolean hasProgress = true;
        boolean wasInterrupted = false;
        while (hasProgress
                && !outboxes.stream().allMatch(Outbox::isAtRest)
                && System.nanoTime() - startNs < timeoutNs) {
            // Whoever is interrupted goes on waiting, and would not sleep meanwhile.
            wasInterrupted |= !context.useInvoker() && Thread.interrupted();
            hasProgress = letOthersWork();
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        final List<OutboxRemains> remains =
                outboxes.stream().map(outbox -> outbox.abandon(memory)).toList();
        all.removeIf(Outbox::isRetired);
        return remains;
    }

    // Without workers, what nobody could do in a whole round cannot be done: clock and router stand still meanwhile.
    private boolean letOthersWork() {
        if (!context.useInvoker()) {
            LockSupport.parkNanos(POLL_NS);
            return true;
        }
        try {
            int deliveries = invoke();
            for (int turns = line.size(); turns > 0; turns--) {
                deliveries += invoke();
            }
            return deliveries > 0;
        } catch (final RuntimeException | Error fault) {
            // Of the clock: what is left must be counted and told all the same.
            errorHandler.onError(fault);
            return false;
        }
    }

    private void supervise() {
        while (!stopped) {
            try {
                lookAfter(context.nanoClock().nanoTime());
            } catch (final Throwable fault) {
                errorHandler.onError(fault);
            }
            LockSupport.parkNanos(TICK_NS);
        }
    }

    private void lookAfter(final long nowNs) {
        for (final Outbox outbox : all) {
            outbox.onTime(nowNs);
        }
        all.removeIf(Outbox::isRetired);
        if (!context.useInvoker()) {
            workers.watch(nowNs);
        }
    }

    private void checkMayWait(final String method) {
        final Thread current = Thread.currentThread();
        if (current == invoking || workers.isOwnThread(current)) {
            throw new IllegalStateException(
                    method + " would wait for the very thread that it is called on: thread=" + current.getName());
        }
    }
}

package io.eventrouter;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.HookTopics;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.DamagedFileException;
import io.eventrouter.memory.JvmFlags;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.ownership.DeviceOwnership;
import io.eventrouter.pipeline.RouterPipeline;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.status.CloseReport;
import io.eventrouter.status.RouterCounter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Routes events of devices to those who may hear them, and counts what that costs whom.
 *
 * <p>Events and commands of all threads are put in one order; deliveries come out in that order, on one routing
 * thread. With several {@link RouterContext#lanes(int) lanes} there is an order and a thread for each: events of one
 * device, or to one user or product, are in one lane, commands in all of them and in the same order. The rules are
 * those of docs/routing-rules.md.
 *
 * <p><b>Threading:</b> every method may be called from any thread. On the router's own threads, which are those that
 * {@link RouterContext#threadFactory} makes, and whoever runs the router with {@link #invoke()} meanwhile, methods that
 * wait refuse with an {@link IllegalStateException}, and {@link #submit} does not wait for room. Handlers run there,
 * and most dependent actions of its futures. {@link #publish}, {@link #publishHookResponse} and {@link #reportAttempts}
 * never block and never allocate anywhere. An interrupt ends no waiting: what waits does so for as long as it would,
 * and leaves its thread interrupted.
 */
public final class EventRouter implements AutoCloseable {
    private final RouterPipeline pipeline;

    private EventRouter(final RouterPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Start a router. With a data directory, everything that was kept there is loaded before this returns. A launch
     * that is refused leaves no thread, lock or open file behind, but for daemons of libraries that serve all routers
     * of the process, and what is kept as it was.
     *
     * @param context how it is set up; cannot be used again, unless this launch is refused.
     * @return a running router.
     * @throws IllegalArgumentException if a setting is out of range; the message has the value and the limits.
     * @throws IllegalStateException if a JVM flag is missing (the message has it; with a data directory more of them
     *     are needed), Chronicle Map does not find its classes (the message says where they have to be), the context
     *     was used before, another router uses the data directory, or what it keeps is more than fits (the message has
     *     the limit); a {@link DamagedFileException} if a file of it is damaged and nothing intact can take its place,
     *     or it is not one of a router (the message has file, offset and reason).
     * @throws NullPointerException if there is no delivery handler, or a setting is null; the message names it.
     * @throws java.io.UncheckedIOException if files of the data directory cannot be made or read.
     */
    public static EventRouter launch(final RouterContext context) {
        JvmFlags.check();
        context.take();
        boolean isLaunched = false;
        try {
            final EventRouter router = new EventRouter(start(context));
            isLaunched = true;
            return router;
        } finally {
            if (!isLaunched) {
                context.giveBack();
            }
        }
    }

    private static RouterPipeline start(final RouterContext context) {
        final RouterPipeline.Settings settings = new RouterPipeline.Settings(
                context.lanes(),
                context.ringSlots(),
                context.hashSeed(),
                context.dataDisk(),
                context.syncPolicy(),
                context.journalSegmentLength(),
                context.usageWindowMs(),
                context.epochClock(),
                context.nanoClock(),
                context.idleStrategies(),
                context.threadFactory(),
                context.useInvoker(),
                context.controlTimeoutNs(),
                context.closeTimeoutNs());
        final RoutingCore.Settings routing = new RoutingCore.Settings(
                context.era(),
                context.productScope(),
                context.maxDevices(),
                context.maxAccounts(),
                context.subscriptionsPerDevice(),
                context.tenantLimits(),
                context.maxMatchingMemory(),
                context.pendingFanOutsPerAccount(),
                context.sliceLength(),
                context.usageGranularity(),
                context.epochClock().time());
        final RoutingCore.Handlers handlers = new RoutingCore.Handlers(
                context.deliveryHandler(), context.usageHandler(), context.refusalHandler(), context.errorHandler());
        return RouterPipeline.start(settings, routing, handlers);
    }

    /**
     * Publish an event. Data path: never blocks, never allocates.
     *
     * @param draft of the event; may be used again at once.
     * @return the event's sequence, which is its id and its place in the order of its lane, or a negative
     *     {@link PublishResult}: then the event was refused, has changed nothing and was counted. Whether ids are
     *     registered is decided at the event's place in the order. What is certainly not registered is refused here; in
     *     one or two cases in a hundred an id that is not registered is only found out there, and the refusal handler
     *     is told; with fifty million devices in five, with a hundred million in ten. An event that brings a handle is
     *     never refused here for its device.
     */
    public long publish(final EventDraft draft) {
        return pipeline.intake().publish(draft);
    }

    /**
     * The handle of a device, which {@linkplain EventDraft#fromDevice(long, int, int) its events} may bring along:
     * then a publish looks nothing up, which takes up to half of its time if the fleet is large. For connections, to be asked for
     * once a device is registered. Never blocks, never allocates.
     *
     * @param device that is connected.
     * @return the handle, which stays the device's until this router is closed; or 0 if the device is not registered,
     *     or hidden while its index grows. Of an id that is not registered it may be the handle of another device.
     *     Neither does any harm.
     */
    public int deviceHandle(final EntityId device) {
        return pipeline.intake().deviceHandle(device.high(), device.low());
    }

    /**
     * Publish several events that a gateway has at hand, in their order. Costs less than publishing them one at a time,
     * because they take their places together. A draft that breaks a rule does not keep the others out. When the ring
     * is full, the events up to some point are in and all behind it are {@link PublishResult#BACK_PRESSURED}: nothing
     * overtakes. With several lanes that holds within each of them, whose ring may be full while others are not:
     * publish what was pressed back again, in its order. Behind an event that is refused for its publisher's share of
     * the ring ({@link PublishResult#RING_SHARE_EXCEEDED}) all others of the same publisher are refused too, however
     * short, and those of other publishers are not. Nobody remembers from one call to the next what was refused: what
     * is published before the refused ones are published again, comes before them. Data path: never blocks, never
     * allocates.
     *
     * @param drafts of the events, from index 0.
     * @param count how many of them to publish.
     * @param results filled with what {@link #publish} would have returned for each draft, at its index.
     * @return how many were taken, each with a sequence; the refusal handler is told which of them are refused at their
     *     place.
     * @throws IndexOutOfBoundsException if an array is shorter than the count; nothing has changed then.
     * @throws NullPointerException if a draft is null; nothing is published then, and what the results hold means
     *     nothing.
     */
    public int publishAll(final EventDraft[] drafts, final int count, final long[] results) {
        Objects.checkFromIndexSize(0, count, Math.min(drafts.length, results.length));
        return pipeline.intake().publishAll(drafts, count, results);
    }

    /**
     * Publish the events that answer for an integration: chunks of 512 bytes of the body, cut at 100,000 bytes, each
     * under the topic and its number; one event without a number if the topics say so and it is no error; none for an
     * empty body. All of them or none. Data path: never blocks, never allocates.
     *
     * @param topics of the integration.
     * @param isError whether the answer is an error.
     * @param draft {@link EventDraft#fromHook from the hook} of a device, with the name of the event that triggered
     *     the integration, and the whole body as payload.
     * @return the sequence of the first event, or of nothing for an empty body, or a negative {@link PublishResult}.
     */
    public long publishHookResponse(final HookTopics topics, final boolean isError, final EventDraft draft) {
        return pipeline.intake().publishHookResponse(topics, isError, draft);
    }

    /**
     * Report how the attempts to hand one event to one device ended, if the delivery handler answered
     * {@link AttemptOutcome#PENDING}. Attempts beyond the first are charged, to the account that pays for the device
     * at the report's place in the order; three failed ones take the device offline. Report each delivery once. Data
     * path: never blocks, never allocates.
     *
     * @param deviceIdHigh first 64 bits of the device's id.
     * @param deviceIdLow last 32 bits of the device's id.
     * @param operationsPerAttempt of the delivery: 0 for a system event, else 1 to 16, for no device takes more than
     *     16,384 bytes.
     * @param outcome of its attempts; not {@link AttemptOutcome#NOT_ATTEMPTED}.
     * @return the report's sequence, or a negative {@link PublishResult}, which is
     *     {@link PublishResult#INVALID_REPORT} if a number or an outcome is none that a delivery can have: then the
     *     report has changed nothing and was counted.
     */
    public long reportAttempts(
            final long deviceIdHigh,
            final int deviceIdLow,
            final int operationsPerAttempt,
            final AttemptOutcome outcome) {
        return pipeline.intake().reportAttempts(deviceIdHigh, deviceIdLow, operationsPerAttempt, outcome);
    }

    /**
     * Put a command into the order. Waits for room only, which it needs in the rings of all lanes at once.
     *
     * @param command to carry out.
     * @return completed with the command's sequence, its place in the first lane, when it holds in all lanes for every
     *     event published from then on, and is kept in the data directory if there is one; completed exceptionally if
     *     it was refused: a {@link CommandRefusedException} is the cause of what {@code get} and {@code join} throw,
     *     and dependent actions find it inside a {@link java.util.concurrent.CompletionException}. While the disk
     *     fails, it is not completed: the command is in force, and is kept as soon as the disk works. If the router is
     *     closed before, that cause is a {@code CommandRefusedException} too, with {@code CLOSED}, if the command was
     *     never carried out; else an {@link IllegalStateException}: it may not be in force after the next start then.
     *     Dependent actions that are not asynchronous run on the acknowledging thread, on one that tells of what
     *     closing left unanswered, or, if the future is completed when they are added, on the caller's.
     * @throws CommandRefusedException if the router is closed, or the command would change ownership and the disk is
     *     full or does not work: {@code STORAGE_FULL}, {@code STORAGE_UNAVAILABLE}; nothing has changed then.
     * @throws IllegalStateException if no room came up in time; the message has the time.
     */
    public CompletableFuture<Long> submit(final Command command) {
        return pipeline.desk().submit(command);
    }

    /**
     * Put a command into the order and wait until it holds. One after the other, each waits for threads to wake up and
     * for the disk; whoever has many {@linkplain #submit submits} them, and then waits for all, which takes a fraction
     * of that.
     *
     * @param command to carry out.
     * @return the command's sequence.
     * @throws CommandRefusedException if it was refused; nothing has changed then.
     * @throws IllegalStateException if no room came up in time, if it is in force but the router was closed while the
     *     disk failed, or on one of the router's own threads.
     */
    public long execute(final Command command) {
        return pipeline.desk().execute(command);
    }

    /**
     * Who owns a device, and which product it is in. With a data directory it is looked up without asking the
     * routing thread; else asks the routing thread and waits.
     *
     * @param device to look up.
     * @return what is known as of the last acknowledged command; empty if it is not registered.
     * @throws CommandRefusedException if the router is closed.
     * @throws IllegalStateException without a data directory: if no room for the question came up in time, or on one of
     *     the router's own threads.
     */
    public Optional<DeviceOwnership> ownershipOf(final EntityId device) {
        return pipeline.desk().ownershipOf(device);
    }

    /**
     * End the window of usage records now and begin the next; with a data directory, as soon as the window before is
     * durable. Without one, waits for room as {@link #submit} does.
     *
     * @return completed with the sequence at which it ended, when all its records were handed to the usage handler;
     *     with a data directory, when it is durable. Completed exceptionally if the router is closed before.
     * @throws CommandRefusedException if the router is closed.
     * @throws IllegalStateException without a data directory, if no room came up in time.
     */
    public CompletableFuture<Long> closeUsageWindow() {
        return pipeline.desk().closeUsageWindow();
    }

    /**
     * Acknowledge usage records and thresholds: with a data directory, they are not handed to the usage handler again
     * after a restart. Never blocks. Becomes durable soon afterwards; if the process or the machine dies before, some
     * come again, with the sequence and the content that they had. Acknowledging again, or less, does nothing. What is
     * acknowledged within the usage handler while the router is being closed becomes durable; what is acknowledged when
     * it is closed comes again.
     *
     * @param recordSequence {@linkplain io.eventrouter.metering.UsageRecord#sequence() sequence} up to which all are
     *     acknowledged.
     * @throws IllegalArgumentException if the usage handler was not given that sequence yet, in this run or one before;
     *     the message has both numbers.
     */
    public void acknowledgeUsage(final long recordSequence) {
        pipeline.acknowledgeUsage(recordSequence);
    }

    /**
     * Whether the data operations of everything up to a sequence are durable, in the lane of that sequence. They are
     * when the window that they are in has been closed and written, see {@link #closeUsageWindow()}.
     *
     * @param sequence that a publish returned in this run.
     * @return true if no crash can take them back.
     * @throws IllegalArgumentException if it is negative: the event was refused, so there is nothing to be counted.
     * @throws IllegalStateException if the router has no data directory.
     */
    public boolean isCounted(final long sequence) {
        return pipeline.isCounted(sequence);
    }

    /**
     * Wait until the data operations of everything up to a sequence are durable, in the lane of that sequence. A
     * gateway that acknowledges events to its devices only then loses no count of what it has acknowledged. Ends no
     * window: unless somebody {@linkplain #closeUsageWindow() does}, this waits for the
     * {@link RouterContext#usageWindow window} to end by the clock, an hour by default.
     *
     * @param sequence that a publish returned in this run.
     * @param timeoutNs how long to wait, in nanoseconds.
     * @return false if the time ran out first, or the router was closed and has given up what was not durable.
     * @throws IllegalArgumentException if the sequence is negative: the event was refused, so there is nothing to wait
     *     for.
     * @throws IllegalStateException if the router has no data directory, or on one of the router's own threads.
     */
    public boolean awaitCounted(final long sequence, final long timeoutNs) {
        return pipeline.awaitCounted(sequence, timeoutNs);
    }

    /**
     * Totals of all data operations at one place in the order; of all lanes together. The routing thread takes them in
     * one step, which takes time in proportion to the number of users, organizations and products, and first delivers
     * all fan-outs that are pending: so whatever was published before, by any thread in any lane, has been handed over
     * when the totals are there. Counts begin at the launch; with a data directory they go on from what was durable
     * when the run before ended. Waits for room as {@link #submit} does.
     *
     * @return completed with the totals; exceptionally if the router is closed before.
     * @throws CommandRefusedException if the router is closed.
     * @throws IllegalStateException if no room came up in time.
     */
    public CompletableFuture<UsageSnapshot> usageSnapshot() {
        return pipeline.desk().usageSnapshot();
    }

    /**
     * Read a counter, which is one for all lanes. Exact for everything up to a sequence that {@link #awaitRouted} has
     * seen, in its lane.
     *
     * @param counter to read.
     * @return its value.
     */
    public long counter(final RouterCounter counter) {
        return pipeline.counters().get(counter);
    }

    /**
     * Wait until everything up to a sequence has been routed and delivered to all, in the lane of that sequence. Events
     * for very many devices are delivered in slices; nobody but the caller waits for them.
     *
     * @param sequence that a publish returned.
     * @param timeoutNs how long to wait, in nanoseconds.
     * @return false if the time ran out first, or the router was closed without that.
     * @throws IllegalArgumentException if the sequence is negative: the event was refused, so there is nothing to wait
     *     for.
     * @throws IllegalStateException on one of the router's own threads.
     */
    public boolean awaitRouted(final long sequence, final long timeoutNs) {
        return pipeline.awaitRouted(sequence, timeoutNs);
    }

    /**
     * Slots of the ring that are free right now; with several lanes, of the fullest ring.
     *
     * @return the number, at most {@link #ringSlots()}.
     */
    public long remainingSlots() {
        return pipeline.remainingSlots();
    }

    /**
     * Memory outside of the heap that the tables of all lanes hold: devices, accounts, subscriptions, and what limits
     * need. The rings come on top, with 128 bytes for each slot; so do up to three megabytes for each large table that
     * the system has handed out ahead.
     *
     * @return bytes, 0 when the router is closed.
     */
    public long offHeapBytes() {
        return pipeline.offHeapBytes();
    }

    /**
     * What subscriptions hold of {@link #offHeapBytes()}, in each lane: to be compared with
     * {@link RouterContext#maxMatchingMemory}, at which subscriptions are refused.
     *
     * @return bytes, 0 when the router is closed.
     */
    public long matchingBytes() {
        return pipeline.matchingBytes();
    }

    /**
     * Slots that the ring of each lane has.
     *
     * @return the number.
     */
    public int ringSlots() {
        return pipeline.ringSlots();
    }

    /**
     * Run one round of the router's work on the calling thread, lane by lane, for a context with
     * {@link RouterContext#useInvoker(boolean)}.
     *
     * @return 0 if there was nothing to do.
     * @throws IllegalStateException if the router runs on threads of its own.
     * @throws RuntimeException whatever a clock of the context throws; the next call goes on where this one ended.
     */
    public int invoke() {
        return pipeline.invoke();
    }

    /**
     * Let nothing more in, route what is in all lanes, emit the last usage records, stop the threads, close the
     * ownership store. Waits for the {@link RouterContext#closeTimeout time that the context gives}. What is not begun
     * by then stays undone: routing threads begin with nothing else, and whoever does not come back from a handler is
     * interrupted; within two more seconds this returns whatever handlers do, as long as they leave it a processor.
     * Futures of commands that were not acknowledged are completed exceptionally. What was left is told to the error
     * handler too.
     *
     * <p>If the disk has not taken all usage by then ({@link CloseReport#isUsageKept}), that stays in memory and the
     * data directory stays open: nothing is lost yet. Call this again when the disk works. It tries again for as long,
     * and hands what became durable to the usage handler, on the calling thread. {@link #close()} gives up what is
     * left, and the directory back. Otherwise, calling this on a closed router gives the same report.
     *
     * <p>A router that {@link RouterContext#useInvoker threads of the embedder} run is run by the calling thread until
     * it is closed: a handler that blocks then blocks the caller.
     *
     * @return what was left undone.
     * @throws IllegalStateException on one of the router's own threads.
     */
    public CloseReport closeAndReport() {
        return pipeline.close();
    }

    /**
     * Close the router as {@link #closeAndReport()} does, and give the data directory back, whether all usage is kept
     * or not: what is not is lost then, as in a crash. On a closed router, usage that is left gets one more try.
     *
     * @throws IllegalStateException on one of the router's own threads.
     */
    @Override
    public void close() {
        pipeline.closeForGood();
    }
}

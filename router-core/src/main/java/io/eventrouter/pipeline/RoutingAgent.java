package io.eventrouter.pipeline;

import io.eventrouter.command.Command;
import io.eventrouter.command.Refusal;
import io.eventrouter.routing.EventRouting;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.routing.SlotLayout;
import java.util.Queue;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;

/** The routing thread of a lane: takes what is in the ring, in order, and lets the core handle it. */
final class RoutingAgent implements Agent {
    private static final int MAX_SLOTS_PER_CYCLE = 1_024;
    private static final int SLOTS_TO_WARM = 64;
    private static final int ITEMS_BETWEEN_SLICES = 64;

    private final Lane lane;
    private final CommandRing ring;
    private final RoutingCore core;
    private final EventRouting events;
    private final LaneMap map;
    private final ControlOrder order;
    private final Queue<PendingCommand> acknowledgements;
    private final ErrorHandler errorHandler;
    private final boolean keepsImages;
    private final boolean keepsUsage;
    private final Ending ending = new Ending();
    private final LaneWindows windows;
    private int itemsSinceSlice;
    private long stopMs;

    /** The next slot to look at; what is before it has begun, but for what waits in the core. */
    private long position;

    /** The last slot that is looked at in this round. */
    private long lastOfRound;

    /** Commands in the slots before this were read ahead. */
    private long readAheadEnd;

    private final Command[] commandsAhead = new Command[RoutingCore.MAX_COMMANDS_READ_AHEAD];

    /** Keeps the reads ahead alive. */
    private int sink;

    /**
     * An agent that has not begun.
     *
     * @param lane to serve.
     * @param map that sequences follow.
     * @param order of commands, which is told of devices that time out; null if there are no other lanes.
     * @param acknowledgements takes every command that all lanes have handled; never full.
     * @param errorHandler takes what the core throws.
     * @param keepsImages whether commands carry what an ownership store has to keep.
     * @param keepsUsage whether windows of usage become durable: then a billing month begins with a window.
     */
    RoutingAgent(
            final Lane lane,
            final LaneMap map,
            final ControlOrder order,
            final Queue<PendingCommand> acknowledgements,
            final ErrorHandler errorHandler,
            final boolean keepsImages,
            final boolean keepsUsage) {
        this.lane = lane;
        this.ring = lane.ring();
        this.core = lane.core();
        this.events = core.events();
        this.map = map;
        this.order = order;
        this.acknowledgements = acknowledgements;
        this.errorHandler = errorHandler;
        this.keepsImages = keepsImages;
        this.keepsUsage = keepsUsage;
        windows = new LaneWindows(core, ending);
    }

    @Override
    public int doWork() {
        if (events.isStopped()) {
            return conclude();
        }
        if (ring.left().isAny) {
            ring.publishLeftSlots();
        }
        final long first = ring.consumed() + 1;
        final long sequence = takeIn(first);
        events.routeEvents();
        if (events.isStopped()) {
            return conclude();
        }
        final int work = (int) (sequence - first) + continueFanOuts();
        if (work > 0) {
            tellCounters();
            ring.consumed(sequence - 1);
            ring.delivered(deliveredUpTo(sequence - 1));
        }
        final int all = work + meetOtherLanes() + settleUsage();
        // Handlers run here; an interrupt that one leaves behind would end this thread.
        Thread.interrupted();
        return all;
    }

    // Take in, from a sequence on, what can be seen and one round has room for; returns where the next one begins.
    private long takeIn(final long first) {
        final long endOfRound = first + MAX_SLOTS_PER_CYCLE;
        long sequence = first;
        long end = lookFurther(sequence, endOfRound);
        long warmEnd = first;
        int slots = 1;
        while (sequence < end && !events.isStopped()) {
            // Behind an event of many slots there is likely another, most of which nobody looks at here.
            if (sequence >= warmEnd && slots <= CommandRing.MAX_SLOTS_OF_SHORT_EVENT) {
                warmEnd = Math.min(end, sequence + SLOTS_TO_WARM);
                sink += ring.warm(sequence, (int) (warmEnd - sequence));
            }
            slots = ring.slotsAt(sequence);
            if (sequence + slots > end && slots <= CommandRing.MAX_SLOTS_OF_SHORT_EVENT) {
                // The rest of this event is behind what was looked at, or its publisher is about to mark it.
                break;
            }
            position = sequence + slots;
            handle(sequence);
            sequence += slots;
            if (++itemsSinceSlice >= ITEMS_BETWEEN_SLICES) {
                continueFanOuts();
            }
            if (slots > CommandRing.MAX_SLOTS_OF_SHORT_EVENT && sequence < endOfRound) {
                end = lookFurther(sequence, endOfRound);
            }
        }
        return sequence;
    }

    private long lookFurther(final long sequence, final long endOfRound) {
        lastOfRound = ring.published(sequence, (int) (endOfRound - sequence));
        return lastOfRound + 1;
    }

    @Override
    public String roleName() {
        return order == null ? "event-router-routing" : "event-router-routing-" + lane.index();
    }

    /** Begin with nothing else that is in the ring; the last window of usage ends at the time given. Any thread. */
    void stop(final long timeMs) {
        stopMs = timeMs;
        events.stop();
    }

    Ending ending() {
        return ending;
    }

    /** Whether none of these threads touches anything any more. */
    static boolean haveStopped(final RoutingAgent[] agents) {
        for (final RoutingAgent agent : agents) {
            if (!agent.ending.isStopped()) {
                return false;
            }
        }
        return true;
    }

    Lane lane() {
        return lane;
    }

    /** The first slot with what was not begun. */
    long firstLeft() {
        final long waiting = events.firstWaiting();
        return waiting < 0 ? position : map.laneSequence(waiting);
    }

    /** Give the memory of a lane back that nobody else may give back, because its thread was not seen to stop. */
    @Override
    public void onClose() {
        if (ending.isGivenUp()) {
            core.close();
        }
    }

    // What is left in the ring stays there for whoever closes the router to count; what was done is billed.
    private int conclude() {
        if (!ending.begin()) {
            return 0;
        }
        ring.consumed(firstLeft() - 1);
        tellCounters();
        emitLastUsage();
        ending.conclude();
        return 1;
    }

    // Others get their turn at least once for every slice of a long fan-out, and it its own however many they are.
    private int continueFanOuts() {
        itemsSinceSlice = 0;
        if (!events.hasPendingFanOuts()) {
            return 0;
        }
        events.continueFanOuts();
        return 1;
    }

    private long deliveredUpTo(final long consumed) {
        return events.hasPendingFanOuts() ? map.laneSequence(events.firstPendingSequence()) - 1 : consumed;
    }

    private int meetOtherLanes() {
        if (order == null) {
            return 0;
        }
        return (core.lookAtThresholds() ? 1 : 0) + (tellOfTimeouts() ? 1 : 0);
    }

    // Without room they are told later; nothing here waits.
    private boolean tellOfTimeouts() {
        return !core.timedOut().isEmpty() && order.takeOffline(core);
    }

    // Whatever goes wrong with what is in a slot, it is not met again, and what is behind it is.
    private void handle(final long sequence) {
        try {
            handle(sequence, ring.address(sequence));
        } catch (final Throwable problem) {
            events.onFailure();
            errorHandler.onError(problem);
        }
    }

    // Events gather in the core and are routed together; anything else comes after those that are before it.
    private void handle(final long sequence, final long address) {
        switch (SlotLayout.type(address)) {
            case SlotLayout.EVENT:
                events.onEvent(address, map.sequence(sequence, lane.index()));
                break;
            case SlotLayout.COMMAND:
                if (routeWhatIsBefore(sequence)) {
                    readCommandsAhead(sequence);
                    onCommand(ring.takePending(sequence), sequence);
                }
                break;
            case SlotLayout.ATTEMPTS:
                if (routeWhatIsBefore(sequence)) {
                    core.onAttempts(address);
                }
                break;
            default:
                break;
        }
    }

    private void readCommandsAhead(final long first) {
        if (first < readAheadEnd) {
            return;
        }
        final long end = Math.min(lastOfRound + 1, first + SLOTS_TO_WARM);
        int count = 0;
        long sequence = first;
        while (sequence < end && count < commandsAhead.length) {
            if (SlotLayout.type(ring.address(sequence)) == SlotLayout.COMMAND) {
                commandsAhead[count++] = ring.pending(sequence).command;
            }
            sequence += ring.slotsAt(sequence);
        }
        readAheadEnd = sequence;
        core.readAhead(commandsAhead, count);
    }

    // False if the router was stopped meanwhile: then this is left too. It has not begun before, and whoever closes the
    // router may look while a handler of what is before it blocks.
    private boolean routeWhatIsBefore(final long sequence) {
        position = sequence;
        events.routeEvents();
        if (events.isStopped()) {
            return false;
        }
        position = sequence + 1;
        return true;
    }

    // Whoever gave this thread up has told them.
    private void tellCounters() {
        if (!ending.isGivenUp()) {
            core.tellCounters();
        }
    }

    private void onCommand(final PendingCommand pending, final long sequence) {
        CommandAnswer answer;
        try {
            answer = carryOut(pending, sequence);
        } catch (final Throwable problem) {
            answer = CommandAnswer.of(problem);
            events.onFailure();
        }
        tellCounters();
        if (answer == null) {
            windows.keepUntilSettled(pending);
        } else {
            answer(pending, answer);
        }
    }

    /*
     * The last lane acknowledges. Acknowledgements stay in the order of the commands: say A comes before B, and this
     * lane is the last to handle B. If it was the last for A too, it has acknowledged A before. If another lane was,
     * that lane acknowledged A before it answered B, and its answer to B came before ours.
     */
    private void answer(final PendingCommand pending, final CommandAnswer answer) {
        if (pending.answer(lane.index(), answer)) {
            acknowledgements.add(pending);
        }
    }

    // Returns null if the answer has to wait for records of usage.
    private CommandAnswer carryOut(final PendingCommand pending, final long sequence) {
        switch (pending.kind) {
            case APPLY:
                return apply(pending);
            case FIND_DEVICE:
                if (isFirst()) {
                    pending.recordFilled =
                            core.imageOfDevice(pending.record.idHigh, pending.record.idLow, pending.record);
                }
                break;
            case TAKE_OFFLINE:
                core.takeOffline(pending.devices);
                break;
            case CLOSE_USAGE_WINDOW:
                windows.close(sequence, pending.timeMs);
                return null;
            case BEGIN_BILLING_MONTH:
                if (keepsUsage) {
                    windows.close(sequence, pending.timeMs);
                }
                core.beginBillingMonth(pending.timeMs);
                return keepsUsage ? null : CommandAnswer.DONE;
            case SNAPSHOT:
                return CommandAnswer.of(core.usageSnapshot(pending.sequence));
            case CLOSE:
                events.finishFanOuts();
                if (events.isStopped()) {
                    return CommandAnswer.DONE;
                }
                windows.closeLastWhenSettled(pending, sequence);
                return null;
        }
        return CommandAnswer.DONE;
    }

    // All lanes do the same; the first one counts it and takes the picture that is kept.
    private CommandAnswer apply(final PendingCommand pending) {
        if (!isFirst()) {
            return CommandAnswer.of(core.repeat(pending.command, pending.timeMs));
        }
        final Refusal refusal = core.apply(pending.command, pending.timeMs);
        pending.recordFilled = keepsImages && refusal == null && core.imageOf(pending.command, pending.record);
        return CommandAnswer.of(refusal);
    }

    private boolean isFirst() {
        return lane.index() == 0;
    }

    private int settleUsage() {
        final int work = windows.emitSlice();
        if (!windows.isWaitOver()) {
            return work;
        }
        tellCounters();
        if (!windows.closeLastIfDue()) {
            PendingCommand pending;
            while ((pending = windows.poll()) != null) {
                answer(pending, CommandAnswer.DONE);
            }
        }
        return 1;
    }

    /**
     * Close the last window and emit its records. If there is no room for them, or the window before is still on its
     * way, that waits for another call. This thread when it is told to stop, then whoever closes the router.
     */
    void emitLastUsage() {
        try {
            windows.emitLast(firstLeft() - 1, stopMs);
            tellCounters();
        } catch (final Throwable problem) {
            errorHandler.onError(problem);
        }
    }

    /** Whether there is nothing left to emit. Whoever closes the router, when this thread has stopped. */
    boolean hasEmittedLastUsage() {
        return windows.hasEmittedLast();
    }
}

package io.eventrouter.pipeline;

import io.eventrouter.routing.RoutingCore;
import io.eventrouter.routing.SlotLayout;
import java.util.ArrayDeque;
import java.util.Queue;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;

/** The routing thread: takes what is in the ring, in order, and lets the core handle it. */
public final class RoutingAgent implements Agent {
    private static final int MAX_SLOTS_PER_CYCLE = 1_024;
    private static final int SLOTS_TO_WARM = 64;
    private static final int MAX_SLOTS_OF_SHORT_EVENT = 4;
    private static final int USAGE_DEVICES_PER_CYCLE = 4_096;

    private final CommandRing ring;
    private final RoutingCore core;
    private final Queue<PendingCommand> acknowledgements;
    private final ErrorHandler errorHandler;
    private final boolean keepsImages;
    private final ArrayDeque<PendingCommand> awaitingUsage = new ArrayDeque<>();
    private boolean emittingUsage;

    /** Keeps the reads ahead alive. */
    private int sink;

    /**
     * An agent that has not begun.
     *
     * @param ring to take from.
     * @param core to hand to.
     * @param acknowledgements takes every command that was handled; never full.
     * @param errorHandler takes what the core throws.
     * @param keepsImages whether commands carry what an ownership store has to keep.
     */
    public RoutingAgent(
            final CommandRing ring,
            final RoutingCore core,
            final Queue<PendingCommand> acknowledgements,
            final ErrorHandler errorHandler,
            final boolean keepsImages) {
        this.ring = ring;
        this.core = core;
        this.acknowledgements = acknowledgements;
        this.errorHandler = errorHandler;
        this.keepsImages = keepsImages;
    }

    @Override
    public int doWork() {
        final long first = ring.consumed() + 1;
        final long last = ring.published(MAX_SLOTS_PER_CYCLE);
        long sequence = first;
        long warmEnd = first;
        int slots = 1;
        while (sequence <= last) {
            // Behind an event of many slots there is likely another, most of which nobody looks at here.
            if (sequence >= warmEnd && slots <= MAX_SLOTS_OF_SHORT_EVENT) {
                warmEnd = Math.min(last + 1, sequence + SLOTS_TO_WARM);
                sink += ring.warm(sequence, (int) (warmEnd - sequence));
            }
            slots = slotsAt(sequence);
            if (sequence + slots - 1 > last) {
                // The rest of this event is behind what was looked at, or its publisher is about to mark it.
                break;
            }
            handle(sequence);
            sequence += slots;
        }
        core.routeEvents();
        final int work = (int) (sequence - first);
        if (work > 0) {
            core.tellCounters();
            ring.consumed(sequence - 1);
        }
        final int all = emittingUsage ? work + emitUsage() : work;
        // Handlers run here; an interrupt that one leaves behind would end this thread.
        Thread.interrupted();
        return all;
    }

    @Override
    public String roleName() {
        return "event-router-routing";
    }

    private int slotsAt(final long sequence) {
        final long address = ring.address(sequence);
        return SlotLayout.type(address) == SlotLayout.EVENT ? CommandRing.slots(SlotLayout.length(address)) : 1;
    }

    // Events gather in the core and are routed together; anything else comes after those that are before it.
    private void handle(final long sequence) {
        final long address = ring.address(sequence);
        switch (SlotLayout.type(address)) {
            case SlotLayout.EVENT:
                core.onEvent(address, sequence);
                break;
            case SlotLayout.COMMAND:
                core.routeEvents();
                onCommand(ring.takePending(sequence), sequence);
                break;
            case SlotLayout.ATTEMPTS:
                core.routeEvents();
                onAttempts(address);
                break;
            default:
                break;
        }
    }

    private void onAttempts(final long address) {
        try {
            core.onAttempts(address);
        } catch (final Throwable problem) {
            core.onFailure();
            errorHandler.onError(problem);
        }
    }

    private void onCommand(final PendingCommand pending, final long sequence) {
        pending.sequence = sequence;
        try {
            carryOut(pending);
        } catch (final Throwable problem) {
            pending.failure = problem;
            core.onFailure();
        }
        core.tellCounters();
        if (pending.kind == PendingCommand.Kind.CLOSE_USAGE_WINDOW && pending.failure == null) {
            awaitingUsage.add(pending);
        } else {
            acknowledgements.add(pending);
        }
    }

    private void carryOut(final PendingCommand pending) {
        switch (pending.kind) {
            case APPLY:
                pending.refusal = core.apply(pending.command);
                pending.recordFilled =
                        keepsImages && pending.refusal == null && core.imageOf(pending.command, pending.record);
                break;
            case FIND_DEVICE:
                pending.recordFilled = core.imageOfDevice(pending.record.idHigh, pending.record.idLow, pending.record);
                break;
            case CLOSE_USAGE_WINDOW:
                core.closeUsageWindow(pending.timeMs);
                emittingUsage = true;
                break;
            case BEGIN_BILLING_MONTH:
                core.beginBillingMonth(pending.timeMs);
                break;
            case SNAPSHOT:
                pending.snapshot = core.usageSnapshot(pending.sequence);
                break;
            case CLOSE:
                core.closeUsageWindow(pending.timeMs);
                emittingUsage = true;
                while (emittingUsage) {
                    emitUsage();
                }
                break;
        }
    }

    private int emitUsage() {
        emittingUsage = core.emitUsageSlice(USAGE_DEVICES_PER_CYCLE);
        if (!emittingUsage) {
            core.tellCounters();
            while (!awaitingUsage.isEmpty()) {
                acknowledgements.add(awaitingUsage.poll());
            }
        }
        return 1;
    }
}

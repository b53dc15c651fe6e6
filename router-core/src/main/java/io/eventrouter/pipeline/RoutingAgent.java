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
    private static final int USAGE_DEVICES_PER_CYCLE = 4_096;

    private final CommandRing ring;
    private final RoutingCore core;
    private final Queue<PendingCommand> acknowledgements;
    private final ErrorHandler errorHandler;
    private final boolean keepsImages;
    private final ArrayDeque<PendingCommand> awaitingUsage = new ArrayDeque<>();
    private boolean emittingUsage;

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
        final long published = ring.published();
        final long last = Math.min(published, first + MAX_SLOTS_PER_CYCLE - 1);
        long sequence = first;
        while (sequence <= last) {
            final int slots = slotsAt(sequence);
            if (sequence + slots - 1 > published) {
                // The publisher has not marked the last slots of this event yet; it is about to.
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

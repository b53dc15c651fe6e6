package io.eventrouter;

import io.eventrouter.command.Command;
import io.eventrouter.command.HookTopics;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.RouterCounter;
import java.util.concurrent.CompletableFuture;

/** Placeholder until the real one lands. */
public final class EventRouter implements AutoCloseable {
    public static EventRouter launch(final RouterContext context) { throw new UnsupportedOperationException(); }
    /** Data path: sequence or negative PublishResult code; never blocks. */
    public long publish(final EventDraft draft) { throw new UnsupportedOperationException(); }
    /** The draft is fromHook(device), its name is the triggering event's name, its payload the whole body. All chunks or none. */
    public long publishHookResponse(final HookTopics topics, final boolean error, final EventDraft draft) { throw new UnsupportedOperationException(); }
    /** operationsPerAttempt is Delivery.operationsPerAttempt(). */
    public long reportAttempts(final long idHigh, final int idLow, final int operationsPerAttempt, final AttemptOutcome outcome) { throw new UnsupportedOperationException(); }
    /** Waits for room only; completes with the sequence or exceptionally with CommandRefusedException. */
    public CompletableFuture<Long> submit(final Command command) { throw new UnsupportedOperationException(); }
    /** Submit and wait; throws CommandRefusedException directly. */
    public long execute(final Command command) { throw new UnsupportedOperationException(); }
    /** Emits a UsageRecord for everything counted in the open window; complete when all were handed to the usage handler. */
    public CompletableFuture<Long> closeUsageWindow() { throw new UnsupportedOperationException(); }
    public CompletableFuture<UsageSnapshot> usageSnapshot() { throw new UnsupportedOperationException(); }
    public long counter(final RouterCounter counter) { throw new UnsupportedOperationException(); }
    /** Block until everything up to the sequence was routed; false on time-out. Not for data-path threads. */
    public boolean awaitRouted(final long sequence, final long timeoutNs) { throw new UnsupportedOperationException(); }
    /** With useInvoker: run one duty cycle on the calling thread (routing and acknowledging); returns work done, 0 when idle. */
    public int invoke() { throw new UnsupportedOperationException(); }
    @Override
    public void close() {}
}

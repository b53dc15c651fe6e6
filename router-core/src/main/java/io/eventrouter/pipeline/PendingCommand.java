package io.eventrouter.pipeline;

import io.eventrouter.command.Command;
import io.eventrouter.command.Refusal;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.ownership.OwnershipRecord;
import java.util.concurrent.CompletableFuture;

/**
 * A command on its way: through the ring to the routing thread, from there to the acknowledging thread, which
 * completes its future. The rings in between order its plain fields.
 */
public final class PendingCommand {
    /** What the routing thread is to do. */
    public enum Kind {
        /** Apply the command. */
        APPLY,
        /** Find out what is known of a device. */
        FIND_DEVICE,
        /** Close the window of usage records at the time given. */
        CLOSE_USAGE_WINDOW,
        /** Begin a billing month at the time given. */
        BEGIN_BILLING_MONTH,
        /** Take totals. */
        SNAPSHOT,
        /** Emit the last records and stop. */
        CLOSE
    }

    final Kind kind;
    final Command command;
    final long timeMs;
    final OwnershipRecord record = new OwnershipRecord();
    final CompletableFuture<PendingCommand> future = new CompletableFuture<>();

    long sequence;
    Refusal refusal;
    Throwable failure;
    boolean recordFilled;
    UsageSnapshot snapshot;

    PendingCommand(final Kind kind, final Command command, final long timeMs) {
        this.kind = kind;
        this.command = command;
        this.timeMs = timeMs;
    }
}

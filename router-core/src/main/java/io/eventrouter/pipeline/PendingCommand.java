package io.eventrouter.pipeline;

import io.eventrouter.command.Command;
import io.eventrouter.ownership.OwnershipRecord;
import java.util.concurrent.CompletableFuture;

/**
 * A command on its way: through the ring of every lane to its routing thread, from the last of them to the
 * acknowledging thread, which completes its future. The rings and queues in between order its plain fields; of those,
 * the first lane fills the record.
 */
public final class PendingCommand {
    /** What the routing thread is to do. */
    public enum Kind {
        /** Apply the command. */
        APPLY,
        /** Find out what is known of a device. */
        FIND_DEVICE,
        /** Take devices offline that timed out in one lane. */
        TAKE_OFFLINE,
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
    final int[] devices;

    /** Whether it may change what an ownership store keeps. */
    final boolean isChange;

    final OwnershipRecord record = new OwnershipRecord();
    final CompletableFuture<PendingCommand> future = new CompletableFuture<>();

    /** Whether somebody waits for the answer; most ticks of the clock are put in for nobody. */
    boolean isAwaited;

    long sequence;
    boolean recordFilled;

    /** What came of the last time that it was put in. */
    Admission admission;

    CommandAnswer answer;

    /** The next that was not answered, for {@link UnansweredCommands}. */
    PendingCommand next;

    private LaneAnswers laneAnswers;

    PendingCommand(final Kind kind, final Command command, final long timeMs) {
        this(kind, command, timeMs, null);
    }

    private PendingCommand(final Kind kind, final Command command, final long timeMs, final int[] devices) {
        this.kind = kind;
        this.command = command;
        this.timeMs = timeMs;
        this.devices = devices;
        isChange = command instanceof Command.OwnershipChange;
    }

    static PendingCommand takeOffline(final int[] devices) {
        return new PendingCommand(Kind.TAKE_OFFLINE, null, 0, devices);
    }

    /** It is about to be put into so many lanes. */
    void expectAnswers(final int lanes) {
        if (lanes > 1) {
            laneAnswers = new LaneAnswers(lanes);
        }
    }

    /** A lane has carried it out; true if it was the last, and the answer is there. */
    boolean answer(final int lane, final CommandAnswer ofLane) {
        if (laneAnswers == null) {
            answer = ofLane;
            return true;
        }
        if (!laneAnswers.add(lane, ofLane)) {
            return false;
        }
        answer = laneAnswers.combined();
        return true;
    }
}

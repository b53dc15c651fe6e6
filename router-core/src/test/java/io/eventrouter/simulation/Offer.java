package io.eventrouter.simulation;

import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.event.PublishResult;
import io.eventrouter.oracle.KeptLedger;
import io.eventrouter.oracle.PublishCodes;
import io.eventrouter.oracle.Step;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/** One step that was offered to the real router, and what it has said so far. Offers are in the order of the ring. */
final class Offer {
    static final String TOO_MANY_PENDING_FAN_OUTS = "TOO_MANY_PENDING_FAN_OUTS";

    final Step step;
    final long correlationId;
    final long atMs;
    /** In the middle of a delivery. */
    final boolean byHandler;
    /** Events that have left the ring were still on their way to devices. */
    boolean isFanOutPending;
    /** What publishing returned: a sequence, or a negative code. */
    long result;
    /** What a change of ownership has to outlive; null for other steps. */
    KeptLedger.Entry entry;

    private final Set<String> refusedForPending = new TreeSet<>();
    private final Set<String> heard = new TreeSet<>();
    private boolean isAnswered;
    private boolean isStorageRefusal;

    Offer(final Step step, final long correlationId, final long atMs, final boolean byHandler) {
        this.step = step;
        this.correlationId = correlationId;
        this.atMs = atMs;
        this.byHandler = byHandler;
        isAnswered = !isCommand();
    }

    /** The command was acknowledged, or refused at its place in the order, or failed. */
    void answer(final Throwable problem) {
        isAnswered = true;
        if (problem != null) {
            final Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
            heard.add(
                    cause instanceof CommandRefusedException refused
                            ? refused.refusal().name()
                            : "failed: " + cause);
        }
        if (entry != null) {
            entry.answer(heard);
        }
    }

    /** The entry is there, and the answer may have come before. */
    void tellEntry() {
        if (isAnswered) {
            entry.answer(heard);
        }
    }

    /** The command was not let into the order, because the disk could not keep it. */
    void refuseForStorage(final CommandRefusedException refused) {
        isAnswered = true;
        isStorageRefusal = true;
        heard.add(refused.refusal().name());
    }

    /** The refusal handler was told of an event. */
    void hear(final String refusal, final String eventName) {
        heard.add(refusal);
        if (refusal.equals(TOO_MANY_PENDING_FAN_OUTS)) {
            refusedForPending.add(eventName);
        }
    }

    /** Whether this is one event, and it was refused because too many fan-outs were pending. */
    boolean isRefusedForPendingOnly() {
        return step instanceof Step.Publish && !refusedForPending.isEmpty();
    }

    /** Names of the events of this offer that were refused because too many fan-outs were pending. */
    Set<String> refusedForPending() {
        return refusedForPending;
    }

    /** Whether the refusal handler was told of it. */
    boolean wasHeard() {
        return !isCommand() && !heard.isEmpty();
    }

    boolean isCommand() {
        return step instanceof Step.Apply;
    }

    boolean isAnswered() {
        return isAnswered;
    }

    boolean isStorageRefusal() {
        return isStorageRefusal;
    }

    /** It has no place in the order: as far as the rules go, nothing was offered. */
    boolean isLeftOut() {
        return result == PublishResult.BACK_PRESSURED || isStorageRefusal;
    }

    /** Every reason that was given. */
    Set<String> refusals() {
        final Set<String> refusals = new TreeSet<>(heard);
        if (result < 0) {
            refusals.add(PublishCodes.name(result));
        }
        return refusals;
    }
}

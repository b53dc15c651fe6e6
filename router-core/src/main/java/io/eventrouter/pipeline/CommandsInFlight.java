package io.eventrouter.pipeline;

import io.eventrouter.journal.JournalRoom;
import io.eventrouter.ownership.OwnershipStore;
import org.agrona.concurrent.Pipe;

/**
 * How many commands are on their way, and whether one more may be: what bounds their part of the rings, the queue of
 * acknowledgements and the room on the disk.
 *
 * <p>Nobody takes a permit that would have to be given back, because whoever puts a command in may be at the end of its
 * stack. In flight is what was put into the order and has not left the queue of acknowledgements, and every command
 * that is in the order gets there. So that queue never holds more than the bound, and the command that closes the
 * router.
 *
 * <p><b>Threading:</b> any thread looks; who holds the order's monitor counts, by assignments alone, in one step with
 * what makes it certain that the command is carried out.
 */
final class CommandsInFlight {
    /** Put into the order since the start. */
    volatile long commands;

    /** Those of them that may change what the store keeps: each has room for a record. */
    volatile long changes;

    private final int max;
    private final Pipe<PendingCommand> acknowledgements;
    private final OwnershipStore store;

    /**
     * None in flight.
     *
     * @param max that may be.
     * @param acknowledgements that they leave by, with room for one more than that.
     * @param store that keeps changes, null for none.
     */
    CommandsInFlight(final int max, final Pipe<PendingCommand> acknowledgements, final OwnershipStore store) {
        this.max = max;
        this.acknowledgements = acknowledgements;
        this.store = store;
    }

    int max() {
        return max;
    }

    /** What a command would lack if it were put in now; {@link Admission#GRANTED} for nothing. */
    Admission admissionOf(final PendingCommand pending) {
        // Read in this order, and both only ever grow: a command that comes and goes meanwhile makes it look fuller.
        final long answered = acknowledgements.removedCount();
        if (commands - answered >= max) {
            return Admission.TOO_MANY;
        }
        return store == null || !pending.isChange ? Admission.GRANTED : onDisk(store.roomFor(changes + 1));
    }

    private static Admission onDisk(final JournalRoom.Answer answer) {
        if (answer == JournalRoom.Answer.ENOUGH) {
            return Admission.GRANTED;
        }
        if (answer == JournalRoom.Answer.LATER) {
            return Admission.NO_ROOM_IN_JOURNAL;
        }
        return answer == JournalRoom.Answer.FULL ? Admission.STORAGE_FULL : Admission.STORAGE_UNAVAILABLE;
    }
}

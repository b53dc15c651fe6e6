package io.eventrouter.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Commands that somebody waits for, so that nobody waits for ever: those that were answered leave when others come.
 *
 * <p>A list of its own kind, because who adds a command may be at the end of its stack: here that ends before or behind
 * the assignments that add it, while a collection of the JDK can be left half grown, and then loses everything.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class UnansweredCommands {
    /** From so many on, those that were answered are removed wherever they are: the first may wait for long. */
    private static final int MAX_KEPT = 1 << 17;

    private PendingCommand first;
    private PendingCommand last;
    private int kept;

    /** Add a command; what fails does so before it is added. */
    void add(final PendingCommand command) {
        while (first != null && first.future.isDone()) {
            removeFirst();
        }
        if (kept >= MAX_KEPT) {
            removeAnswered();
        }
        if (first == null) {
            first = command;
        } else {
            last.next = command;
        }
        last = command;
        kept++;
    }

    /** Those that were not answered, oldest first. */
    List<PendingCommand> list() {
        final List<PendingCommand> unanswered = new ArrayList<>();
        for (PendingCommand command = first; command != null; command = command.next) {
            if (!command.future.isDone()) {
                unanswered.add(command);
            }
        }
        return unanswered;
    }

    private void removeFirst() {
        final PendingCommand removed = first;
        first = removed.next;
        // Else an old one that is garbage would keep those behind it from being collected.
        removed.next = null;
        kept--;
    }

    // All but the first, which is not answered.
    private void removeAnswered() {
        PendingCommand before = first;
        while (before.next != null) {
            final PendingCommand command = before.next;
            if (command.future.isDone()) {
                before.next = command.next;
                last = command == last ? before : last;
                kept--;
            } else {
                before = command;
            }
        }
    }
}

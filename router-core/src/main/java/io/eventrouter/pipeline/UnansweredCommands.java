package io.eventrouter.pipeline;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Commands that somebody waits for, so that nobody waits for ever: those that were answered leave when others come.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class UnansweredCommands {
    /** One that takes long keeps so many behind it at most. */
    private static final int MAX_KEPT = 1 << 17;

    private final ArrayDeque<PendingCommand> commands = new ArrayDeque<>();

    void add(final PendingCommand command) {
        while (!commands.isEmpty() && commands.peekFirst().future.isDone()) {
            commands.removeFirst();
        }
        if (commands.size() >= MAX_KEPT) {
            commands.removeIf(kept -> kept.future.isDone());
        }
        if (command.isAwaited) {
            commands.addLast(command);
        }
    }

    /** Those that were not answered, oldest first. */
    List<PendingCommand> list() {
        return commands.stream()
                .filter(command -> command.isAwaited && !command.future.isDone())
                .toList();
    }
}

package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every command that was not answered is found, in order, however many were answered around it. */
class UnansweredCommandsTest {
    private static final int COMMANDS = 400_000;
    private static final int ONE_IN = 1_000;

    private final UnansweredCommands commands = new UnansweredCommands();
    private final List<PendingCommand> unanswered = new ArrayList<>();

    private PendingCommand add() {
        final PendingCommand command = new PendingCommand(PendingCommand.Kind.SNAPSHOT, null, 0);
        commands.add(command);
        return command;
    }

    @Test
    void shouldFindAllThatWereNotAnswered() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        // The first one takes long, so nothing behind it leaves by being first.
        unanswered.add(add());
        for (int i = 1; i < COMMANDS; i++) {
            final PendingCommand command = add();
            if (random.nextInt(ONE_IN) == 0) {
                unanswered.add(command);
            } else {
                command.future.complete(command);
            }
        }
        assertEquals(unanswered, commands.list(), "seed=" + seed);

        // All but the last one are answered at last, and it is found also behind those that come then.
        while (unanswered.size() > 1) {
            final PendingCommand answered = unanswered.remove(0);
            answered.future.complete(answered);
        }
        unanswered.add(add());
        assertEquals(unanswered, commands.list(), "seed=" + seed);
    }

    @Test
    void shouldBeEmptyWhenAllWereAnsweredAndGoOn() {
        for (int i = 0; i < 3; i++) {
            final PendingCommand command = add();
            assertEquals(List.of(command), commands.list());
            command.future.complete(command);
            assertEquals(List.of(), commands.list());
        }
    }
}

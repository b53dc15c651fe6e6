package io.eventrouter.pipeline;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The answers of several lanes to one command.
 *
 * <p><b>Threading:</b> each lane's routing thread adds one; the one that added the last sees all of them.
 */
final class LaneAnswers {
    private final CommandAnswer[] answers;
    private final AtomicInteger missing;

    LaneAnswers(final int lanes) {
        answers = new CommandAnswer[lanes];
        missing = new AtomicInteger(lanes);
    }

    /** Add the answer of a lane; true if it was the last one. */
    boolean add(final int lane, final CommandAnswer answer) {
        answers[lane] = answer;
        return missing.decrementAndGet() == 0;
    }

    /** What all lanes say together. */
    CommandAnswer combined() {
        CommandAnswer combined = answers[0];
        for (int lane = 1; lane < answers.length && combined.failure() == null; lane++) {
            combined = combined(combined, answers[lane]);
        }
        return combined;
    }

    private CommandAnswer combined(final CommandAnswer some, final CommandAnswer other) {
        if (other.failure() != null) {
            return other;
        }
        // What a command does depends on the commands before it alone, and these are the same in all lanes.
        if (some.refusal() != other.refusal()) {
            return CommandAnswer.of(
                    new IllegalStateException("lanes do not agree about a command: " + Arrays.toString(answers)));
        }
        return some.snapshot() == null ? some : CommandAnswer.of(some.snapshot().plus(other.snapshot()));
    }
}

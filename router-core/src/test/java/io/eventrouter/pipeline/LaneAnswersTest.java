package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Refusal;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageSnapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What several lanes say to one command. */
class LaneAnswersTest {
    private static final AccountId ANN = AccountId.user(EntityId.of(0xa, 1));

    private final LaneAnswers answers = new LaneAnswers(2);

    private CommandAnswer combined(final CommandAnswer second, final CommandAnswer first) {
        assertFalse(answers.add(1, second));
        assertTrue(answers.add(0, first), "that was the last one");
        return answers.combined();
    }

    private static CommandAnswer totals(final long publish, final long subscribe) {
        return CommandAnswer.of(
                new UsageSnapshot(7, Map.of(ANN, new UsageSnapshot.Totals(publish, subscribe)), Map.of()));
    }

    @Test
    void shouldAgree() {
        assertSame(CommandAnswer.DONE, combined(CommandAnswer.DONE, CommandAnswer.DONE));
    }

    @Test
    void shouldRefuseTogether() {
        final CommandAnswer answer =
                combined(CommandAnswer.of(Refusal.UNKNOWN_DEVICE), CommandAnswer.of(Refusal.UNKNOWN_DEVICE));

        assertEquals(Refusal.UNKNOWN_DEVICE, answer.refusal());
        assertNull(answer.failure());
    }

    @Test
    void shouldSayThatTheyDoNotAgree() {
        final CommandAnswer answer = combined(CommandAnswer.of(Refusal.DEVICE_LIMIT), CommandAnswer.DONE);

        assertTrue(answer.failure().getMessage().contains("DEVICE_LIMIT"), answer.toString());
    }

    @Test
    void shouldFailWhenOneFails() {
        final Throwable fault = new IllegalStateException("no more off-heap memory");

        assertSame(fault, combined(CommandAnswer.of(fault), CommandAnswer.DONE).failure());
    }

    @Test
    void shouldAddUpTotals() {
        assertEquals(
                new UsageSnapshot.Totals(11, 22),
                combined(totals(1, 2), totals(10, 20)).snapshot().of(ANN));
    }
}

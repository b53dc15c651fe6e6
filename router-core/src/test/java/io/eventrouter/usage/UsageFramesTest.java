package io.eventrouter.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.usage.UsageFrames.Commit;
import io.eventrouter.usage.UsageFrames.TotalsEnd;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Frames say when they are read what they said when they were written; every field has a value of its own. */
class UsageFramesTest {
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[100]);

    @Test
    void shouldReadTheEndOfAWindowAsItWasWritten() {
        final Commit commit = new Commit(1, 2, 30, 4_000, 5_000, 6_000, 7, 8, 9, 10);

        assertEquals(UsageFrames.COMMIT_LENGTH, commit.write(frame));

        assertEquals(commit, Commit.read(frame));
        assertEquals(39, commit.lastSequence(), "ten records from 30 on");
    }

    @Test
    void shouldReadTheEndOfTotalsAsItWasWritten() {
        final TotalsEnd end = new TotalsEnd(1, 2, 3, 4, 5, 6);

        assertEquals(TotalsEnd.LENGTH, end.write(frame));

        assertEquals(end, TotalsEnd.read(frame));
    }

    @Test
    void shouldReadThresholdsOfUsersAndOrganizationsAsTheyWereWritten() {
        final EntityId id = EntityId.of(-2, -3);
        for (final AccountId account : new AccountId[] {AccountId.user(id), AccountId.organization(id)}) {
            final UsageThreshold threshold = new UsageThreshold(1, account, 70, 5_000, 7_000, 9_000);

            assertEquals(UsageFrames.THRESHOLD_LENGTH, UsageFrames.writeThreshold(frame, threshold));

            assertEquals(threshold, UsageFrames.readThreshold(frame));
        }
    }
}

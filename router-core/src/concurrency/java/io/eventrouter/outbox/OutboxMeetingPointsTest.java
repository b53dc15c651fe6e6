package io.eventrouter.outbox;

import io.eventrouter.JcstressRun;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every meeting point of an outbox holds in every configuration, and every weak twin is found out in one at least. */
@Tag("concurrency")
@Timeout(1_800)
class OutboxMeetingPointsTest {
    // All modes of jcstress would take four times as long; these two are far apart.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:TieredStopAtLevel=1",
                "-XX:-TieredCompilation -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM"
            })
    void shouldHoldWhereverThreadsMeet(final String flags) throws IOException, InterruptedException {
        JcstressRun.holds(OutboxMeetingPoints.class, "-iters", "2", "-time", "200", "-jvmArgs", flags);
    }

    @Test
    void shouldFindEveryWeakTwin() throws IOException, InterruptedException {
        // One JVM mode is enough to find them.
        JcstressRun.fails(OutboxWeakTwins.class, "-iters", "2", "-time", "100", "-jvmArgs", "-XX:+TieredCompilation");
    }
}

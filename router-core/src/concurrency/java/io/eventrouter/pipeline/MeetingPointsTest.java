package io.eventrouter.pipeline;

import io.eventrouter.JcstressRun;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every meeting point holds in every configuration, and every weak twin is found out in one at least. */
@Tag("concurrency")
@Timeout(1_800)
class MeetingPointsTest {
    @Test
    void shouldHoldWhereverThreadsMeet() throws IOException, InterruptedException {
        JcstressRun.holds(MeetingPoints.class, "-iters", "3", "-time", "200");
    }

    @Test
    void shouldFindEveryWeakTwin() throws IOException, InterruptedException {
        // One JVM mode is enough to find them.
        JcstressRun.fails(WeakTwins.class, "-iters", "3", "-time", "100", "-jvmArgs", "-XX:+TieredCompilation");
    }
}

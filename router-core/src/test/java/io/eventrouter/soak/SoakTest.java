package io.eventrouter.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing is kept that a router does not need, however long routers run and however many there were.
 *
 * <p>{@code soak.minutes} and {@code soak.cpu.share} say for how long and how hard the long one runs.
 */
class SoakTest {
    private static final long SHORT_NS = TimeUnit.SECONDS.toNanos(14);
    private static final long SHORT_ROUTER_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONG_ROUTER_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int WARM_UP_ROUTERS = 6;

    private final long seed = System.nanoTime();

    @TempDir
    private Path directory;

    @AfterAll
    static void letGo() {
        Leak.end();
    }

    @Test
    void shouldStayFlatForAShortWhile() {
        check(run(Leak.NONE, SHORT_NS, SHORT_ROUTER_NS, 1));
    }

    @Test
    @Tag("soak")
    void shouldStayFlatForALongWhile() {
        final long minutes = Long.getLong("soak.minutes", 30);
        final double cpuShare = Double.parseDouble(System.getProperty("soak.cpu.share", "1"));
        check(run(Leak.NONE, TimeUnit.MINUTES.toNanos(minutes), LONG_ROUTER_NS, cpuShare));
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    @Tag("soak")
    void shouldFindALeak(final Leak leak) {
        final Soak soak = run(leak, SHORT_NS, SHORT_ROUTER_NS, 1);

        assertTrue(!Trend.findings(soak.samples()).isEmpty(), () -> leak + ", seed=" + seed + "\n" + soak.table());
    }

    private Soak run(final Leak leak, final long durationNs, final long routerNs, final double cpuShare) {
        System.out.println("soak: leak=" + leak + ", seed=" + seed);
        final Soak soak = new Soak(directory, leak, cpuShare, seed);
        soak.run(durationNs, routerNs, WARM_UP_ROUTERS);
        soak.checkWork();
        System.out.println(soak.table());
        return soak;
    }

    private void check(final Soak soak) {
        assertEquals(List.of(), Trend.findings(soak.samples()), () -> "seed=" + seed + "\n" + soak.table());
    }
}

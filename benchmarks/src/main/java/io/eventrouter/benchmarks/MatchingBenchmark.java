package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.peers.Engines;
import io.eventrouter.benchmarks.peers.Matcher;
import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.benchmarks.workload.NaiveMatches;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Matching alone, on one thread: the subscribed devices of events in the scope of a product, without looking owners
 * up, counting or delivering. The router's tables, the matchers of two brokers and of a rule engine, and what one
 * would write from collections, on the same events; every engine must find the subscribers that comparing each name
 * with each prefix does: of some events they are looked at one by one in advance, of all that are measured their number
 * is. Reported per event.
 *
 * <p>Brokers know topic filters, which end at a level; so all prefixes here do. Topics are at hand in the form that the
 * engine likes best, and every engine gets a range of events at once. The heap is large, has huge pages and is touched
 * in advance: engines that make garbage would otherwise be measured while the system hands out their heap, at a sixth
 * of their speed.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh Matching -p engine=router,hivemq -p subscriptions=100000</pre>
 */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsPrepend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseTransparentHugePages",
            "-XX:+UseParallelGC",
            "-XX:+AlwaysPreTouch",
            "-Xms6g",
            "-Xmx6g"
        })
public class MatchingBenchmark extends ThroughputSuite {
    private static final int EVENTS_PER_INVOCATION = 4_096;
    private static final int EVENTS = 1 << 18;
    private static final int EVENTS_LOOKED_AT = 4_096;

    @Param({"router", "hivemq", "moquette", "event-ruler", "prefix-scan", "sorted-map", "level-map"})
    public String engine;

    @Param({"1000", "100000", "1000000"})
    public int subscriptions;

    @Param({"uniform", "zipf"})
    public String skew;

    private Matcher matcher;
    private NaiveMatches expected;
    private long offered;
    private long matched;

    @Setup(Level.Trial)
    public void fill() {
        final Fleet fleet = new Fleet(subscriptions, subscriptions, 42);
        final EventSequence events = new EventSequence(fleet, EVENTS, skew, 42);
        expected = new NaiveMatches(fleet, events);
        matcher = Engines.create(engine, fleet.products(), subscriptions);
        for (int i = 0; i < subscriptions; i++) {
            matcher.subscribe(i + 1, fleet.productOf(i), fleet.prefixOf(i));
        }
        matcher.prepare(events);
        lookAtSubscribers(fleet, events);
    }

    private void lookAtSubscribers(final Fleet fleet, final EventSequence events) {
        for (int event = 0; event < EVENTS_LOOKED_AT; event++) {
            final int[] found = matcher.subscribersOf(event);
            Arrays.sort(found);
            final int[] right = NaiveMatches.subscribedDevices(fleet, events, event)
                    .map(device -> device + 1)
                    .sorted()
                    .toArray();
            if (!Arrays.equals(right, found)) {
                throw new IllegalStateException("subscribers of event " + event + ": expected=" + Arrays.toString(right)
                        + ", found=" + Arrays.toString(found));
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long matchOneScope() {
        final long found = matcher.match((int) offered & EVENTS - 1, EVENTS_PER_INVOCATION);
        offered += EVENTS_PER_INVOCATION;
        matched += found;
        return found;
    }

    /** Every subscriber was found, and nothing else. */
    @TearDown(Level.Iteration)
    public void check() {
        Work.requireEqual("matches", expected.ofFirst(offered), matched);
    }

    @TearDown(Level.Trial)
    public void close() {
        matcher.close();
    }
}

package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.peers.DeviceLookup;
import io.eventrouter.benchmarks.peers.Lookups;
import io.eventrouter.benchmarks.workload.Fleet;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Who owns the device that an event comes from: random devices of a fleet, all of them registered. The router's table,
 * one look-up at a time and in batches whose misses overlap, Chronicle Map, the JDK's map, and as a ceiling an array
 * whose indexes are known in advance. The sum of the owners that were found is checked. Reported per look-up.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh OwnershipLookup -p devices=1000000</pre>
 */
@State(Scope.Benchmark)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsPrepend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "-Dchronicle.analytics.disable=true",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseTransparentHugePages",
            "-Xms4g",
            "-Xmx4g"
        })
public class OwnershipLookupBenchmark extends AverageTimeSuite {
    private static final int LOOKUPS_PER_INVOCATION = 4_096;
    private static final int LOOKUPS = 1 << 22;
    private static final int DEVICES_PER_OWNER = 10;

    @Param({"router", "router-batch", "chronicle-map", "concurrent-hash-map", "bare-array"})
    public String map;

    @Param({"1000000", "10000000"})
    public int devices;

    private final long[] idHighs = new long[LOOKUPS];
    private final int[] idLows = new int[LOOKUPS];
    private final long[] sums = new long[LOOKUPS / LOOKUPS_PER_INVOCATION];
    private DeviceLookup lookup;
    private int next;
    private long expected;
    private long found;

    @Setup(Level.Trial)
    public void fill() {
        final Fleet fleet = new Fleet(devices, Fleet.SUBSCRIPTIONS_PER_PRODUCT, 42);
        lookup = Lookups.create(map, devices);
        for (int i = 0; i < devices; i++) {
            lookup.put(fleet.idHigh(i), fleet.idLow(i), 1 + i / DEVICES_PER_OWNER);
        }
        final SplittableRandom random = new SplittableRandom(42);
        final int[] numbers = new int[LOOKUPS];
        for (int i = 0; i < LOOKUPS; i++) {
            final int device = random.nextInt(devices);
            idHighs[i] = fleet.idHigh(device);
            idLows[i] = fleet.idLow(device);
            numbers[i] = device;
            sums[i / LOOKUPS_PER_INVOCATION] += 1 + device / DEVICES_PER_OWNER;
        }
        lookup.prepare(numbers);
    }

    @Benchmark
    @OperationsPerInvocation(LOOKUPS_PER_INVOCATION)
    public long findOwners() {
        final int first = next;
        next = first + LOOKUPS_PER_INVOCATION & LOOKUPS - 1;
        final long sum = lookup.sumOwners(idHighs, idLows, first, LOOKUPS_PER_INVOCATION);
        found += sum;
        expected += sums[first / LOOKUPS_PER_INVOCATION];
        return sum;
    }

    /** Every device was found, with its owner. */
    @TearDown(Level.Iteration)
    public void check() {
        Work.requireEqual("sum of owners", expected, found);
    }

    @TearDown(Level.Trial)
    public void close() {
        lookup.close();
    }
}

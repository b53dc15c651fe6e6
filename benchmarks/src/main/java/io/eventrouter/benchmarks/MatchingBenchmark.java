package io.eventrouter.benchmarks;

import io.eventrouter.identity.EntityId;
import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.matching.DeviceSubscriptions;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.matching.SubscriberCursor;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Matching alone, on one thread: the subscribed devices of events in the scope of a product, without looking owners
 * up, counting or delivering in batches as a router does it.
 * Reported per event.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar Matching -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsPrepend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms2g", "-Xmx2g"})
public class MatchingBenchmark {
    private static final int EVENTS_PER_INVOCATION = 4_096;
    private static final int BATCH = 64;

    @Param({"1000", "100000", "1000000"})
    public int subscriptions;

    @Param({"uniform", "zipf"})
    public String skew;

    private FleetWorkload workload;
    private BatchMatcher matcher;
    private SubscriberCursor cursor;
    private int[] productScopes;
    private int nextEvent;
    private long matched;

    @Setup(Level.Trial)
    public void fill() {
        workload = new FleetWorkload(subscriptions, subscriptions, "zipf".equals(skew), 42);
        final SeededHash hash = new SeededHash(42);
        final BlockMemory blocks = new BlockMemory(OffHeapMemory.reserveUpTo(BlockMemory.MAX_LENGTH));
        final DeviceTable devices = new DeviceTable(hash, subscriptions);
        final ScopeTable scopes = new ScopeTable(hash, 1 << 20);
        final PrefixTable prefixes = new PrefixTable(blocks, scopes, new HashedName(hash));
        cursor = new SubscriberCursor(blocks);
        matcher = new BatchMatcher(blocks, scopes, prefixes, new HashedName(hash));
        productScopes = new int[workload.products() + 1];
        final DeviceSubscriptions deviceSubscriptions =
                new DeviceSubscriptions(blocks, devices, prefixes, new HashedName(hash));
        workload.visit(new FleetWorkload.Visitor() {
            @Override
            public void organization(final EntityId organization) {
                scopes.addOrganization(organization);
            }

            @Override
            public void product(final int productId, final EntityId organization) {
                productScopes[productId] = scopes.addProduct(productId, scopes.findOrganization(organization));
            }

            @Override
            public void user(final EntityId user) {
                // Nobody claims a device here: one scope an event.
            }

            @Override
            public void device(final EntityId id, final int productId, final EntityId owner, final String prefix) {
                final int device = devices.add(id.high(), id.low(), 1_024);
                devices.product(device, productScopes[productId]);
                deviceSubscriptions.add(device, prefix, 1);
            }
        });
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long matchOneScope() {
        long found = 0;
        for (int i = 0; i < EVENTS_PER_INVOCATION; i += BATCH) {
            found += matchBatch();
        }
        matched += found;
        return found;
    }

    /** One subscription matches every event of this workload. */
    @TearDown(Level.Iteration)
    public void check() {
        if (matched != nextEvent) {
            throw new IllegalStateException("one match an event: expected=" + nextEvent + ", actual=" + matched);
        }
        matched = 0;
        nextEvent = 0;
    }

    private long matchBatch() {
        matcher.clear();
        for (int i = 0; i < BATCH; i++) {
            final int event = nextEvent++;
            matcher.event(i, workload.names().addressOffset() + workload.nameOffset(event), workload.nameLength(event));
            matcher.probeDevices(productScopes[workload.eventProduct(event)]);
        }
        long found = 0;
        for (int hit = 0, hits = matcher.match(); hit < hits; hit++) {
            for (cursor.enter(matcher.hitEntry(hit)); cursor.advance(); ) {
                found += cursor.subscriber() == 0 ? 0 : 1;
            }
        }
        return found;
    }
}

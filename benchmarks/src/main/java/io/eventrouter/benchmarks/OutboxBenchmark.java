package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.workload.OneProductFleet;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.outbox.Outbox;
import io.eventrouter.outbox.OutboxCounter;
import io.eventrouter.outbox.Outboxes;
import io.eventrouter.outbox.OutboxesContext;
import org.agrona.concurrent.YieldingIdleStrategy;
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
 * What it costs to keep a transport from hurting the router: an event reaches 16,384 devices, either by a handler on
 * the routing thread or by one behind an outbox, on a worker. Measured until the routing thread is free for the next
 * event, and until the handler has read everything. No delivery is dropped. Reported in time per delivery.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh Outbox -prof gc</pre>
 */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsPrepend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms1g", "-Xmx1g"})
public class OutboxBenchmark extends AverageTimeSuite {
    private static final int SUBSCRIBERS = 16_384;
    private static final int BYTES_PER_OUTBOX = 1 << 22;

    /** Where the handler is called. */
    @Param({"routing-thread", "outbox"})
    public String handler;

    private OneProduct product;
    private Outboxes outboxes;
    private Outbox outbox;

    @Setup(Level.Trial)
    public void start() {
        product = new OneProduct(new OneProductFleet(SUBSCRIBERS, SUBSCRIBERS, true, 42), this::handedOver);
    }

    private DeliveryHandler handedOver(final DeliveryHandler reading) {
        if (handler.equals("routing-thread")) {
            return reading;
        }
        outboxes = Outboxes.launch(new OutboxesContext()
                .bytesPerOutbox(BYTES_PER_OUTBOX)
                .idleStrategy(() -> YieldingIdleStrategy.INSTANCE));
        outbox = outboxes.openForDevices(0, reading);
        return outboxes;
    }

    /** The queue is empty when an event comes, so that there is always room for all of it. */
    @Setup(Level.Invocation)
    public void awaitHeard() {
        while (outbox != null && outbox.queued() != 0) {
            Thread.yield();
        }
    }

    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public long broadcastUntilRouted() {
        product.publisher().publishOneAtATime(1);
        product.awaitRouted();
        return product.publisher().lastSequence();
    }

    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public long broadcastUntilHeard() {
        product.publisher().publishOneAtATime(1);
        product.awaitRouted();
        awaitHeard();
        return product.publisher().lastSequence();
    }

    @TearDown(Level.Trial)
    public void checkAndStop() {
        product.awaitRouted();
        awaitHeard();
        product.check(SUBSCRIBERS);
        if (outbox != null) {
            Work.requireEqual("dropped", 0, outbox.dropped());
            Work.requireEqual(
                    "heard", product.publisher().published() * SUBSCRIBERS, outbox.count(OutboxCounter.DELIVERED));
            outboxes.close();
        }
        product.close();
    }
}

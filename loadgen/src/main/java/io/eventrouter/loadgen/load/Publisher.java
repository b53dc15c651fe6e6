package io.eventrouter.loadgen.load;

import io.eventrouter.event.EventDraft;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hands events over when they are due: those that are due at once together, at most 16. It never waits for the router,
 * which takes an event or refuses it at once; so when it is late, that is its own lateness, except behind changes of
 * the fleet, which wait for room (see {@link RouterChanges}). When it is late it hands over what is due without a
 * pause until it has caught up. Allocates nothing for an event.
 *
 * <p><b>Threading:</b> one thread runs it; what it has counted may be read by any.
 */
final class Publisher {
    /** Events that are handed over together, at most. */
    static final int BATCH = 16;

    private static final long LONG_WAIT_NS = 2_000_000;
    private static final long AWAKE_BEFORE_NS = 1_000_000;
    private static final long LONGEST_NAP_NS = 50_000_000;

    private final NanoClock clock;
    private final EventMix mix;
    private final EventSink sink;
    private final PublisherChanges changes;
    private final Arrivals arrivals;
    private final PublisherLimits limits;
    private final PublisherCounts counts = new PublisherCounts();
    private final IntervalHistograms lags = new IntervalHistograms(1);

    private final UnsafeBuffer scratch = NameTable.scratch();
    private final EventDraft[] drafts = new EventDraft[BATCH];
    private final EventDraft answer = new EventDraft();
    private final long[] bits = new long[BATCH];
    private final long[] dueNs = new long[BATCH];
    private final long[] results = new long[BATCH];
    private int[] answering = EventSource.NOBODY;
    private int size;
    private boolean hasGivenUp;
    private boolean isThrough;

    Publisher(
            final NanoClock clock,
            final EventMix mix,
            final EventSink sink,
            final PublisherChanges changes,
            final Arrivals arrivals,
            final PublisherLimits limits) {
        this.clock = clock;
        this.mix = mix;
        this.sink = sink;
        this.changes = changes;
        this.arrivals = arrivals;
        this.limits = limits;
        for (int i = 0; i < BATCH; i++) {
            drafts[i] = new EventDraft();
        }
    }

    PublisherCounts counts() {
        return counts;
    }

    IntervalHistograms lags() {
        return lags;
    }

    /** Whether it was so late that it stopped. */
    boolean hasGivenUp() {
        return hasGivenUp;
    }

    /** Whether it has handed over all of its events. */
    boolean isThrough() {
        return isThrough;
    }

    /** Publish until nothing is left or the signal comes. */
    void run(final long startNs, final StopSignal stop) {
        while (!stop.isRequested() && !hasGivenUp) {
            isThrough = !runOnce(startNs);
            if (isThrough) {
                return;
            }
        }
    }

    /** How many of its events are left, as far as they are due before a time. */
    long skipped(final long beforeNs) {
        return arrivals.leftBefore(beforeNs);
    }

    /** Do what is due, or wait a little; false if nothing is left. */
    boolean runOnce(final long startNs) {
        final long nowNs = clock.nanoTime() - startNs;
        final long nextEventNs = arrivals.dueNs();
        final long nextChangeNs = changes.dueNs();
        if (nextChangeNs <= nowNs && nextChangeNs <= nextEventNs) {
            changes.perform();
            return true;
        }
        if (nextEventNs <= nowNs) {
            hasGivenUp = nowNs - nextEventNs > limits.giveUpLagNs();
            collect(nowNs, nextChangeNs);
            handOver(startNs);
            return true;
        }
        changes.caughtUp();
        final long nextNs = Math.min(nextEventNs, nextChangeNs);
        if (nextNs == Arrivals.NONE) {
            return false;
        }
        await(nextNs - nowNs);
        return true;
    }

    /** Take what is due, up to a change that is due earlier, or an event that will be answered. */
    private void collect(final long nowNs, final long nextChangeNs) {
        size = 0;
        answering = EventSource.NOBODY;
        final long untilNs = Math.min(nowNs, nextChangeNs - 1);
        while (size < BATCH && answering.length == 0 && arrivals.dueNs() <= untilNs) {
            dueNs[size] = arrivals.dueNs();
            bits[size] = mix.bits(arrivals.event());
            answering = mix.fill(drafts[size], bits[size], scratch);
            arrivals.advance();
            size++;
        }
    }

    private void handOver(final long startNs) {
        final long nowNs = clock.nanoTime() - startNs;
        lags.at(nowNs);
        for (int i = 0; i < size; i++) {
            drafts[i].correlationId(EventStamp.of(dueNs[i], nowNs - dueNs[i]));
        }
        final int accepted = sink.publishAll(drafts, size, results);
        recordLag(nowNs);
        counts.offered(size, accepted, nowNs <= limits.endNs() ? size : 0);
        if (accepted < size) {
            countRefusals(nowNs);
        }
        if (answering.length > 0 && results[size - 1] >= 0) {
            publishAnswers();
        }
    }

    private void recordLag(final long nowNs) {
        if (changes.isCatchingUp()) {
            counts.excused(size);
            return;
        }
        for (int i = 0; i < size; i++) {
            lags.record(0, nowNs - dueNs[i]);
        }
    }

    private void countRefusals(final long nowNs) {
        for (int i = 0; i < size; i++) {
            if (results[i] < 0) {
                counts.refused(results[i], nowNs - dueNs[i] > limits.maxLagNs());
            }
        }
    }

    private void publishAnswers() {
        final EventDraft trigger = drafts[size - 1];
        final Answers answers = mix.answers();
        answer.name(trigger.nameBuffer(), 0, trigger.nameLength()).correlationId(trigger.correlationId());
        for (final int integration : answering) {
            answers.fill(answer, trigger, integration, bits[size - 1]);
            final boolean isError = answers.isError(integration, bits[size - 1]);
            counts.answered(sink.publishAnswer(answers.topics(integration), isError, answer));
        }
    }

    private void await(final long ns) {
        if (ns > LONG_WAIT_NS) {
            LockSupport.parkNanos(Math.min(ns - AWAKE_BEFORE_NS, LONGEST_NAP_NS));
        } else if (limits.yields()) {
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }
}

package io.eventrouter.loadgen.load;

import io.eventrouter.event.PublishResult;
import io.eventrouter.status.RouterCounter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the events of a load.
 *
 * @param scheduled due before the end, or before the load was stopped.
 * @param offered handed over.
 * @param inTime handed over before the end of the schedule, or late by no more than allowed.
 * @param accepted taken by the router.
 * @param refusedLate refused while the generator was later than it may be.
 * @param excused late because a change of the fleet had to wait for room.
 * @param refusedByCode refused when they were handed over, by {@link PublishResult#describe}.
 * @param refusedAtPlaceByCode accepted, but refused when it was their turn to be routed; events of answers too.
 * @param answers of integrations, accepted.
 * @param answersRefused of integrations, refused.
 */
public record EventCounts(
        long scheduled,
        long offered,
        long inTime,
        long accepted,
        long refusedLate,
        long excused,
        Map<String, Long> refusedByCode,
        Map<String, Long> refusedAtPlaceByCode,
        long answers,
        long answersRefused) {
    static EventCounts of(final List<Publisher> publishers, final long skipped, final CounterSample counters) {
        final Map<String, Long> refused = new LinkedHashMap<>();
        final Map<String, Long> refusedAtPlace = new LinkedHashMap<>();
        for (long code = PublishResult.BACK_PRESSURED; code >= PublisherCounts.lastCode(); code--) {
            long events = 0;
            long answers = 0;
            for (final Publisher publisher : publishers) {
                events += publisher.counts().refused(code);
                answers += publisher.counts().answersRefused(code);
            }
            putIfAny(refused, code, events);
            // The router counts all refusals, publishers those that they were told of.
            putIfAny(refusedAtPlace, code, refusals(code, counters) - events - answers);
        }
        long[] sums = new long[7];
        for (final Publisher publisher : publishers) {
            final PublisherCounts counts = publisher.counts();
            sums[0] += counts.offered();
            sums[1] += counts.inTime();
            sums[2] += counts.accepted();
            sums[3] += counts.refusedLate();
            sums[4] += counts.excused();
            sums[5] += counts.answers();
            sums[6] += counts.answersRefused();
        }
        return new EventCounts(
                sums[0] + skipped,
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                sums[4],
                refused,
                refusedAtPlace,
                sums[5],
                sums[6]);
    }

    /**
     * Events that were refused when they were handed over.
     *
     * @return the number.
     */
    public long refused() {
        return offered - accepted;
    }

    /**
     * Events that were accepted and then refused when it was their turn, those of answers included.
     *
     * @return the number.
     */
    public long refusedAtPlace() {
        return refusedAtPlaceByCode.values().stream().mapToLong(Long::longValue).sum();
    }

    // A report of attempts is no event.
    private static long refusals(final long code, final CounterSample counters) {
        return code == PublishResult.INVALID_REPORT ? 0 : counters.get(RouterCounter.ofRefusal(code));
    }

    private static void putIfAny(final Map<String, Long> counts, final long code, final long count) {
        if (count > 0) {
            counts.put(PublishResult.describe(code), count);
        }
    }
}

package io.eventrouter.loadgen.load;

import io.eventrouter.event.PublishResult;
import java.util.concurrent.atomic.AtomicLongArray;

/** What a publisher has counted: written by its thread, without waiting for anybody, and read by any. */
final class PublisherCounts {
    private static final int OFFERED = 0;
    private static final int ACCEPTED = 1;
    private static final int IN_TIME = 2;
    private static final int REFUSED_LATE = 3;
    private static final int ANSWERS = 4;
    private static final int ANSWERS_REFUSED = 5;
    private static final int EXCUSED = 6;
    private static final int REFUSED = 7;
    private static final int CODES = (int) -PublishResult.ACCOUNT_RATE_EXCEEDED + 1;

    private static final int ANSWERS_REFUSED_FOR = REFUSED + CODES;

    private final AtomicLongArray counts = new AtomicLongArray(ANSWERS_REFUSED_FOR + CODES);

    void offered(final int events, final int accepted, final int inTime) {
        add(OFFERED, events);
        add(ACCEPTED, accepted);
        add(IN_TIME, inTime);
    }

    void refused(final long code, final boolean isLate) {
        add(REFUSED + (int) -code, 1);
        if (isLate) {
            add(REFUSED_LATE, 1);
        }
    }

    /** Late because a change of the fleet had to wait for room. */
    void excused(final int events) {
        add(EXCUSED, events);
    }

    /** An answer was published; the result is its sequence or a negative {@link PublishResult}. */
    void answered(final long result) {
        if (result >= 0) {
            add(ANSWERS, 1);
        } else {
            add(ANSWERS_REFUSED, 1);
            add(ANSWERS_REFUSED_FOR + (int) -result, 1);
        }
    }

    long offered() {
        return counts.get(OFFERED);
    }

    long accepted() {
        return counts.get(ACCEPTED);
    }

    long inTime() {
        return counts.get(IN_TIME);
    }

    long excused() {
        return counts.get(EXCUSED);
    }

    long refusedLate() {
        return counts.get(REFUSED_LATE);
    }

    long answers() {
        return counts.get(ANSWERS);
    }

    long answersRefused() {
        return counts.get(ANSWERS_REFUSED);
    }

    /** Refused for a negative {@link PublishResult}. */
    long refused(final long code) {
        return counts.get(REFUSED + (int) -code);
    }

    /** Answers that were refused for a negative {@link PublishResult}. */
    long answersRefused(final long code) {
        return counts.get(ANSWERS_REFUSED_FOR + (int) -code);
    }

    /** The codes that events can be refused for, from -1 down to this. */
    static long lastCode() {
        return PublishResult.ACCOUNT_RATE_EXCEEDED;
    }

    // One thread writes, so a plain read and an ordered write will do.
    private void add(final int count, final long number) {
        counts.setRelease(count, counts.getPlain(count) + number);
    }
}

package io.eventrouter.oracle;

import java.math.BigDecimal;

/** A token bucket as the oracle keeps it: what it held when somebody last took from it, as an exact fraction. */
class NaiveBucket {
    private final BigDecimal perMillisecond;
    private final BigDecimal burst;
    private final BigDecimal leastBelief;
    /** Null while nobody has taken anything: then it is full at any time. */
    private BigDecimal held;

    private long heldAtMs;

    NaiveBucket(final int perSecond, final int burst) {
        this.perMillisecond = BigDecimal.valueOf(perSecond, 3);
        this.burst = BigDecimal.valueOf(burst);
        this.leastBelief = BigDecimal.valueOf(-perSecond);
    }

    /** Whether there is a token; in the past there were fewer, and a past of more than a second ago is a new time. */
    boolean hasToken(final long nowMs) {
        final BigDecimal now = content(nowMs);
        if (now.compareTo(leastBelief) < 0) {
            held = BigDecimal.ZERO;
            heldAtMs = nowMs;
            return false;
        }
        return now.compareTo(BigDecimal.ONE) >= 0;
    }

    void take(final long nowMs) {
        held = content(nowMs).subtract(BigDecimal.ONE);
        heldAtMs = nowMs;
    }

    BigDecimal content(final long nowMs) {
        return held == null
                ? burst
                : held.add(perMillisecond.multiply(BigDecimal.valueOf(nowMs - heldAtMs)))
                        .min(burst);
    }
}

package io.eventrouter.delivery;

/** Where a transport reports how attempts ended: {@link io.eventrouter.EventRouter#reportAttempts}. */
@FunctionalInterface
public interface AttemptReports {
    /**
     * Report how the attempts to hand one event to one device ended.
     *
     * @param deviceIdHigh first 64 bits of the device's id.
     * @param deviceIdLow last 32 bits of the device's id.
     * @param operationsPerAttempt of the delivery, 0 to 16.
     * @param outcome of its attempts.
     * @return the report's sequence, or a negative {@link io.eventrouter.event.PublishResult}.
     */
    long reportAttempts(long deviceIdHigh, int deviceIdLow, int operationsPerAttempt, AttemptOutcome outcome);
}

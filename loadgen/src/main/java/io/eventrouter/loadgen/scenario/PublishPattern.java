package io.eventrouter.loadgen.scenario;

import java.util.concurrent.TimeUnit;

/**
 * Events that each device of a group publishes.
 *
 * @param name of the events; a template.
 * @param everyNs from one publish of a device to its next, in nanoseconds.
 * @param size of the payload, in bytes.
 * @param topics that there are for {@code {topic}}; 0 without it.
 * @param skew over the devices: which of them publish most; the mean over all of them stays.
 */
public record PublishPattern(Template name, Distribution everyNs, Distribution size, int topics, Skew skew) {
    /**
     * How many events a device publishes a second, on average over the devices.
     *
     * @return the rate.
     */
    public double meanPerSecond() {
        return TimeUnit.SECONDS.toNanos(1) / everyNs.mean();
    }
}

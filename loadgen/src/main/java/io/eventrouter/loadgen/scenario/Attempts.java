package io.eventrouter.loadgen.scenario;

/**
 * At which attempt devices acknowledge: shares of deliveries that add up to 1.
 *
 * @param first share acknowledged at the first attempt.
 * @param second share acknowledged at the second.
 * @param third share acknowledged at the third.
 * @param never share of which three attempts fail, after which the device is offline.
 */
public record Attempts(double first, double second, double third, double never) {
    /** All deliveries succeed at once. */
    public static final Attempts ALWAYS_FIRST = new Attempts(1, 0, 0, 0);

    /**
     * How many attempts a delivery takes on average.
     *
     * @return 1 to 3.
     */
    public double mean() {
        return first + 2 * second + 3 * (third + never);
    }
}

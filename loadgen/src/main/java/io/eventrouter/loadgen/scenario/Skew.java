package io.eventrouter.loadgen.scenario;

/**
 * How unevenly something is shared out: the k-th of n gets a share in proportion to 1/k^exponent.
 *
 * @param exponent 0 for equal shares.
 */
public record Skew(double exponent) {
    /** All alike. */
    public static final Skew NONE = new Skew(0);

    /**
     * Whether all get the same.
     *
     * @return true if they do.
     */
    public boolean isNone() {
        return exponent == 0;
    }

    /**
     * Share things out.
     *
     * @param count how many there are.
     * @param parts how many parts.
     * @return where each part starts, and the count at the end: {@code parts + 1} numbers, which never fall.
     */
    public int[] starts(final int count, final int parts) {
        final int[] starts = new int[parts + 1];
        if (isNone()) {
            for (int i = 1; i <= parts; i++) {
                starts[i] = (int) ((long) count * i / parts);
            }
            return starts;
        }
        double sum = 0;
        for (int i = 1; i <= parts; i++) {
            sum += Math.pow(i, -exponent);
        }
        double sumSoFar = 0;
        for (int i = 1; i <= parts; i++) {
            sumSoFar += Math.pow(i, -exponent);
            starts[i] = i == parts ? count : Math.min(count, (int) Math.round(count * (sumSoFar / sum)));
        }
        return starts;
    }
}

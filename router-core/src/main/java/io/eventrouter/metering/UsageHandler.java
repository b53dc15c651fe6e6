package io.eventrouter.metering;

/**
 * Takes the counts of data operations as they are emitted.
 *
 * <p><b>Threading:</b> without a data directory, called on the routing thread, with several lanes on each of theirs and
 * at the same time, but for thresholds, which are told one after the other; must not block. What it throws goes to the
 * router's error handler, and the record counts as emitted.
 *
 * <p>With a data directory, called on the usage thread, in the order of sequences, when what it is shown is durable. It
 * may be slow: counting and routing go on; but what blocks for ever stops everything that is to become durable. What it
 * throws goes to the error handler and is counted, and the next one follows; the record is not acknowledged by that, so
 * it comes again after a restart, unless that or a later one is
 * {@linkplain io.eventrouter.EventRouter#acknowledgeUsage acknowledged}. The data directory keeps everything that was
 * not acknowledged: whoever never does so fills the disk.
 *
 * <p>What an earlier run has left comes as soon as that thread runs, which may be before
 * {@link io.eventrouter.EventRouter#launch launch} has returned the router: a handler that acknowledges must wait for
 * it, or leave that to another thread.
 */
public interface UsageHandler {
    /** Ignores everything, and acknowledges it; counts can still be read as snapshots. */
    UsageHandler NONE = record -> {};

    /**
     * Counts of one window, once for every device (or product, or account) that ran up an operation in it; with several
     * lanes, once for every lane in which it did.
     *
     * @param record valid only until this method returns.
     */
    void onUsage(UsageRecord record);

    /**
     * An account has reached a threshold of its plan, over all lanes together. With several lanes it may be told a duty
     * cycle late, when the account has used more already.
     *
     * <p>Thresholds are told one after the other, whichever lane reached them: with several lanes and no data
     * directory, by any of these. While this method does not return, what other lanes reach is not told; they go on
     * routing and counting. It is told as soon as this method returns, and never if it never does.
     *
     * @param threshold that was reached.
     */
    default void onThreshold(final UsageThreshold threshold) {}
}

package io.eventrouter.metering;

/**
 * Where the usage records and thresholds of one lane go: to the usage handler at once, or to the usage thread, which
 * makes them durable first.
 *
 * <p><b>Threading:</b> the lane's routing thread. Nothing here waits.
 */
public interface UsageSink {
    /**
     * The sequence of the record that is put next.
     *
     * @return the sequence, 0 if records get theirs when they are durable.
     */
    long nextSequence();

    /**
     * Take a record.
     *
     * @param record valid only until this method returns.
     * @param isOfOpenWindow false if it is of the window that was closed last.
     * @return true if the usage handler has it already.
     */
    boolean put(UsageRecord record, boolean isOfOpenWindow);

    /**
     * Whether the operations of products are wanted also where records are rolled up by account.
     *
     * @return true if they are.
     */
    boolean keepsProducts();

    /**
     * Take the operations of a product in the window that was closed last; they are in the record of its account
     * already.
     *
     * @param productId of the product.
     * @param publishOperations for publishing.
     * @param subscribeOperations for attempts to deliver.
     */
    void putProduct(int productId, long publishOperations, long subscribeOperations);

    /**
     * Take a threshold that an account has reached.
     *
     * @param threshold without a sequence.
     */
    void tell(UsageThreshold threshold);

    /**
     * Whether records that can wait should be put now.
     *
     * @return false if they should wait for room.
     */
    boolean hasRoom();

    /**
     * The open window is closed, and the next is open.
     *
     * @param sequence of the command that closed it, in its lane.
     * @param startMs when it began, in milliseconds since the epoch.
     * @param endMs when it ended.
     */
    void closeWindow(long sequence, long startMs, long endMs);

    /**
     * A billing month begins, with the open window.
     *
     * @param startMs when it began, in milliseconds since the epoch.
     */
    void beginMonth(long startMs);

    /** All records of the window that was closed last have been put. */
    void completeWindow();

    /**
     * Whether everything of the windows that were closed is where it is meant to be.
     *
     * @return true if no closed window is on its way.
     */
    boolean isSettled();

    /** Give back what is held of memory; the lane counts nothing more. */
    default void close() {}
}

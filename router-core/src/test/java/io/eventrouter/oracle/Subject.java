package io.eventrouter.oracle;

/** A router that is compared with the oracle. */
interface Subject extends AutoCloseable {
    /**
     * Do one step and everything that follows from it.
     *
     * @param step to do.
     * @return what it did.
     */
    Outcome perform(Step step);

    /**
     * Everything that was counted so far.
     *
     * @return rows and totals without zeros.
     */
    Usage usage();

    @Override
    void close();
}

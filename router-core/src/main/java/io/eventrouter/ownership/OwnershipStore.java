package io.eventrouter.ownership;

import java.util.function.Consumer;

/**
 * Keeps who owns what between runs.
 *
 * <p><b>Threading:</b> one thread puts; any thread gets.
 */
public interface OwnershipStore extends AutoCloseable {
    /**
     * Keep a record, in place of the one with the same kind and id.
     *
     * @param record to keep; the caller may use it again afterwards.
     * @throws RuntimeException if it cannot be kept; the one before is then still there.
     */
    void put(OwnershipRecord record);

    /**
     * Read a record.
     *
     * @param kind of record.
     * @param idHigh first 64 bits of its id.
     * @param idLow last 32 bits of its id.
     * @param record to fill.
     * @return false if none is kept.
     */
    boolean get(OwnershipRecord.Kind kind, long idHigh, int idLow, OwnershipRecord record);

    /**
     * Read everything: accounts before products, products before customers, these before devices.
     *
     * @param consumer that is shown record after record; a record is valid only until it returns.
     */
    void forEach(Consumer<OwnershipRecord> consumer);

    @Override
    void close();
}

package io.eventrouter.benchmarks.peers;

/**
 * A map from devices to their owners. Owners are numbers, as a router or a platform would have handles for them.
 *
 * <p><b>Threading:</b> one thread.
 */
public interface DeviceLookup extends AutoCloseable {
    /**
     * A device belongs to somebody.
     *
     * @param idHigh first 64 bits of its id.
     * @param idLow last 32 bits of its id.
     * @param owner number, positive.
     */
    void put(long idHigh, int idLow, int owner);

    /**
     * Hear which devices will be asked for; of use to a ceiling only.
     *
     * @param numbers of the devices, from 0, in the order in which they were put.
     */
    default void prepare(final int[] numbers) {
        // A map has to look.
    }

    /**
     * Find owners, one device after the other.
     *
     * @param idHighs first 64 bits of ids.
     * @param idLows last 32 bits of ids.
     * @param first index of the first device.
     * @param count of devices.
     * @return sum of the owners.
     */
    long sumOwners(long[] idHighs, int[] idLows, int first, int count);

    @Override
    default void close() {
        // Most maps are left to the garbage collector.
    }
}

package io.eventrouter.metering;

/** What a payload costs; the source is docs/routing-rules.md, section 5. */
public final class DataOperations {
    /** Payload bytes that one data operation covers. */
    public static final int BYTES_PER_OPERATION = 1_024;

    private DataOperations() {}

    /**
     * Data operations for one publish or one attempt to deliver.
     *
     * @param payloadLength in bytes, 0 or more.
     * @return one for every started 1,024 bytes, and one for an empty payload.
     */
    public static int of(final int payloadLength) {
        return payloadLength <= BYTES_PER_OPERATION
                ? 1
                : (payloadLength + BYTES_PER_OPERATION - 1) / BYTES_PER_OPERATION;
    }
}

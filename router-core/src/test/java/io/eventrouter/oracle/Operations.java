package io.eventrouter.oracle;

/**
 * Data operations that were counted.
 *
 * @param publish for publishing.
 * @param subscribe for attempts to deliver.
 */
public record Operations(long publish, long subscribe) {
    static final Operations NONE = new Operations(0, 0);

    public Operations plus(final Operations other) {
        return new Operations(Math.addExact(publish, other.publish), Math.addExact(subscribe, other.subscribe));
    }

    public long total() {
        return Math.addExact(publish, subscribe);
    }
}

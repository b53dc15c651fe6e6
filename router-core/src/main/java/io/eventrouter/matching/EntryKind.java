package io.eventrouter.matching;

/** Kinds of entry in a scope; small numbers, because they are part of hashes and of off-heap records. */
public final class EntryKind {
    /** A prefix that devices have subscribed to. */
    public static final int DEVICE = 0;

    /**
     * A prefix that devices have subscribed to and that ends a level, which is with a slash: looked for only where a
     * name has one. Nearly all prefixes in use are of this kind.
     */
    public static final int DEVICE_LEVEL = 1;

    /**
     * A prefix that integrations or streams listen to; the scope knows whether all of them end a level, and then they too
     * are looked for only where a name has a slash.
     */
    public static final int SERVICE = 2;

    /** A whole name that Logic triggers wait for. */
    public static final int EXACT = 3;

    private EntryKind() {}

    static boolean isForDevices(final int kind) {
        return kind <= DEVICE_LEVEL;
    }
}

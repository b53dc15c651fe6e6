package io.eventrouter.matching;

/** Kinds of entry in a scope; small numbers, because they are part of hashes and of off-heap records. */
public final class EntryKind {
    /** A prefix that devices have subscribed to. */
    public static final int DEVICE = 0;

    /** A prefix that integrations or streams listen to. */
    public static final int SERVICE = 1;

    /** A whole name that Logic triggers wait for. */
    public static final int EXACT = 2;

    private EntryKind() {}
}

package io.eventrouter.pipeline;

import io.eventrouter.command.Refusal;

/** Whether a command has got its place in the order, and if not, why. */
enum Admission {
    /** It has. */
    GRANTED(null, ""),
    /** So many commands are in flight as may be. */
    TOO_MANY(null, "too many commands are in flight"),
    /** A ring is full. */
    RING_FULL(null, "the ring is full"),
    /** All room on the disk is promised to commands in flight. */
    NO_ROOM_IN_JOURNAL(null, "the journal has no room for more commands in flight"),
    /** The disk has no room. */
    STORAGE_FULL(Refusal.STORAGE_FULL, ""),
    /** The disk does not work. */
    STORAGE_UNAVAILABLE(Refusal.STORAGE_UNAVAILABLE, ""),
    /** The router is closed. */
    CLOSED(Refusal.CLOSED, "");

    /** What its caller is told at once; null if waiting may help. */
    final Refusal refusal;

    /** What it waits for. */
    final String obstacle;

    Admission(final Refusal refusal, final String obstacle) {
        this.refusal = refusal;
        this.obstacle = obstacle;
    }

    /** Whether trying again would change nothing. */
    boolean isFinal() {
        return this == GRANTED || refusal != null;
    }
}

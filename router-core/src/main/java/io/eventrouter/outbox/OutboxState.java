package io.eventrouter.outbox;

/** How a subscriber is treated. */
public enum OutboxState {
    /** It gets what it is offered. */
    OPEN,
    /** It failed too often in a row: what it is offered is dropped, until its pause is over. */
    SET_ASIDE,
    /**
     * Its pause is over: one delivery is tried. If that succeeds the outbox is open, else it is set aside for longer.
     */
    ON_PROBATION,
    /** Its handler has not returned for too long: what it is offered is dropped, until the handler returns. */
    STUCK
}

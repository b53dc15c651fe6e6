package io.eventrouter.outbox;

/**
 * What an outbox counts. Two identities hold whenever nothing is under way, and differ by what is under way otherwise:
 *
 * <ul>
 *   <li>{@link #OFFERED} = {@link #TAKEN} + the sum of all {@code DROPPED_…}
 *   <li>{@link #TAKEN} = {@link #DELIVERED} + {@link #FAILED} + {@link #UNDELIVERED} + what is queued
 * </ul>
 */
public enum OutboxCounter {
    /** Deliveries that the router had for this subscriber. */
    OFFERED,
    /** Deliveries that were put into the queue. Those for devices are charged. */
    TAKEN,
    /** Dropped because the queue had no room. Nothing that is dropped is charged. */
    DROPPED_FULL,
    /** Dropped because the event is longer than an eighth of the queue. */
    DROPPED_TOO_LONG,
    /** Dropped because the subscriber had failed too often in a row. */
    DROPPED_SET_ASIDE,
    /** Dropped because the subscriber's handler had not returned for too long. */
    DROPPED_STUCK,
    /** Dropped because the outbox was closing. */
    DROPPED_CLOSED,
    /** Dropped because copying it failed; the error handler has the cause. */
    DROPPED_BY_FAULT,
    /** Deliveries from which the handler returned. */
    DELIVERED,
    /** Deliveries from which the handler threw; an attempt all the same. */
    FAILED,
    /** Deliveries that were taken and never reached the handler, because the outbox was closed. */
    UNDELIVERED,
    /** Data operations of one attempt each, of all deliveries to devices that reached the handler. */
    OPERATIONS_HANDED_OVER,
    /** How often the subscriber was set aside. */
    TIMES_SET_ASIDE,
    /** How often the handler did not return in time. */
    TIMES_STUCK,
    /** Outcomes of several attempts that the router has taken. */
    OUTCOMES_REPORTED,
    /** How often the router had no room for an outcome; it was offered again until it was taken. */
    OUTCOMES_BACK_PRESSURED,
    /** Outcomes that the router refused for good, or that were left when the outbox was closed. */
    OUTCOMES_REFUSED
}

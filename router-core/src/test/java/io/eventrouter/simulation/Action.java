package io.eventrouter.simulation;

import io.eventrouter.oracle.Step;

/** One line of a simulation: something that is put into the router, or that happens around it. */
sealed interface Action {
    /**
     * Something is offered to the router, which is not run by that: it may find many things in its ring at once.
     *
     * @param step that is offered.
     */
    record Put(Step step) implements Action {}

    /**
     * The router is run for a while, and may be left in the middle of something.
     *
     * @param rounds of work.
     */
    record Run(int rounds) implements Action {}

    /** The router is run until it has nothing to do; then everything is compared with the oracle. */
    record Settle() implements Action {}

    /**
     * From here on a handler behaves like this.
     *
     * @param recipient that is handed events: its kind, a colon and its id; or {@code refusals} for that handler.
     * @param behavior of the handler.
     */
    record Behave(String recipient, Behavior behavior) implements Action {}

    /**
     * The handler, when it is next handed something for a recipient, offers something to the router itself.
     *
     * @param recipient that it is handed an event for.
     * @param step that it offers.
     */
    record React(String recipient, Step step) implements Action {}

    /**
     * The clock jumps, between two things that are put in.
     *
     * @param milliseconds that it jumps, back if negative.
     */
    record MoveClock(long milliseconds) implements Action {}
}

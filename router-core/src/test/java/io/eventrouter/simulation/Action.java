package io.eventrouter.simulation;

import io.eventrouter.oracle.Step;
import java.util.List;

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

    /**
     * From here on the disk does this, until it is told otherwise or the router starts anew.
     *
     * @param fault of the disk.
     */
    record FailDisk(DiskFault fault) implements Action {}

    /**
     * The process is to be stopped in the middle of an operation of its disk; as soon as it is, the next action is a
     * crash.
     *
     * @param operation counted from here on, 1 for the next.
     * @param powerSeed of the crash.
     */
    record StopAtDisk(int operation, long powerSeed) implements Action {}

    /**
     * The process ends in the middle of whatever it does, and a new one starts with what is on the disk.
     *
     * @param powerSeed says what of that which was not forced reaches the disk, in a power cut; 0 if the machine goes
     *     on, and everything that was written is there.
     * @param stopsAtStart the new process is stopped in the middle of these operations of its disk, and the next one
     *     starts.
     */
    record Crash(long powerSeed, List<Integer> stopsAtStart) implements Action {}

    /**
     * The consumer of usage records acknowledges them.
     *
     * @param butLast so many it does not acknowledge.
     */
    record AcknowledgeUsage(int butLast) implements Action {}

    /**
     * The router is closed and started with other sizes; what does not fit is refused, and then it starts with sizes
     * that do.
     *
     * @param maxDevices that fit.
     * @param maxAccounts that fit.
     */
    record Restart(int maxDevices, int maxAccounts) implements Action {}
}

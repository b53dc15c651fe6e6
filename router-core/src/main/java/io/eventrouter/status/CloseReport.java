package io.eventrouter.status;

import java.util.List;

/**
 * What a router left undone when it was closed. Everything that had a place in the order was either done or is counted
 * here; what was refused for being late was told to its publisher.
 *
 * @param eventsLeft events that were never begun with: nobody heard them and nobody is charged for them.
 * @param eventsInDelivery events that some of their recipients have heard: the one whose handler did not come back in
 *     time, and those that were being delivered in slices. If the handler comes back, the rest may still hear that one,
 *     and the matches and deliveries of these events are counted in part.
 * @param attemptReportsLeft reports of attempts that were never applied.
 * @param commandsUnanswered commands and questions whose futures were completed exceptionally, because the router was
 *     closed before they were acknowledged.
 * @param slotsUnpublished slots of the rings that a publisher had taken and not filled; its thread has died, or is held
 *     up: then what it publishes is left too.
 * @param isUsageKept whether all data operations that were counted are durable, and handed to the usage handler; false
 *     only with a data directory, if that could not take them in time, the usage handler has not come back, or a
 *     routing thread has not, which has its counts of the last windows. Closing again keeps what it can; what is not
 *     kept when the process ends is lost, as in a crash.
 * @param threadsRunning names of the threads that were still running, mostly inside a handler. What they use is given
 *     back when they end.
 */
public record CloseReport(
        long eventsLeft,
        long eventsInDelivery,
        long attemptReportsLeft,
        long commandsUnanswered,
        long slotsUnpublished,
        boolean isUsageKept,
        List<String> threadsRunning) {
    public CloseReport {
        threadsRunning = List.copyOf(threadsRunning);
    }

    /**
     * Whether nothing was left undone.
     *
     * @return true if so.
     */
    public boolean isComplete() {
        return eventsLeft + eventsInDelivery + attemptReportsLeft + commandsUnanswered + slotsUnpublished == 0
                && isUsageKept
                && threadsRunning.isEmpty();
    }
}

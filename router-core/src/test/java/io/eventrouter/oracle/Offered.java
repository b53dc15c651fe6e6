package io.eventrouter.oracle;

import java.util.Set;

/**
 * A step that a router was offered, and what came of the offer.
 *
 * @param step that was offered.
 * @param expected every reason for which it may be refused; none if it must be accepted.
 * @param actual reasons that the router gave.
 */
public record Offered(Step step, Set<String> expected, Set<String> actual) {
    boolean isEvent() {
        return step instanceof Step.Publish || step instanceof Step.HookResponse;
    }

    /** Whether an empty answer is refused is not said. */
    boolean isEmptyAnswer() {
        return step instanceof Step.HookResponse response && response.body().length() == 0;
    }

    /** How many events it is, at least one. */
    int events() {
        return step instanceof Step.HookResponse response
                ? Math.max(1, NaiveHooks.events(response).size())
                : 1;
    }
}

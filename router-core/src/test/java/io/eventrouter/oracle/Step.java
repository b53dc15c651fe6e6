package io.eventrouter.oracle;

import io.eventrouter.command.Command;
import io.eventrouter.command.HookTopics;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;

/** One thing that happens to a router under test; a scenario is a list of them. */
public sealed interface Step {
    /**
     * A command is submitted.
     *
     * @param command to submit.
     */
    record Apply(Command command) implements Step {}

    /**
     * An event is published.
     *
     * @param event to publish.
     */
    record Publish(Publication event) implements Step {}

    /**
     * An integration has answered to an event of a device.
     *
     * @param topics of the integration.
     * @param error whether the answer is an error.
     * @param device whose event triggered the integration.
     * @param eventName of that event.
     * @param body of the answer.
     */
    record HookResponse(HookTopics topics, boolean error, EntityId device, String eventName, Payload body)
            implements Step {
        @Override
        public String toString() {
            final String kind = topics.unchunked() ? "unchunked " : "";
            return "HookResponse[" + (error ? "error " + topics.error() : kind + topics.response()) + ", device="
                    + device + ", eventName=" + eventName + ", body=" + body + "]";
        }
    }

    /**
     * From here on the delivery handler gives this answer for every delivery to a device.
     *
     * @param device that is delivered to.
     * @param outcome that the handler returns; null counts as pending.
     */
    record Answer(EntityId device, AttemptOutcome outcome) implements Step {}

    /**
     * The end of the attempts of a delivery is reported later.
     *
     * @param device that was delivered to.
     * @param operationsPerAttempt of that delivery.
     * @param outcome of the attempts.
     */
    record Report(EntityId device, int operationsPerAttempt, AttemptOutcome outcome) implements Step {}

    /**
     * The clock moves on.
     *
     * @param milliseconds that pass.
     */
    record Advance(long milliseconds) implements Step {}
}

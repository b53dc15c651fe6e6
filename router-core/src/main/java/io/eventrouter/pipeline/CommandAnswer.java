package io.eventrouter.pipeline;

import io.eventrouter.command.Refusal;
import io.eventrouter.metering.UsageSnapshot;

/**
 * What came of a command.
 *
 * @param refusal why it was refused, null if it was not.
 * @param failure a fault of the router, null for none.
 * @param snapshot of usage, if that was asked for.
 */
record CommandAnswer(Refusal refusal, Throwable failure, UsageSnapshot snapshot) {
    static final CommandAnswer DONE = new CommandAnswer(null, null, null);

    static CommandAnswer of(final Refusal refusal) {
        return refusal == null ? DONE : new CommandAnswer(refusal, null, null);
    }

    static CommandAnswer of(final Throwable failure) {
        return new CommandAnswer(null, failure, null);
    }

    static CommandAnswer of(final UsageSnapshot snapshot) {
        return new CommandAnswer(null, null, snapshot);
    }
}

package io.eventrouter.simulation;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.oracle.Step;

/** Questions about steps. */
final class Steps {
    private Steps() {}

    /** Whether a step makes an id known. */
    static boolean registers(final Step step) {
        return step instanceof Step.Apply apply
                && (apply.command() instanceof Command.RegisterDevice
                        || apply.command() instanceof Command.RegisterUser
                        || apply.command() instanceof Command.RegisterProduct);
    }

    /** Whether a step changes what thresholds are measured by: with several lanes, that is when the first one has it. */
    static boolean grants(final Step step) {
        return step instanceof Step.Apply apply && apply.command() instanceof Command.SetOperationsPerMonth;
    }

    /** The same, but in the end the device answers. */
    static Step withoutTimeout(final Step step) {
        if (step instanceof Step.Answer answer && answer.outcome() == AttemptOutcome.FAILED) {
            return new Step.Answer(answer.device(), AttemptOutcome.ACKNOWLEDGED_THIRD);
        }
        if (step instanceof Step.Report report && report.outcome() == AttemptOutcome.FAILED) {
            return new Step.Report(report.device(), report.operationsPerAttempt(), AttemptOutcome.ACKNOWLEDGED_THIRD);
        }
        return step;
    }
}

package io.eventrouter.simulation;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.oracle.Step;

/** Questions about steps. */
final class Steps {
    private static final int SLOT_LENGTH = 128;
    private static final int CHUNK_LENGTH = 512;
    /** For the parts of an event that are not its payload. */
    private static final int SLOTS_FOR_THE_REST = 6;

    private Steps() {}

    /** Whether a step makes an id known. */
    static boolean registers(final Step step) {
        return step instanceof Step.Apply apply
                && (apply.command() instanceof Command.RegisterDevice
                        || apply.command() instanceof Command.RegisterUser
                        || apply.command() instanceof Command.RegisterProduct);
    }

    /** Whether a command changes what outlives the router. */
    static boolean isKept(final Command command) {
        return command instanceof Command.DeviceOwnershipChange
                || command instanceof Command.AccountChange
                || command instanceof Command.RegisterProduct
                || command instanceof Command.RegisterCustomer;
    }

    /**
     * Whether a step changes what thresholds are measured by: with several lanes, that is when the first one has it.
     */
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

    /** More slots of a ring than a step takes. */
    static long slotsAtMost(final Step step) {
        if (step instanceof Step.Publish publish) {
            return publish.event().payload().length() / SLOT_LENGTH + SLOTS_FOR_THE_REST;
        }
        if (step instanceof Step.HookResponse response) {
            return (response.body().length() / CHUNK_LENGTH + 1L) * (CHUNK_LENGTH / SLOT_LENGTH + SLOTS_FOR_THE_REST);
        }
        return 1;
    }
}

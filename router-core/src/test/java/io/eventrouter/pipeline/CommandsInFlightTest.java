package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.junit.jupiter.api.Test;

/** As many commands as may be are in flight, and not one more, until one has left the queue of acknowledgements. */
class CommandsInFlightTest {
    private static final int MAX = 4;

    private final OneToOneConcurrentArrayQueue<PendingCommand> acknowledgements =
            new OneToOneConcurrentArrayQueue<>(2 * MAX);
    private final CommandsInFlight inFlight = new CommandsInFlight(MAX, acknowledgements, null);
    private final PendingCommand command = new PendingCommand(PendingCommand.Kind.SNAPSHOT, null, 0);

    @Test
    void shouldAdmitOneMoreWhenOneHasBeenAcknowledged() {
        for (int i = 0; i < MAX; i++) {
            assertEquals(Admission.GRANTED, inFlight.admissionOf(command), "in flight: " + i);
            inFlight.commands++;
        }
        assertEquals(Admission.TOO_MANY, inFlight.admissionOf(command));
        acknowledgements.add(command);
        assertEquals(Admission.TOO_MANY, inFlight.admissionOf(command), "it waits to be acknowledged");

        acknowledgements.poll();

        assertEquals(Admission.GRANTED, inFlight.admissionOf(command));
        inFlight.commands++;
        assertEquals(Admission.TOO_MANY, inFlight.admissionOf(command));
    }
}

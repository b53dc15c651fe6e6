package io.eventrouter.outbox;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** An outbox with one mistake, which the checks of {@link PlantedOutboxMistakesTest} must notice. */
final class MistakenOutbox implements DeliveryHandler {
    /** What it does wrong. */
    enum Mistake {
        /** Nothing. */
        NONE,
        /** What comes to a full queue takes the place of what is oldest. */
        OVERWRITES,
        /** The routing thread waits until a full queue has room. */
        WAITS,
        /** What is dropped counts as an attempt. */
        CHARGES_DROPS,
        /** What is dropped is not counted. */
        FORGETS_TO_COUNT
    }

    static final int CAPACITY = 100;

    private final Mistake mistake;
    private final ArrayDeque<Long> queue = new ArrayDeque<>();
    private final List<Long> heard = new ArrayList<>();
    private long taken;
    private long dropped;

    MistakenOutbox(final Mistake mistake) {
        this.mistake = mistake;
    }

    @Override
    public synchronized AttemptOutcome onDelivery(final Delivery delivery) {
        try {
            while (mistake == Mistake.WAITS && queue.size() == CAPACITY) {
                wait();
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (queue.size() < CAPACITY) {
            taken++;
            queue.add(delivery.event().correlationId());
            return AttemptOutcome.PENDING;
        }
        dropped += mistake == Mistake.FORGETS_TO_COUNT ? 0 : 1;
        if (mistake == Mistake.OVERWRITES) {
            queue.poll();
            queue.add(delivery.event().correlationId());
        }
        return mistake == Mistake.CHARGES_DROPS ? AttemptOutcome.PENDING : AttemptOutcome.NOT_ATTEMPTED;
    }

    /** Let the subscriber hear what is queued. */
    synchronized void serve() {
        heard.addAll(queue);
        queue.clear();
        notifyAll();
    }

    synchronized List<Long> heard() {
        return List.copyOf(heard);
    }

    synchronized long taken() {
        return taken;
    }

    synchronized long dropped() {
        return dropped;
    }
}

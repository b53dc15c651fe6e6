package io.eventrouter.simulation;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.identity.EntityId;
import io.eventrouter.oracle.Handed;
import io.eventrouter.oracle.Step;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/** What the embedder's code does when the router calls it: answers, throws, and offers things itself. */
final class Handlers {
    private final Set<EntityId> devices = new HashSet<>();
    private final Map<String, AttemptOutcome> answers = new HashMap<>();
    private final Map<String, Behavior> behaviors = new HashMap<>();
    private final Map<String, Queue<Step>> reactions = new HashMap<>();
    private final Consumer<Step> offers;
    private long faults;
    private long commandsWithoutRoom;

    /** Handlers that answer nothing, throw nothing and offer nothing yet. */
    Handlers(final Consumer<Step> offers) {
        this.offers = offers;
    }

    void answer(final EntityId device, final AttemptOutcome outcome) {
        devices.add(device);
        answers.put("device:" + device, outcome);
    }

    void behave(final String recipient, final Behavior behavior) {
        behaviors.put(recipient, behavior);
    }

    void react(final String recipient, final Step step) {
        reactions.computeIfAbsent(recipient, key -> new ArrayDeque<>()).add(step);
    }

    Behavior behaviorOf(final String recipient) {
        return behaviors.getOrDefault(recipient, Behavior.RETURN);
    }

    /** What the router is answered, or is to assume if the handler throws. */
    AttemptOutcome answerOf(final String recipient) {
        return behaviorOf(recipient).isFault() ? AttemptOutcome.PENDING : answers.get(recipient);
    }

    /** Devices that a handler answers for. */
    Set<EntityId> devices() {
        return devices;
    }

    AttemptOutcome handle(final Delivery delivery) {
        final String recipient = Handed.recipientOf(delivery);
        final Queue<Step> waiting = reactions.get(recipient);
        if (waiting != null && !waiting.isEmpty()) {
            offer(waiting.poll());
        }
        happen(recipient);
        return answerOf(recipient);
    }

    // A command does not wait for room here, and events never do.
    private void offer(final Step step) {
        try {
            offers.accept(step);
        } catch (final IllegalStateException noRoom) {
            commandsWithoutRoom++;
        }
    }

    void happen(final String recipient) {
        final Behavior behavior = behaviorOf(recipient);
        faults += behavior.isFault() ? 1 : 0;
        behavior.happen(recipient);
    }

    /** How often a handler found no room for a command. */
    long commandsWithoutRoom() {
        return commandsWithoutRoom;
    }

    /** How often a handler has thrown. */
    long faults() {
        return faults;
    }
}

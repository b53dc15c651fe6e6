package io.eventrouter.loadgen.plan;

/**
 * What somebody publishes, again and again.
 *
 * @param eventName of every event.
 * @param frequency of each publisher.
 * @param payloadLength of every event, in bytes.
 * @param publishers who publish it.
 */
public record Behaviour(String eventName, Frequency frequency, int payloadLength, PublisherSelection publishers) {}

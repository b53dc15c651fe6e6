package io.eventrouter.loadgen.scenario;

/**
 * Subscriptions that devices of a group have.
 *
 * @param prefix of event names; a template.
 * @param share share of the devices that have it, 0 to 1.
 * @param topics that there are for {@code {topic}}; 0 without it.
 * @param count how many subscriptions, to topics in a row.
 */
public record SubscriptionPattern(Template prefix, double share, int topics, int count) {}

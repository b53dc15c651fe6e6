package io.eventrouter.loadgen.plan;

/**
 * Why deliveries to devices happen: a subscription, and what it hears.
 *
 * @param prefix that devices subscribed to, with {@code <its id>} for the id of the device.
 * @param source of the events: the name that is published, or the integration that answers.
 * @param isAnswer whether they are answers of an integration.
 */
public record Cause(String prefix, String source, boolean isAnswer) {}

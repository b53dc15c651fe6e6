package io.eventrouter.loadgen.scenario;

/**
 * Many devices reconnect, one after the other.
 *
 * @param afterNs when it begins, in nanoseconds from the first phase.
 * @param share share of all devices, 0 to 1.
 * @param rate of devices.
 */
public record ReconnectStorm(long afterNs, double share, Rate rate) {}

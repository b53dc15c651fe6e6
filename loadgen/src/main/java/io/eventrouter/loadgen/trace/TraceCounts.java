package io.eventrouter.loadgen.trace;

/**
 * What a trace held, as far as it was replayed.
 *
 * @param lines that were read, without blank ones.
 * @param events that devices, the API and the cloud published.
 * @param hookResponses that answered for integrations.
 * @param commands that changed the fleet.
 * @param wrong lines that were passed over, or at which the replay ended.
 * @param stop what was wrong with the line at which the replay ended; null if it did not.
 */
public record TraceCounts(long lines, long events, long hookResponses, long commands, long wrong, String stop) {}

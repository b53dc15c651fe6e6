package io.eventrouter.loadgen.plan;

import java.util.Map;

/**
 * How long the answers of integrations are.
 *
 * @param byIntegration bytes of the answers of some.
 * @param otherwise bytes of the answers of all others; -1 if that was not said.
 */
public record ResponseSizes(Map<String, Integer> byIntegration, int otherwise) {
    /** Nothing was said. */
    public static final int UNKNOWN = -1;

    /** Bytes of the answers of an integration, or {@link #UNKNOWN}. */
    int of(final String integration) {
        return byIntegration.getOrDefault(integration, otherwise);
    }
}

package io.eventrouter.loadgen.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlansTest {
    @Test
    void knowsWhatTheProvidersPlansGrant() {
        final Plans plans = Plans.load();

        assertEquals(100_000, plans.named("free").operationsPerMonth(5));
        assertEquals(720_000, plans.named("basic").operationsPerMonth(1));
        assertEquals(2_160_000, plans.named("basic").operationsPerMonth(3));
        assertEquals(5_000_000, plans.named("plus").operationsPerMonth(1));
        assertEquals(0, plans.named("enterprise").operationsPerMonth(1));
        assertEquals(299, plans.named("basic").usdPerMonth());
        assertEquals(599, plans.named("plus").usdPerMonth());
        assertEquals(100, plans.named("plus").devices());
    }
}

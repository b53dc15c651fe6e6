package io.eventrouter.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a number of simulations is checked for grows with the number, and is complete in the end. */
class SituationsTest {
    private static final String USUAL = "killed";
    private static final String RARE = "handler found no room for a command";

    @Test
    void shouldExpectNothingOfAFewSimulations() {
        assertEquals(List.of(), Situations.missing(Map.of(), 1));
        assertTrue(Situations.uncertain(1).containsAll(List.of(USUAL, RARE)));
    }

    @Test
    void shouldMissWhatThousandsOfSimulationsNeverCameTo() {
        assertTrue(Situations.missing(Map.of(), 10_000).contains(USUAL));
        assertFalse(Situations.missing(Map.of(USUAL, 1L), 10_000).contains(USUAL));
        assertFalse(Situations.missing(Map.of(), 10_000).contains(RARE));
        assertTrue(Situations.uncertain(10_000).contains(RARE));
    }

    @Test
    void shouldMissWhatIsRareToo() {
        assertTrue(Situations.missing(Map.of(), 1_000_000).containsAll(List.of(USUAL, RARE)));
        assertEquals(List.of(), Situations.uncertain(1_000_000));
    }
}

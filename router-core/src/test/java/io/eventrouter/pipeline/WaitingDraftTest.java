package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.RouterContext;
import io.eventrouter.memory.IdIndex;
import org.junit.jupiter.api.Test;

class WaitingDraftTest {
    private static final int LAST_LANE = RouterContext.MAX_LANES - 1;

    @Test
    void aDraftWaitsForItsOwnLaneAndKeepsItsDevice() {
        final long first = WaitingDraft.of(0, IdIndex.MAX_HANDLE);
        final long last = WaitingDraft.of(LAST_LANE, 0);

        assertTrue(WaitingDraft.isOf(0, first));
        assertFalse(WaitingDraft.isOf(LAST_LANE, first));
        assertEquals(IdIndex.MAX_HANDLE, WaitingDraft.likelyDevice(first));
        assertTrue(WaitingDraft.isOf(LAST_LANE, last));
        assertFalse(WaitingDraft.isOf(0, last));
        assertEquals(0, WaitingDraft.likelyDevice(last));
    }

    @Test
    void neitherSequencesNorCodesAreTakenForADraftThatWaits() {
        for (int lane = 0; lane <= LAST_LANE; lane++) {
            for (long result = -100; result <= 100; result++) {
                assertFalse(WaitingDraft.isOf(lane, result), "lane=" + lane + ", result=" + result);
            }
            assertFalse(WaitingDraft.isOf(lane, Long.MAX_VALUE), "lane=" + lane);
        }
    }
}

package io.eventrouter.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a lane knows of its two windows, told by the one thread that plays both of its sides. */
class LaneUsageTest {
    private final RouterCounters counters = new RouterCounters();
    private final LaneUsage lane = new LaneUsage(0, new ArrayDeque<>(), counters);
    private final UsageEntry record = new UsageEntry().wrap(new UnsafeBuffer(new byte[RecordLayout.LENGTH]), 0);

    @AfterEach
    void close() {
        lane.close();
        lane.endReading();
    }

    @Test
    void shouldSayThatCountsAreDurableUpToTheEndOfTheLastDurableWindowAndNoFurther() {
        assertEquals(-1, lane.countedSequence());
        lane.closeWindow(7, 1_000, 2_000);
        lane.completeWindow();
        assertEquals(-1, lane.countedSequence());
        assertFalse(lane.isSettled());
        assertThrows(IllegalStateException.class, () -> lane.closeWindow(8, 2_000, 3_000));

        lane.counted(lane.windows()[0]);

        assertEquals(7, lane.countedSequence());
        assertTrue(lane.isSettled());
    }

    @Test
    void shouldHaveRoomAsLongAsTheWindowThatIsClosedHasAndCountWhatCannotWait() {
        for (int i = 0; i < RecordQueue.ROOM; i++) {
            lane.put(record, true);
        }
        assertTrue(lane.hasRoom(), "the window that was closed is empty");
        assertEquals(0, counters.get(RouterCounter.USAGE_RECORDS_BEYOND_ROOM));
        lane.put(record, true);
        assertEquals(1, counters.get(RouterCounter.USAGE_RECORDS_BEYOND_ROOM));

        lane.closeWindow(7, 1_000, 2_000);

        assertFalse(lane.hasRoom());
        lane.put(record, false);
        assertEquals(2, counters.get(RouterCounter.USAGE_RECORDS_BEYOND_ROOM));
        lane.put(record, true);
        assertEquals(2, counters.get(RouterCounter.USAGE_RECORDS_BEYOND_ROOM));
    }
}

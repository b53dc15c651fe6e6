package io.eventrouter.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseReportTest {
    @Test
    void shouldStayAsItWasMade() {
        final List<String> threads = new ArrayList<>();
        final CloseReport report = new CloseReport(0, 0, 0, 0, 0, true, threads);
        threads.add("late");
        assertEquals(List.of(), report.threadsRunning());
        assertTrue(report.isComplete());
        assertThrows(
                UnsupportedOperationException.class,
                () -> report.threadsRunning().add("another"));
    }
}

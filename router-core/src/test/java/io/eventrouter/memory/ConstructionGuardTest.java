package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstructionGuardTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void shouldCloseWhatWasMadeTheLastFirst() {
        try (ConstructionGuard guard = new ConstructionGuard()) {
            addThree(guard);
        }
        assertEquals(List.of("third", "first"), closed);
    }

    @Test
    void shouldCloseNothingWhenEverythingWasMade() {
        try (ConstructionGuard guard = new ConstructionGuard()) {
            addThree(guard);
            guard.complete();
        }
        assertEquals(List.of(), closed);
    }

    // The second is one that is not needed.
    private void addThree(final ConstructionGuard guard) {
        guard.add(() -> closed.add("first"));
        guard.add(null);
        guard.add(() -> closed.add("third"));
    }
}

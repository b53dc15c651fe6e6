package io.eventrouter.loadgen.explain;

import io.eventrouter.delivery.RecipientKind;
import java.util.ArrayList;
import java.util.List;

/** Gathers what stands between an event and one subscriber. */
final class ObstacleList {
    private final List<Obstacle> obstacles = new ArrayList<>(2);
    private final List<String> details = new ArrayList<>(2);

    void add(final Obstacle obstacle, final String detail) {
        obstacles.add(obstacle);
        details.add(detail);
    }

    void addIf(final boolean isThere, final Obstacle obstacle, final String detail) {
        if (isThere) {
            add(obstacle, detail);
        }
    }

    boolean isEmpty() {
        return obstacles.isEmpty();
    }

    int size() {
        return obstacles.size();
    }

    Finding finding(final RecipientKind kind, final String id) {
        return new Finding(kind, id, obstacles, details, null, 0, null);
    }
}

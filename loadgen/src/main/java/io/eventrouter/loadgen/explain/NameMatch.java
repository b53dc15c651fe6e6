package io.eventrouter.loadgen.explain;

import io.eventrouter.loadgen.json.PrintableText;
import java.util.List;

/** Whether filters match a name, and what is to say if none does. */
final class NameMatch {
    private final String name;

    NameMatch(final String name) {
        this.name = name;
    }

    /** The prefix that a delivery is due to: the shortest that matches, as it matches whatever the others do. */
    String matchOrNull(final List<String> prefixes) {
        String shortest = null;
        for (final String prefix : prefixes) {
            if (name.startsWith(prefix) && (shortest == null || prefix.length() < shortest.length())) {
                shortest = prefix;
            }
        }
        return shortest;
    }

    /** Say why none of the prefixes of a subscriber matches; only devices have an id that can be in their filters. */
    void explain(final List<String> prefixes, final String ownId, final ObstacleList obstacles) {
        if (prefixes.isEmpty()) {
            obstacles.add(Obstacle.NO_SUBSCRIPTION, "");
            return;
        }
        final String list = "listens to " + quoted(prefixes);
        if (prefixes.stream().anyMatch(prefix -> name.regionMatches(true, 0, prefix, 0, prefix.length()))) {
            obstacles.add(Obstacle.OTHER_CASE, list);
        } else if (prefixes.stream().anyMatch(prefix -> prefix.startsWith(name))) {
            obstacles.add(Obstacle.LONGER_FILTER, list);
        } else if (ownId != null && prefixes.stream().allMatch(prefix -> prefix.contains(ownId))) {
            obstacles.add(Obstacle.OWN_ID_ONLY, list);
        } else {
            obstacles.add(Obstacle.OTHER_NAME, list);
        }
    }

    private static String quoted(final List<String> texts) {
        return String.join(", ", texts.stream().map(PrintableText::quoted).toList());
    }
}

package io.eventrouter;

import io.eventrouter.ownership.DamagedOwnership;
import io.eventrouter.usage.DamagedUsage;
import java.io.IOException;
import java.util.List;

/**
 * Data directories whose files are damaged as choices say: ownership, and now and then usage, whose segments are long.
 */
final class DamagedFiles {
    private final DamagedOwnership ownership;
    private final DamagedUsage usage;

    DamagedFiles() throws IOException {
        ownership = new DamagedOwnership();
        usage = new DamagedUsage();
    }

    /** What is wrong when they are opened, empty if nothing is. */
    List<String> judge(final Choices choices) {
        return choices.below(16) == 15 ? usage.judge(choices) : ownership.judge(choices);
    }

    DamagedOwnership ownership() {
        return ownership;
    }

    DamagedUsage usage() {
        return usage;
    }

    @Override
    public String toString() {
        return "ownership: as it was=" + ownership.asItWas() + ", as it was before=" + ownership.asItWasBefore()
                + ", refused=" + ownership.refused() + "; usage: as it was=" + usage.asItWas()
                + ", as it was before=" + usage.asItWasBefore() + ", refused=" + usage.refused();
    }
}

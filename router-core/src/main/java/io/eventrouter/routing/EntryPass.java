package io.eventrouter.routing;

import io.eventrouter.matching.BatchMatcher;

/** From the slots to the entries whose hashes fit. */
final class EntryPass implements LookupPass {
    private final BatchMatcher matcher;

    EntryPass(final BatchMatcher matcher) {
        this.matcher = matcher;
    }

    @Override
    public void run(final EventBatch batch) {
        matcher.bringEntries();
    }
}

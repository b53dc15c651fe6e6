package io.eventrouter.benchmarks;

/** Fails a benchmark that did not do its work; a fast one that did less is worth nothing. */
final class Work {
    private Work() {}

    static void requireEqual(final String what, final long expected, final long actual) {
        if (expected != actual) {
            require(false, what + ": expected=" + expected + ", actual=" + actual);
        }
    }

    static void require(final boolean holds, final String what) {
        if (!holds) {
            throw new IllegalStateException("the benchmark did not do its work: " + what);
        }
    }
}

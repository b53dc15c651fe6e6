package io.eventrouter.loadgen.load;

/** The changes of the fleet that a publisher makes in between its events, on its thread. */
interface PublisherChanges {
    /** No changes at all. */
    PublisherChanges NONE = new PublisherChanges() {
        @Override
        public long dueNs() {
            return Arrivals.NONE;
        }

        @Override
        public void perform() {
            throw new IllegalStateException("there are no changes");
        }

        @Override
        public void caughtUp() {}

        @Override
        public boolean isCatchingUp() {
            return false;
        }
    };

    /** When the next change is due, in nanoseconds from the start of the load, or {@link Arrivals#NONE}. */
    long dueNs();

    /** Make the next change, which can wait for room in the router. */
    void perform();

    /** Nothing is due any more. */
    void caughtUp();

    /** Whether events are late because changes had to wait for room. */
    boolean isCatchingUp();
}

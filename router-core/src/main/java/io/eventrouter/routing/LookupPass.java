package io.eventrouter.routing;

/**
 * One link of the chain of look-ups that an event needs, followed for all events of a batch: finds out where the next
 * link is, from memory that the pass before has brought in, and brings that in.
 *
 * <p>Passes are called through this interface so that each is compiled for itself: all of them in one piece of machine
 * code compete for registers.
 */
interface LookupPass {
    void run(EventBatch batch);
}

/** Bounded queues between the routing threads and subscribers that may be slow, stuck or broken. */
package io.eventrouter.outbox;

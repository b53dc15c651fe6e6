/** Finds the subscribers of an event: subscriptions by scope and prefix, and the lists of who holds them. */
package io.eventrouter.matching;

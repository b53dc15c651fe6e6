package io.eventrouter.pipeline;

import io.eventrouter.routing.RoutingCore;

/**
 * One of the ways through a router: a ring, what puts events into it, and a whole routing state of its own.
 *
 * @param index 0 for the first.
 * @param ring that gives events and commands their places.
 * @param intake of events into the ring.
 * @param core that routes what is in the ring.
 */
record Lane(int index, CommandRing ring, LaneIntake intake, RoutingCore core) {}

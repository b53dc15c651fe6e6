/** Off-heap memory that grows in small steps and never moves, and the seeded hash that spreads keys over it. */
package io.eventrouter.memory;

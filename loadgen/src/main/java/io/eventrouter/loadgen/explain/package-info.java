/** Why each subscriber gets one event or does not: reasons found by asking every subscriber, checked by routing it. */
package io.eventrouter.loadgen.explain;

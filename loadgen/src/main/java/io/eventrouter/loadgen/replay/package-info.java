/** A replay: a trace routed through a router in the same process, and what came out of it. */
package io.eventrouter.loadgen.replay;

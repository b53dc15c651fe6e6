/** Other people's matchers, ceilings and collections behind the same few methods as the router's own matcher. */
package io.eventrouter.benchmarks.peers;

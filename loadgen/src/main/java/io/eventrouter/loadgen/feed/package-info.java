/** The way into a router from one thread that does not wait for answers. */
package io.eventrouter.loadgen.feed;

/** The rules: which scopes an event is in, who hears it, what a command changes. One thread, no clock, no files. */
package io.eventrouter.routing;

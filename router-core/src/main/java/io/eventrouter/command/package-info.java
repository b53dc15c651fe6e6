/** What can be told to a router besides events, and how it answers. */
package io.eventrouter.command;

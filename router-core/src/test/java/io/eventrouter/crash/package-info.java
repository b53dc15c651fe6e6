/** Routers in processes of their own that are killed, and what they leave behind. */
package io.eventrouter.crash;

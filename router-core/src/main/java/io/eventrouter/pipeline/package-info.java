/**
 * The lanes between publishing threads and handlers: their rings, the threads that serve them, the order of commands.
 */
package io.eventrouter.pipeline;

/** The ring between publishing threads and the routing thread, and the threads that serve it. */
package io.eventrouter.pipeline;

/** How events leave the router: the embedder's handler, what it is told, and what it answers. */
package io.eventrouter.delivery;

/**
 * An in-memory router of device events: who may hear what, and what it costs whom. Begin with
 * {@link io.eventrouter.EventRouter}.
 */
package io.eventrouter;

/** Events on their way in and out: drafts that are published, their names and limits, and routed events. */
package io.eventrouter.event;

package io.eventrouter.command;

import io.eventrouter.event.EventLimits;
import io.eventrouter.event.EventNames;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.util.Objects;

/**
 * An open stream of events.
 *
 * @param id of the stream: 1 to 64 bytes, unique among open streams.
 * @param scope whose events it shows.
 * @param device the only device whose events it shows; null for any.
 * @param prefix of event names, up to 64 bytes; empty for every event.
 */
public record EventStream(String id, ScopeId scope, EntityId device, String prefix) {
    public EventStream {
        EventNames.check("stream id", id, 1, Integration.MAX_ID_LENGTH);
        Objects.requireNonNull(scope, "scope");
        EventNames.check("stream prefix", prefix, 0, EventLimits.MAX_PREFIX_LENGTH);
    }

    /**
     * A stream of everything in a scope.
     *
     * @param id of the stream.
     * @param scope whose events it shows.
     * @return the stream.
     */
    public static EventStream of(final String id, final ScopeId scope) {
        return new EventStream(id, scope, null, "");
    }
}

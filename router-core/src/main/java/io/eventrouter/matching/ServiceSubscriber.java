package io.eventrouter.matching;

import io.eventrouter.delivery.RecipientKind;

/** An integration, Logic function or stream as the routing thread knows it. */
public final class ServiceSubscriber {
    private final RecipientKind kind;
    private final String id;
    private final int handle;
    private int device;
    private Object definition;
    private int[] scopes = {};
    private int firstElement;

    ServiceSubscriber(final RecipientKind kind, final String id, final int handle) {
        this.kind = kind;
        this.id = id;
        this.handle = handle;
    }

    /**
     * What it is.
     *
     * @return integration, Logic function or stream.
     */
    public RecipientKind kind() {
        return kind;
    }

    /**
     * Its public id.
     *
     * @return the id as it was given.
     */
    public String id() {
        return id;
    }

    /**
     * The only device whose events it takes.
     *
     * @return handle of the device, 0 for any.
     */
    public int device() {
        return device;
    }

    /**
     * Names it, for {@link ServiceSubscribers#get}.
     *
     * @return the handle, never 0.
     */
    public int handle() {
        return handle;
    }

    /** Handles of the scopes whose it is. */
    int[] scopes() {
        return scopes;
    }

    <T> T definition(final Class<T> type) {
        return type.cast(definition);
    }

    void define(final Object newDefinition, final int onlyDevice, final int[] newScopes) {
        definition = newDefinition;
        device = onlyDevice;
        scopes = newScopes;
    }

    int firstElement() {
        return firstElement;
    }

    void firstElement(final int element) {
        firstElement = element;
    }
}

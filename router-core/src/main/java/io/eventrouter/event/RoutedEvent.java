package io.eventrouter.event;

import org.agrona.DirectBuffer;

/**
 * An event at its place in the router's order: a view of the ring, without a copy; or of a copy, if it is for so many
 * devices that it is delivered to them in slices.
 *
 * <p>Valid only inside the call that it was passed to.
 */
public interface RoutedEvent {
    /**
     * The event's id: unique in this router, and its place in the order of its lane, whose number is in the lowest
     * bits. Ids grow in each lane but are not dense.
     *
     * @return the sequence that the publish returned.
     */
    long sequence();

    /**
     * Who made the event.
     *
     * @return the origin.
     */
    EventOrigin origin();

    /**
     * The number that the publisher attached.
     *
     * @return the number.
     */
    long correlationId();

    /**
     * When the event was received.
     *
     * @return milliseconds since the epoch.
     */
    long publishedAtMs();

    /**
     * The buffer that holds name and payload.
     *
     * @return the buffer.
     */
    DirectBuffer buffer();

    /**
     * Where the name starts.
     *
     * @return the offset in bytes.
     */
    int nameOffset();

    /**
     * How long the name is.
     *
     * @return bytes, 1 to 255.
     */
    int nameLength();

    /**
     * Where the payload starts.
     *
     * @return the offset in bytes.
     */
    int payloadOffset();

    /**
     * How long the payload is.
     *
     * @return bytes, 0 to 100,000.
     */
    int payloadLength();

    /**
     * The name as text. Allocates.
     *
     * @return the name.
     */
    String name();

    /**
     * Whether a device published the event, or Logic did in its name, or the event is a system event about it. Hook
     * events have no publisher.
     *
     * @return true if there is a publishing device.
     */
    boolean hasPublisher();

    /**
     * First 64 bits of the id of the publishing device.
     *
     * @return the bits; 0 without {@link #hasPublisher()}.
     */
    long publisherIdHigh();

    /**
     * Last 32 bits of the id of the publishing device.
     *
     * @return the bits; 0 without {@link #hasPublisher()}.
     */
    int publisherIdLow();

    /**
     * The product in whose scope the event is.
     *
     * @return its id, or 0 for none.
     */
    int productId();

    /**
     * Whether the event is in the scope of an owner: a user or customer.
     *
     * @return true if it is.
     */
    boolean hasOwner();

    /**
     * First 64 bits of the id of the owner in whose scope the event is.
     *
     * @return the bits; 0 without {@link #hasOwner()}.
     */
    long ownerIdHigh();

    /**
     * Last 32 bits of the id of the owner in whose scope the event is.
     *
     * @return the bits; 0 without {@link #hasOwner()}.
     */
    int ownerIdLow();
}

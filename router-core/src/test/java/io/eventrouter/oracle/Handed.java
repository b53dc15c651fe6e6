package io.eventrouter.oracle;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.identity.EntityId;
import java.util.Set;
import java.util.TreeSet;

/**
 * One event as it was handed to one recipient.
 *
 * @param recipient its kind, a colon and its id, such as {@code stream:s1}.
 * @param name of the event.
 * @param operations that the delivery cost up to the answer of the handler, all attempts together.
 * @param payloadLength in bytes.
 * @param payloadChecksum of the bytes.
 * @param publisher the publishing device, or "none".
 * @param scopes that the event is in: owner and product.
 */
public record Handed(
        String recipient,
        String name,
        long operations,
        int payloadLength,
        long payloadChecksum,
        String publisher,
        String scopes) {
    /** What a real router hands over, to a handler that answers with this outcome. */
    public static Handed of(final Delivery delivery, final AttemptOutcome outcome) {
        final RoutedEvent event = delivery.event();
        final byte[] payload = new byte[event.payloadLength()];
        event.buffer().getBytes(event.payloadOffset(), payload);
        return new Handed(
                recipientOf(delivery),
                event.name(),
                (long) delivery.operationsPerAttempt() * (outcome == null ? 1 : outcome.attempts()),
                payload.length,
                Payload.checksum(payload, 0, payload.length),
                event.hasPublisher() ? EntityId.toText(event.publisherIdHigh(), event.publisherIdLow()) : "none",
                scopesOf(event));
    }

    /** A recipient's kind, a colon and its id. */
    public static String recipientOf(final Delivery delivery) {
        switch (delivery.recipientKind()) {
            case DEVICE:
                return "device:" + EntityId.toText(delivery.deviceIdHigh(), delivery.deviceIdLow());
            case INTEGRATION:
                return "integration:" + delivery.recipientId();
            case LOGIC_FUNCTION:
                return "logic:" + delivery.recipientId();
            default:
                return "stream:" + delivery.recipientId();
        }
    }

    private static String scopesOf(final RoutedEvent event) {
        final Set<String> scopes = new TreeSet<>();
        if (event.hasOwner()) {
            scopes.add("user:" + EntityId.toText(event.ownerIdHigh(), event.ownerIdLow()));
        }
        if (event.productId() != 0) {
            scopes.add("product:" + event.productId());
        }
        return scopes.toString();
    }

    @Override
    public String toString() {
        return recipient + " <- \"" + name + "\" operations=" + operations + " payload=" + payloadLength + " bytes #"
                + Long.toHexString(payloadChecksum) + " publisher=" + publisher + " scopes=" + scopes;
    }
}

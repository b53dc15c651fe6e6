package io.eventrouter.oracle;

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
record Handed(
        String recipient,
        String name,
        long operations,
        int payloadLength,
        long payloadChecksum,
        String publisher,
        String scopes) {
    @Override
    public String toString() {
        return recipient + " <- \"" + name + "\" operations=" + operations + " payload=" + payloadLength + " bytes #"
                + Long.toHexString(payloadChecksum) + " publisher=" + publisher + " scopes=" + scopes;
    }
}

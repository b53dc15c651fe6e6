package io.eventrouter.event;

import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.JvmFlags;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An event that is about to be published: say where it comes from, name it, give it a payload, publish it, use the
 * draft again.
 *
 * <p><b>Threading:</b> a draft belongs to one publishing thread. <b>Allocation:</b> none after construction. The
 * name is copied into the draft; the payload is only referred to and must stay as it is until the publish returns.
 * Setters refuse nothing but an id that is null, with a {@link NullPointerException}: the publish does, with a code,
 * and {@link #explain(long)} says what was wrong.
 */
public final class EventDraft {
    /** In the copy of a name, stands for every character that is not ASCII. */
    static final byte UNPRINTABLE = 0;

    private static final int MISSING = -1;
    private static final long PRINTABLE_BYTES = 0x2020202020202020L;

    /** As a publication time: the router's clock at acceptance. */
    public static final long NOW = Long.MIN_VALUE;

    private final UnsafeBuffer name;
    private final UnsafeBuffer noBytes;
    private final UnsafeBuffer payloadView;

    private EventOrigin origin;
    private long idHigh;
    private int idLow;
    private boolean hasId;
    private int deviceHandle;
    private int productId;
    private int nameLength;
    private boolean hasReservedName;
    private DirectBuffer payload;
    private int payloadOffset;
    private int payloadLength;
    private long publishedAtMs = NOW;
    private long correlationId;

    /**
     * A draft without origin, name and payload.
     *
     * @throws IllegalStateException if the JVM runs without the flag that agrona needs; the message has the flag.
     */
    public EventDraft() {
        JvmFlags.check();
        name = new UnsafeBuffer(new byte[EventLimits.MAX_CLOUD_NAME_LENGTH + 1]);
        noBytes = new UnsafeBuffer(new byte[0]);
        payloadView = new UnsafeBuffer(new byte[0]);
        payload = noBytes;
    }

    /**
     * A device publishes the event.
     *
     * @param idHigh first 64 bits of the device's id.
     * @param idLow last 32 bits of the device's id.
     * @return this.
     */
    public EventDraft fromDevice(final long idHigh, final int idLow) {
        return from(EventOrigin.DEVICE, true, idHigh, idLow, 0);
    }

    /**
     * A device publishes the event whose handle its connection has kept, so that nobody looks the device up.
     *
     * @param idHigh first 64 bits of the device's id.
     * @param idLow last 32 bits of the device's id.
     * @param handle that the router {@linkplain io.eventrouter.EventRouter#deviceHandle has for the device}, or 0. The
     *     event is that of the id, whatever the handle: a wrong one costs the routing thread a look-up.
     * @return this.
     */
    public EventDraft fromDevice(final long idHigh, final int idLow, final int handle) {
        from(EventOrigin.DEVICE, true, idHigh, idLow, 0);
        deviceHandle = handle;
        return this;
    }

    /**
     * A device publishes the event.
     *
     * @param device that publishes.
     * @return this.
     */
    public EventDraft fromDevice(final EntityId device) {
        return fromDevice(device.high(), device.low());
    }

    /**
     * An API call publishes to the stream of the calling user.
     *
     * @param user that calls.
     * @return this.
     */
    public EventDraft fromUser(final EntityId user) {
        return from(EventOrigin.API_USER, true, user.high(), user.low(), 0);
    }

    /**
     * An API call publishes to a product.
     *
     * @param productId of the product.
     * @param caller the calling user, or null if that is not known; matters in the era before March 2023 only.
     * @return this.
     */
    public EventDraft toProduct(final int productId, final EntityId caller) {
        return caller == null
                ? from(EventOrigin.API_PRODUCT, false, 0, 0, productId)
                : from(EventOrigin.API_PRODUCT, true, caller.high(), caller.low(), productId);
    }

    /**
     * A Logic function publishes to a product.
     *
     * @param productId of the product.
     * @return this.
     */
    public EventDraft fromLogic(final int productId) {
        return from(EventOrigin.LOGIC, false, 0, 0, productId);
    }

    /**
     * A Logic function publishes as if the event came from a device.
     *
     * @param device whose scopes the event gets.
     * @return this.
     */
    public EventDraft fromLogicAsDevice(final EntityId device) {
        return from(EventOrigin.LOGIC_AS_DEVICE, true, device.high(), device.low(), 0);
    }

    /**
     * An integration was served for an event of a device.
     *
     * @param idHigh first 64 bits of the id of the device whose event triggered the integration.
     * @param idLow last 32 bits of its id.
     * @return this.
     */
    public EventDraft fromHook(final long idHigh, final int idLow) {
        return from(EventOrigin.HOOK, true, idHigh, idLow, 0);
    }

    /**
     * An integration was served for an event of a device.
     *
     * @param device whose event triggered the integration.
     * @return this.
     */
    public EventDraft fromHook(final EntityId device) {
        return fromHook(device.high(), device.low());
    }

    /**
     * The cloud says something about a device.
     *
     * @param device that is concerned.
     * @return this.
     */
    public EventDraft fromSystem(final EntityId device) {
        return from(EventOrigin.SYSTEM, true, device.high(), device.low(), 0);
    }

    /**
     * Name the event.
     *
     * @param text of the name; characters outside ASCII make it invalid.
     * @return this.
     */
    public EventDraft name(final CharSequence text) {
        if (text == null) {
            nameLength = MISSING;
            return this;
        }
        nameLength = text.length();
        final int copied = Math.min(nameLength, EventLimits.MAX_CLOUD_NAME_LENGTH);
        name.putLong(copied & -Long.BYTES, PRINTABLE_BYTES);
        for (int i = 0; i < copied; i++) {
            final char c = text.charAt(i);
            name.putByte(i, c < 0x80 ? (byte) c : UNPRINTABLE);
        }
        return this;
    }

    /**
     * Name the event.
     *
     * @param buffer that holds the name.
     * @param offset of the name.
     * @param length of the name in bytes.
     * @return this.
     */
    public EventDraft name(final DirectBuffer buffer, final int offset, final int length) {
        nameLength = isInside(buffer, offset, length) ? length : MISSING;
        if (nameLength > 0) {
            final int copied = Math.min(length, EventLimits.MAX_CLOUD_NAME_LENGTH);
            name.putLong(copied & -Long.BYTES, PRINTABLE_BYTES);
            name.putBytes(0, buffer, offset, copied);
        }
        return this;
    }

    /**
     * Give the event a payload, which is not copied before the publish.
     *
     * @param buffer that holds the payload.
     * @param offset of the payload.
     * @param length of the payload in bytes.
     * @return this.
     */
    public EventDraft payload(final DirectBuffer buffer, final int offset, final int length) {
        payload = buffer;
        payloadOffset = offset;
        payloadLength = length;
        return this;
    }

    /**
     * Give the event a payload, which is not copied before the publish.
     *
     * @param bytes of the payload.
     * @return this.
     */
    public EventDraft payload(final byte[] bytes) {
        if (bytes == null) {
            return payload(null, 0, 0);
        }
        payloadView.wrap(bytes);
        return payload(payloadView, 0, bytes.length);
    }

    /**
     * Give the event an empty payload.
     *
     * @return this.
     */
    public EventDraft noPayload() {
        return payload(noBytes, 0, 0);
    }

    /**
     * Say when the event was received.
     *
     * @param epochMs milliseconds since the epoch, or {@link #NOW} (the default).
     * @return this.
     */
    public EventDraft publishedAtMs(final long epochMs) {
        publishedAtMs = epochMs;
        return this;
    }

    /**
     * Attach a number that comes back with every delivery of the event.
     *
     * @param id any value; 0 by default.
     * @return this.
     */
    public EventDraft correlationId(final long id) {
        correlationId = id;
        return this;
    }

    /**
     * Check what can be checked without knowing the fleet.
     *
     * @return 0, or the code of the first rule that the draft breaks.
     */
    public long validate() {
        if (origin == null || !hasName() || !hasPayload()) {
            return PublishResult.INCOMPLETE_DRAFT;
        }
        if (nameLength == 0 || nameLength > origin.maxNameLength()) {
            return PublishResult.INVALID_NAME_LENGTH;
        }
        // The name is followed by printable bytes up to a whole word.
        if (!EventNames.isPrintable(name, 0, BitUtil.align(nameLength, Long.BYTES))) {
            return PublishResult.INVALID_NAME_CHARACTER;
        }
        if (payloadLength > origin.maxPayloadLength()) {
            return PublishResult.PAYLOAD_TOO_LONG;
        }
        hasReservedName = EventNames.isReserved(name, 0, nameLength);
        if (origin == EventOrigin.DEVICE && hasReservedName) {
            return PublishResult.RESERVED_NAME;
        }
        if (origin == EventOrigin.SYSTEM && !hasReservedName) {
            return PublishResult.NAME_NOT_RESERVED;
        }
        return 0;
    }

    /**
     * Why this draft was refused, with the value and the limit where the draft itself was wrong; a full ring and limits
     * of tenants are {@linkplain PublishResult#describe named} only. Allocates: meant for reports.
     *
     * @param code that the publish of this draft returned, as long as the draft was not changed.
     * @return a sentence.
     * @throws IllegalArgumentException if it is negative and none of the codes.
     */
    public String explain(final long code) {
        return new DraftExplanation(this).of(code);
    }

    /**
     * Where the event comes from.
     *
     * @return the origin, or null if none was set.
     */
    public EventOrigin origin() {
        return origin;
    }

    /**
     * First 64 bits of the id of the device or calling user.
     *
     * @return the bits; 0 without {@link #hasId()}.
     */
    public long idHigh() {
        return idHigh;
    }

    /**
     * Last 32 bits of the id of the device or calling user.
     *
     * @return the bits; 0 without {@link #hasId()}.
     */
    public int idLow() {
        return idLow;
    }

    /**
     * Whether a device or calling user is known.
     *
     * @return true if one is.
     */
    public boolean hasId() {
        return hasId;
    }

    /**
     * The handle of the device that publishes.
     *
     * @return what was given with its id, or 0.
     */
    public int deviceHandle() {
        return deviceHandle;
    }

    /**
     * The product that is published to.
     *
     * @return its id, or 0 where the origin names none.
     */
    public int productId() {
        return productId;
    }

    /**
     * The bytes of the name, from offset 0.
     *
     * @return the buffer.
     */
    public DirectBuffer nameBuffer() {
        return name;
    }

    /**
     * Eight bytes of the name at a time, those behind its end printable.
     *
     * @param offset of the first of them, a multiple of 8, before the end of a name that {@link #validate} has found
     *     valid.
     * @return the bytes, in the order of the machine.
     */
    public long nameWord(final int offset) {
        return name.getLong(offset);
    }

    /**
     * Length of the name as it was given, which can be more than a name may have.
     *
     * @return bytes.
     */
    public int nameLength() {
        return nameLength;
    }

    /**
     * Whether the name is reserved, as {@link #validate} has found.
     *
     * @return true if it is.
     */
    public boolean hasReservedName() {
        return hasReservedName;
    }

    /**
     * The buffer that holds the payload.
     *
     * @return the buffer.
     */
    public DirectBuffer payloadBuffer() {
        return payload;
    }

    /**
     * Where the payload starts.
     *
     * @return the offset in bytes.
     */
    public int payloadOffset() {
        return payloadOffset;
    }

    /**
     * Length of the payload.
     *
     * @return bytes.
     */
    public int payloadLength() {
        return payloadLength;
    }

    /**
     * When the event was received.
     *
     * @return milliseconds since the epoch, or {@link #NOW}.
     */
    public long publishedAtMs() {
        return publishedAtMs;
    }

    /**
     * The number that comes back with every delivery.
     *
     * @return the number.
     */
    public long correlationId() {
        return correlationId;
    }

    /** Whether there is a name, of whatever length. */
    boolean hasName() {
        return nameLength != MISSING;
    }

    /** Whether there is a payload, which lies inside its buffer. */
    boolean hasPayload() {
        return isInside(payload, payloadOffset, payloadLength);
    }

    private static boolean isInside(final DirectBuffer buffer, final int offset, final int length) {
        return buffer != null && offset >= 0 && length >= 0 && offset <= buffer.capacity() - length;
    }

    private EventDraft from(
            final EventOrigin origin, final boolean hasId, final long idHigh, final int idLow, final int productId) {
        this.origin = origin;
        this.hasId = hasId;
        this.idHigh = idHigh;
        this.idLow = idLow;
        this.deviceHandle = 0;
        this.productId = productId;
        return this;
    }
}

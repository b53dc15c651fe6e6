package io.eventrouter.event;

/**
 * What the data path returns: a sequence, which is zero or positive, or one of these negative codes. A refused
 * event has changed nothing and was counted under its reason.
 */
public final class PublishResult {
    /** The ring is full: nothing was taken, try again later. */
    public static final long BACK_PRESSURED = -1;

    /** The router is closed or closing. */
    public static final long CLOSED = -2;

    /** The name is empty or longer than its origin may use. */
    public static final long INVALID_NAME_LENGTH = -3;

    /** The name has a byte outside printable ASCII. */
    public static final long INVALID_NAME_CHARACTER = -4;

    /** A device may not publish a name that starts with {@code particle} or {@code spark}. */
    public static final long RESERVED_NAME = -5;

    /** A system event must have a name that starts with {@code particle} or {@code spark}. */
    public static final long NAME_NOT_RESERVED = -6;

    /** The payload is longer than its origin may use. */
    public static final long PAYLOAD_TOO_LONG = -7;

    /** No such device is registered. */
    public static final long UNKNOWN_DEVICE = -8;

    /** No such user is registered. */
    public static final long UNKNOWN_USER = -9;

    /** No such product is registered. */
    public static final long UNKNOWN_PRODUCT = -10;

    /**
     * The draft has no origin, or a name or payload that does not lie inside its buffer; or it is the answer of an
     * integration and does not come from a hook.
     */
    public static final long INCOMPLETE_DRAFT = -11;

    /**
     * The report has no outcome or that of a delivery which was not attempted, or a number of operations that no
     * delivery to a device has, which is 0 to 16.
     */
    public static final long INVALID_REPORT = -12;

    /**
     * Too many fan-outs of the account are pending, each of more devices than are delivered to in one go. Told to the
     * refusal handler, at the event's place in the order.
     */
    public static final long TOO_MANY_PENDING_FAN_OUTS = -13;

    /** More than half of the ring is taken, and this publisher has its share of it: try again later. */
    public static final long RING_SHARE_EXCEEDED = -14;

    /** The device publishes faster than it may. */
    public static final long DEVICE_RATE_EXCEEDED = -15;

    /** The account publishes faster than it may. */
    public static final long ACCOUNT_RATE_EXCEEDED = -16;

    private PublishResult() {}

    /**
     * A code in words.
     *
     * @param result of a publish.
     * @return the words; for a sequence, that it was accepted.
     * @throws IllegalArgumentException if it is negative and none of the codes.
     */
    public static String describe(final long result) {
        if (result >= 0) {
            return "accepted";
        }
        if (result != (int) result) {
            throw unknown(result);
        }
        switch ((int) result) {
            case (int) BACK_PRESSURED:
                return "back-pressured";
            case (int) CLOSED:
                return "closed";
            case (int) INVALID_NAME_LENGTH:
                return "invalid name length";
            case (int) INVALID_NAME_CHARACTER:
                return "invalid name character";
            case (int) RESERVED_NAME:
                return "reserved name";
            case (int) NAME_NOT_RESERVED:
                return "name not reserved";
            case (int) PAYLOAD_TOO_LONG:
                return "payload too long";
            case (int) UNKNOWN_DEVICE:
                return "unknown device";
            case (int) UNKNOWN_USER:
                return "unknown user";
            case (int) UNKNOWN_PRODUCT:
                return "unknown product";
            case (int) INCOMPLETE_DRAFT:
                return "incomplete draft";
            case (int) INVALID_REPORT:
                return "invalid report";
            case (int) TOO_MANY_PENDING_FAN_OUTS:
                return "too many pending fan-outs";
            case (int) RING_SHARE_EXCEEDED:
                return "ring share exceeded";
            case (int) DEVICE_RATE_EXCEEDED:
                return "device rate exceeded";
            case (int) ACCOUNT_RATE_EXCEEDED:
                return "account rate exceeded";
            default:
                throw unknown(result);
        }
    }

    private static IllegalArgumentException unknown(final long code) {
        return new IllegalArgumentException("unknown code: code=" + code);
    }
}

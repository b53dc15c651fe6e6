package io.eventrouter.status;

import io.eventrouter.command.Refusal;
import io.eventrouter.event.PublishResult;

/**
 * What a router counts about itself. Identities that always hold once the ring is empty:
 *
 * <ul>
 *   <li>events offered, a hook response counting as its events when accepted and as one when refused, =
 *       {@link #EVENTS_ACCEPTED} + the sum of all {@code EVENTS_REFUSED_…} + {@link #EVENTS_LEFT_AT_CLOSE}
 *   <li>{@link #EVENTS_ACCEPTED} = {@link #EVENTS_ROUTED} + {@link #EVENTS_UNROUTABLE} + {@link #EVENTS_DROPPED_PAUSED}
 *   <li>{@link #DEVICES_MATCHED} = {@link #DELIVERIES_TO_DEVICES} + the sum of all {@code DEVICES_SKIPPED_…}
 * </ul>
 */
public enum RouterCounter {
    /**
     * Events that were taken, and not refused at their place in the order either: a sequence alone does not say that.
     */
    EVENTS_ACCEPTED,
    /** Accepted events with at least one scope, whoever listened. */
    EVENTS_ROUTED,
    /** Accepted events without any scope: they went nowhere and cost nothing. */
    EVENTS_UNROUTABLE,
    /** Accepted events that were dropped because the account of their origin is paused. */
    EVENTS_DROPPED_PAUSED,
    /** Refused because the ring was full. */
    EVENTS_REFUSED_BACK_PRESSURED,
    /** Refused because the router was closed. */
    EVENTS_REFUSED_CLOSED,
    /** Refused for the length of the name. */
    EVENTS_REFUSED_INVALID_NAME_LENGTH,
    /** Refused for a byte of the name. */
    EVENTS_REFUSED_INVALID_NAME_CHARACTER,
    /** Refused because a device used a reserved name. */
    EVENTS_REFUSED_RESERVED_NAME,
    /** Refused because a system event used a name that is not reserved. */
    EVENTS_REFUSED_NAME_NOT_RESERVED,
    /** Refused for the length of the payload. */
    EVENTS_REFUSED_PAYLOAD_TOO_LONG,
    /** Refused because no such device is registered. */
    EVENTS_REFUSED_UNKNOWN_DEVICE,
    /** Refused because no such user is registered. */
    EVENTS_REFUSED_UNKNOWN_USER,
    /** Refused because no such product is registered. */
    EVENTS_REFUSED_UNKNOWN_PRODUCT,
    /**
     * Refused because the draft had no origin, a name or payload outside its buffer, or as an answer not from a hook.
     */
    EVENTS_REFUSED_INCOMPLETE_DRAFT,
    /** Refused because the account had as many fan-outs pending as it may. */
    EVENTS_REFUSED_TOO_MANY_PENDING_FAN_OUTS,
    /** Refused because more than half of the ring was taken, and the publisher had its share of it. */
    EVENTS_REFUSED_RING_SHARE_EXCEEDED,
    /** Refused because the device published faster than it may. */
    EVENTS_REFUSED_DEVICE_RATE_EXCEEDED,
    /** Refused because the account published faster than it may. */
    EVENTS_REFUSED_ACCOUNT_RATE_EXCEEDED,
    /** Events that had a place in the order when the router was closed, and were never begun with. */
    EVENTS_LEFT_AT_CLOSE,
    /** Subscribed devices that an event matched by scope, policy and name. */
    DEVICES_MATCHED,
    /** Deliveries handed over for devices. */
    DELIVERIES_TO_DEVICES,
    /** Matched devices that were offline. */
    DEVICES_SKIPPED_OFFLINE,
    /** Matched devices that cannot receive so long a payload. */
    DEVICES_SKIPPED_TOO_LARGE,
    /** Matched devices whose account is paused. */
    DEVICES_SKIPPED_PAUSED,
    /** Matched devices whose delivery the handler did not attempt; nothing was charged. */
    DEVICES_SKIPPED_NOT_ATTEMPTED,
    /** Deliveries handed over for integrations. */
    DELIVERIES_TO_INTEGRATIONS,
    /** Deliveries handed over for Logic functions. */
    DELIVERIES_TO_LOGIC_FUNCTIONS,
    /** Deliveries handed over for streams. */
    DELIVERIES_TO_STREAMS,
    /**
     * Integrations, Logic functions and streams that an event was for and whose delivery the handler did not attempt.
     */
    SERVICES_SKIPPED_NOT_ATTEMPTED,
    /** Deliveries, of those handed over, whose handler threw. */
    DELIVERIES_HANDLER_FAILED,
    /** Reports of attempts that were applied. */
    ATTEMPT_REPORTS_APPLIED,
    /** Reports of attempts that were refused: full ring, closed router, unknown device or bad number. */
    ATTEMPT_REPORTS_REFUSED,
    /** Reports of attempts that had a place in the order when the router was closed, and were never applied. */
    ATTEMPT_REPORTS_LEFT_AT_CLOSE,
    /** Devices that went offline because three attempts failed; if in several lanes at once, in each of them. */
    DEVICES_TIMED_OUT,
    /** Commands that took effect. */
    COMMANDS_APPLIED,
    /** Commands that were refused at their place in the order. */
    COMMANDS_REFUSED,
    /** Refused commands of {@link #COMMANDS_REFUSED}: the router holds as many devices as it was started for. */
    COMMANDS_REFUSED_DEVICE_LIMIT,
    /** Refused commands of {@link #COMMANDS_REFUSED}: it holds as many accounts as it was started for. */
    COMMANDS_REFUSED_ACCOUNT_LIMIT,
    /** Refused commands of {@link #COMMANDS_REFUSED}: the device has as many subscriptions as it may. */
    COMMANDS_REFUSED_SUBSCRIPTION_LIMIT,
    /** Refused commands of {@link #COMMANDS_REFUSED}: the owner has as many devices as it may. */
    COMMANDS_REFUSED_OWNER_DEVICE_LIMIT,
    /** Refused commands of {@link #COMMANDS_REFUSED}: the product has as many devices as it may. */
    COMMANDS_REFUSED_PRODUCT_DEVICE_LIMIT,
    /** Refused commands of {@link #COMMANDS_REFUSED}: the account has as many products as it may. */
    COMMANDS_REFUSED_PRODUCT_LIMIT,
    /** Refused commands of {@link #COMMANDS_REFUSED}: the scope has as many services as it may. */
    COMMANDS_REFUSED_SERVICE_LIMIT,
    /** Refused commands of {@link #COMMANDS_REFUSED}: the device subscribes faster than it may. */
    COMMANDS_REFUSED_DEVICE_SUBSCRIBE_RATE,
    /** Refused commands of {@link #COMMANDS_REFUSED}: the account subscribes faster than it may. */
    COMMANDS_REFUSED_ACCOUNT_SUBSCRIBE_RATE,
    /** Refused commands of {@link #COMMANDS_REFUSED}: subscriptions have all the memory that they may have. */
    COMMANDS_REFUSED_MATCHING_MEMORY_LIMIT,
    /** Commands that were refused before the order because the disk is full. */
    COMMANDS_REFUSED_STORAGE_FULL,
    /** Commands that were refused before the order because the disk does not work. */
    COMMANDS_REFUSED_STORAGE_UNAVAILABLE,
    /** Bytes of records written to journals, without the headers of files and the marks at the ends of batches. */
    JOURNAL_BYTES_WRITTEN,
    /** Batches forced to the disk. */
    JOURNAL_FORCES,
    /** Attempts to write, force or lengthen a journal that failed, and were or will be repeated. */
    JOURNAL_FAILURES,
    /** Commands and questions that had a place in the order when the router was closed, and were never answered. */
    COMMANDS_UNANSWERED_AT_CLOSE,
    /** Data operations for publishing, over all accounts. */
    PUBLISH_OPERATIONS,
    /** Data operations for attempts to deliver, over all accounts. */
    SUBSCRIBE_OPERATIONS,
    /** Usage records that were handed to the usage handler, those that came again after a restart included. */
    USAGE_RECORDS_EMITTED,
    /** Usage records and thresholds, of those that were handed to the usage handler, for which it threw. */
    USAGE_HANDLER_FAILED,
    /** Windows of usage with records in them that became durable, each counted once for every lane that had any. */
    USAGE_WINDOWS_COMMITTED,
    /** Windows of usage that became longer, because the one before was not durable when they were due. */
    USAGE_WINDOWS_EXTENDED,
    /** Usage records that could not wait for room on their way to the usage thread, and took more memory. */
    USAGE_RECORDS_BEYOND_ROOM,
    /** Events, reports and commands during which the router itself failed; the error handler has the cause. */
    ROUTING_FAILURES;

    /**
     * The counter of events that were refused for a reason.
     *
     * @param code negative {@link PublishResult}.
     * @return the counter.
     * @throws IllegalArgumentException if it is none that an event is refused with, as
     *     {@link PublishResult#INVALID_REPORT}.
     */
    public static RouterCounter ofRefusal(final long code) {
        if (code != (int) code) {
            throw noRefusal(code);
        }
        switch ((int) code) {
            case (int) PublishResult.BACK_PRESSURED:
                return EVENTS_REFUSED_BACK_PRESSURED;
            case (int) PublishResult.CLOSED:
                return EVENTS_REFUSED_CLOSED;
            case (int) PublishResult.INVALID_NAME_LENGTH:
                return EVENTS_REFUSED_INVALID_NAME_LENGTH;
            case (int) PublishResult.INVALID_NAME_CHARACTER:
                return EVENTS_REFUSED_INVALID_NAME_CHARACTER;
            case (int) PublishResult.RESERVED_NAME:
                return EVENTS_REFUSED_RESERVED_NAME;
            case (int) PublishResult.NAME_NOT_RESERVED:
                return EVENTS_REFUSED_NAME_NOT_RESERVED;
            case (int) PublishResult.PAYLOAD_TOO_LONG:
                return EVENTS_REFUSED_PAYLOAD_TOO_LONG;
            case (int) PublishResult.UNKNOWN_DEVICE:
                return EVENTS_REFUSED_UNKNOWN_DEVICE;
            case (int) PublishResult.UNKNOWN_USER:
                return EVENTS_REFUSED_UNKNOWN_USER;
            case (int) PublishResult.UNKNOWN_PRODUCT:
                return EVENTS_REFUSED_UNKNOWN_PRODUCT;
            case (int) PublishResult.INCOMPLETE_DRAFT:
                return EVENTS_REFUSED_INCOMPLETE_DRAFT;
            case (int) PublishResult.TOO_MANY_PENDING_FAN_OUTS:
                return EVENTS_REFUSED_TOO_MANY_PENDING_FAN_OUTS;
            case (int) PublishResult.RING_SHARE_EXCEEDED:
                return EVENTS_REFUSED_RING_SHARE_EXCEEDED;
            case (int) PublishResult.DEVICE_RATE_EXCEEDED:
                return EVENTS_REFUSED_DEVICE_RATE_EXCEEDED;
            case (int) PublishResult.ACCOUNT_RATE_EXCEEDED:
                return EVENTS_REFUSED_ACCOUNT_RATE_EXCEEDED;
            default:
                throw noRefusal(code);
        }
    }

    private static IllegalArgumentException noRefusal(final long code) {
        return new IllegalArgumentException("not a refusal of an event: code=" + code);
    }

    /**
     * The counter of commands that were refused for a limit.
     *
     * @param refusal of a command.
     * @return the counter; null if no limit was in the way.
     */
    public static RouterCounter ofLimit(final Refusal refusal) {
        return switch (refusal) {
            case DEVICE_LIMIT -> COMMANDS_REFUSED_DEVICE_LIMIT;
            case ACCOUNT_LIMIT -> COMMANDS_REFUSED_ACCOUNT_LIMIT;
            case SUBSCRIPTION_LIMIT -> COMMANDS_REFUSED_SUBSCRIPTION_LIMIT;
            case OWNER_DEVICE_LIMIT -> COMMANDS_REFUSED_OWNER_DEVICE_LIMIT;
            case PRODUCT_DEVICE_LIMIT -> COMMANDS_REFUSED_PRODUCT_DEVICE_LIMIT;
            case PRODUCT_LIMIT -> COMMANDS_REFUSED_PRODUCT_LIMIT;
            case SERVICE_LIMIT -> COMMANDS_REFUSED_SERVICE_LIMIT;
            case DEVICE_SUBSCRIBE_RATE -> COMMANDS_REFUSED_DEVICE_SUBSCRIBE_RATE;
            case ACCOUNT_SUBSCRIBE_RATE -> COMMANDS_REFUSED_ACCOUNT_SUBSCRIBE_RATE;
            case MATCHING_MEMORY_LIMIT -> COMMANDS_REFUSED_MATCHING_MEMORY_LIMIT;
            default -> null;
        };
    }
}

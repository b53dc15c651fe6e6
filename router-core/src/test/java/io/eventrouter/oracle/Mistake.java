package io.eventrouter.oracle;

import java.util.List;

/** Mistakes that a router could make; each is planted in a copy of the oracle, and the comparison must notice it. */
public enum Mistake {
    /** Devices publish to their owner only. */
    SKIP_PRODUCT_SCOPE,
    /** Devices publish to their product only. */
    SKIP_OWNER_SCOPE,
    /** An event sees the claim that comes directly behind it. */
    CLAIM_ONE_STEP_EARLY,
    /** An event does not see the claim that comes directly before it. */
    CLAIM_ONE_STEP_LATE,
    /** A device that has an owner keeps it when somebody else claims it. */
    SECOND_CLAIM_IGNORED,
    /** The last byte of a prefix is not compared. */
    PREFIX_COMPARED_TOO_SHORT,
    /** A name that is its prefix does not match. */
    PREFIX_COMPARED_TOO_LONG,
    /** Names are compared without regard to case. */
    PREFIX_IGNORES_CASE,
    /** Only the first 63 bytes of names count. */
    PREFIX_CUT_TO_63,
    /** A device whose owner and product both match gets the event twice. */
    TWICE_FOR_TWO_SCOPES,
    /** A device with two matching prefixes gets the event twice. */
    TWICE_FOR_OVERLAPPING_PREFIXES,
    /** A publish that is refused is charged all the same. */
    COUNT_BEFORE_REFUSE,
    /** A quarantined device keeps its product scope. */
    QUARANTINED_IN_SCOPE,
    /** A denied device keeps its product scope. */
    DENIED_IN_SCOPE,
    /** Leaving a product keeps the flags. */
    REMOVAL_KEEPS_FLAGS,
    /** Joining a product clears the flags. */
    ADDING_CLEARS_FLAGS,
    /** Unsubscribing from one prefix has no effect. */
    FORGET_UNSUBSCRIBE,
    /** Unsubscribing from everything has no effect. */
    FORGET_UNSUBSCRIBE_ALL,
    /** The end of a session leaves subscriptions behind. */
    FORGET_END_OF_SESSION,
    /** A former owner's events still reach the device. */
    FORGET_TO_MOVE_ON_UNCLAIM,
    /** A former product's events still reach the device. */
    FORGET_TO_MOVE_BETWEEN_PRODUCTS,
    /** What the handler did not attempt is charged as a first attempt. */
    NOT_ATTEMPTED_IS_CHARGED,
    /** Second and third attempts are free. */
    COUNT_ATTEMPTS_ONCE,
    /** Who claimed a device pays for it, whoever owns its product. */
    CHARGE_THE_CLAIMER,
    /** Devices of customers outside products are free. */
    CUSTOMER_PAYS_NOTHING,
    /** Usage is counted without the product. */
    ROW_WITHOUT_PRODUCT,
    /** Hook events trigger integrations. */
    HOOKS_TRIGGER_INTEGRATIONS,
    /** Hook events count as a publish of the device that triggered them. */
    HOOKS_ARE_CHARGED,
    /** The body of an answer is not cut. */
    HOOK_BODY_NOT_CUT,
    /** The last chunk of an answer is lost. */
    HOOK_LAST_CHUNK_LOST,
    /** Hook events keep the scopes of the time after the change. */
    HOOKS_IGNORE_ERA,
    /** System events reach other devices. */
    SYSTEM_EVENTS_REACH_OTHERS,
    /** Delivering a system event costs operations. */
    SYSTEM_EVENTS_ARE_CHARGED,
    /** System events of a paused account are dropped. */
    SYSTEM_EVENTS_ARE_PAUSED,
    /** Units are rounded down. */
    UNITS_ROUNDED_DOWN,
    /** Nothing is charged for an empty payload. */
    EMPTY_PAYLOAD_IS_FREE,
    /** Offline devices receive. */
    OFFLINE_RECEIVES,
    /** A device does not receive what just fits. */
    SIZE_LIMIT_ONE_TOO_SMALL,
    /** A device receives one byte more than fits. */
    SIZE_LIMIT_ONE_TOO_LARGE,
    /** Devices of a paused account receive and are charged. */
    PAUSED_RECEIVES,
    /** Devices of a paused account publish. */
    PAUSED_PUBLISHES,
    /** Reported attempts are charged to a paused account. */
    PAUSED_PAYS_FOR_REPORTS,
    /** Three failed attempts leave a device online. */
    FAILED_STAYS_ONLINE,
    /** An organization's integration hears products that others own. */
    ORGANIZATION_INTEGRATION_IGNORES_OWNER,
    /** An organization's integration hears products that it does not list. */
    ORGANIZATION_INTEGRATION_IGNORES_LIST,
    /** Disabled integrations are triggered. */
    DISABLED_INTEGRATION_FIRES,
    /** Disabled triggers run their function. */
    DISABLED_TRIGGER_FIRES,
    /** Triggers match by prefix. */
    TRIGGER_MATCHES_PREFIX,
    /** Streams and integrations that are limited to a device are not. */
    DEVICE_FILTER_IGNORED,
    /** Hook events pass the device filter as if the triggering device had published them. */
    DEVICE_FILTER_MATCHES_HOOKS,
    /** Ids are told apart by their last 32 bits only. */
    IDS_COMPARED_BY_LOW_BITS,
    /** Claimed devices hear through their product whatever the policy. */
    PRODUCT_SCOPE_IGNORES_CLAIM,
    /** Logic events in the name of a device count as published by the device for the policy. */
    LOGIC_AS_DEVICE_TAKEN_FOR_DEVICE,
    /** Before March 2023, API calls to a product reach the devices of every user. */
    CALLER_IGNORED,
    /** A tenant may have one more of something than it may. */
    LIMIT_ONE_TOO_LARGE,
    /** A tenant may have one fewer of something than it may. */
    LIMIT_ONE_TOO_SMALL,
    /** A device that moved on still counts for its former owner. */
    LIMIT_NOT_RELEASED_BY_MOVE,
    /** An integration or function that is replaced counts beside the one that replaces it. */
    REPLACED_SERVICE_COUNTS_TWICE,
    /** A disabled integration does not count. */
    DISABLED_SERVICE_NOT_COUNTED,
    /** An event that is refused for one rate takes a token all the same. */
    REFUSED_EVENT_TAKES_TOKEN,
    /** Hook events count for the rate of the account. */
    HOOKS_TAKE_TOKENS,
    /** Events of API calls do not count for the rate of the account. */
    API_TAKES_NO_TOKENS,
    /** A bucket holds one token more than it may. */
    BURST_ONE_TOO_LARGE,
    /** A clock that is set back fills all buckets. */
    CLOCK_SET_BACK_REFILLS,
    /** A subscription that is refused for the number takes a token all the same. */
    REFUSED_SUBSCRIBE_TAKES_TOKEN;

    /** An oracle with this mistake; not for those that look ahead. */
    public NaiveRouter router(final Policies policies) {
        return new MistakenRouter(this, new Scenario(0, policies, List.of()));
    }
}

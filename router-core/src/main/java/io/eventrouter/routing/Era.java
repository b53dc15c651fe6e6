package io.eventrouter.routing;

/** Which of the two sets of delivery rules a router follows; chosen at start (docs/routing-rules.md, section 4). */
public enum Era {
    /** Devices hear the events of their product too, claimed or not. */
    AFTER_2023_03,
    /** Devices hear the events of their owner only; unclaimed devices hear nothing. */
    BEFORE_2023_03
}

package io.eventrouter.routing;

/** Which events a device hears through its product; chosen at start (docs/routing-rules.md, section 4). */
public enum ProductScope {
    /** All of them. */
    ALL,
    /** Events that devices published only while the subscriber is unclaimed; hook, API and Logic events always. */
    UNCLAIMED_ONLY,
    /** Hook, API and Logic events only. */
    HOOK_AND_API_ONLY
}

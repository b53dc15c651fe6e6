/**
 * An in-memory router of device events: who may hear what, and what it costs whom. Begin with
 * {@link io.eventrouter.EventRouter}.
 *
 * <p>For embedders are this package, {@code command}, {@code delivery}, {@code event}, {@code identity},
 * {@code limits}, {@code outbox} and {@code status}; of {@code metering} the handler with its records, thresholds,
 * snapshots and granularity; of {@code journal} the disk, the sync policy and the exceptions; of {@code ownership}
 * {@link io.eventrouter.ownership.DeviceOwnership}; of {@code routing} {@link io.eventrouter.routing.Era} and
 * {@link io.eventrouter.routing.ProductScope}. Whatever else is public is so for other packages of the router, and
 * changes without notice.
 */
package io.eventrouter;

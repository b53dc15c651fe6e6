package io.eventrouter;

import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.event.RefusalHandler;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.IdleStrategy;

/** Placeholder until the real one lands. */
public final class RouterContext {
    public static final int UNLIMITED_SUBSCRIPTIONS = Integer.MAX_VALUE;
    public RouterContext deliveryHandler(final DeliveryHandler handler) { return this; }
    public RouterContext usageHandler(final UsageHandler handler) { return this; }
    public RouterContext refusalHandler(final RefusalHandler handler) { return this; }
    public RouterContext errorHandler(final ErrorHandler handler) { return this; }
    public RouterContext era(final Era era) { return this; }
    public RouterContext productScope(final ProductScope policy) { return this; }
    public RouterContext maxDevices(final int devices) { return this; }
    public RouterContext subscriptionsPerDevice(final int subscriptions) { return this; }
    public RouterContext ringSlots(final int slots) { return this; }
    public RouterContext ownershipDirectory(final Path directory) { return this; }
    public RouterContext usageWindow(final long duration, final TimeUnit unit) { return this; }
    public RouterContext usageGranularity(final UsageGranularity granularity) { return this; }
    public RouterContext epochClock(final EpochClock clock) { return this; }
    public RouterContext idleStrategy(final IdleStrategy strategy) { return this; }
    public RouterContext threadFactory(final ThreadFactory factory) { return this; }
    public RouterContext useInvoker(final boolean invoker) { return this; }
    public RouterContext hashSeed(final long seed) { return this; }
}

package io.eventrouter.loadgen.scenario;

import io.eventrouter.event.EventLimits;
import io.eventrouter.loadgen.fleet.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads accounts, products and devices. */
final class FleetSections {
    static final int MAX_ALIKE = 1_000_000;
    static final int MAX_TOPICS_OF_NAMES = 65_536;
    static final Distribution DEFAULT_SIZE = new Distribution.Fixed(64);

    private static final int MAX_DEVICES_OF_GROUP = 100_000_000;
    private static final int MAX_SUBSCRIPTIONS = 64;
    private static final long MAX_INTERVAL_NS = Quantities.durationNs("3660day");

    final Map<String, AccountGroup> accounts = Parts.byName();
    final Map<String, ProductGroup> products = Parts.byName();
    final Map<String, DeviceGroup> devices = Parts.byName();
    private final Plans plans;

    FleetSections(final Plans plans) {
        this.plans = plans;
    }

    void readAccount(final YamlValue value) {
        final YamlSection section = value.section("name", "kind", "plan", "blocks", "count");
        final String name = Parts.name(section.required("name"));
        final boolean isUser = section.choice("kind", List.of("organization", "user"), "organization")
                .equals("user");
        Parts.putNew(
                accounts,
                section,
                name,
                new AccountGroup(
                        name,
                        isUser,
                        section.as("plan", plans::named, plans.named(isUser ? "free" : "basic")),
                        section.number("blocks", 1, MAX_ALIKE, 1),
                        section.number("count", 1, MAX_ALIKE, 1)));
    }

    void readProduct(final YamlValue value) {
        final YamlSection section = value.section("name", "account", "count");
        final String name = Parts.name(section.required("name"));
        final AccountGroup account = Parts.reference(section.required("account"), accounts);
        final int count = section.number("count", 1, MAX_ALIKE, 1);
        if ((long) count * account.count() > MAX_ALIKE) {
            throw section.error("count", "must be at most " + MAX_ALIKE + " in all accounts together");
        }
        Parts.putNew(products, section, name, new ProductGroup(name, account, count));
    }

    void readDevices(final YamlValue value) {
        final YamlSection section = value.section(
                "name",
                "count",
                "product",
                "spread",
                "claimed-by",
                "owner",
                "claimed-share",
                "devices-per-owner",
                "claims",
                "max-event-size",
                "online",
                "session",
                "attempts",
                "subscriptions",
                "publishes");
        final String name = Parts.name(section.required("name"));
        final DeviceGroup group = new DeviceGroup(
                name,
                section.number("count", 1, MAX_DEVICES_OF_GROUP),
                Parts.optionalReference(section, "product", products),
                Parts.skew(section, "spread"),
                claiming(section),
                new Presence(section.share("online", 1), session(section)),
                section.bytes(
                        "max-event-size",
                        EventLimits.MIN_MAX_EVENT_SIZE,
                        EventLimits.MAX_MAX_EVENT_SIZE,
                        EventLimits.DEFAULT_MAX_EVENT_SIZE),
                section.optional("attempts").map(FleetSections::attempts).orElse(Attempts.ALWAYS_FIRST),
                subscriptions(section),
                publishes(section));
        Parts.putNew(devices, section, name, group);
    }

    private Claiming claiming(final YamlSection section) {
        final Claiming.By by = Claiming.By.valueOf(
                section.choice("claimed-by", List.of("nobody", "account", "customers", "developers"), "nobody")
                        .toUpperCase(Locale.ROOT));
        final Optional<AccountGroup> owner = Parts.optionalReference(section, "owner", accounts);
        if (owner.isPresent() != (by == Claiming.By.ACCOUNT)) {
            throw section.error("owner", owner.isPresent() ? "belongs to claimed-by: account" : "is missing");
        }
        if (owner.isPresent() && (!owner.get().isUser() || owner.get().count() != 1)) {
            throw section.error("owner", "must be one account of kind user");
        }
        if (by == Claiming.By.CUSTOMERS && !section.has("product")) {
            throw section.error("claimed-by", "customers belong to a product, but the devices are in none");
        }
        final Rate claims = section.as("claims", Quantities::rate, Rate.NEVER);
        if (by == Claiming.By.NOBODY) {
            for (final String key : List.of("claimed-share", "devices-per-owner", "claims")) {
                if (section.has(key)) {
                    throw section.error(key, "needs claimed-by, as nobody claims these devices");
                }
            }
        }
        return new Claiming(
                by,
                owner,
                section.share("claimed-share", 1),
                section.number("devices-per-owner", 1, MAX_DEVICES_OF_GROUP, 1),
                claims);
    }

    private static long session(final YamlSection section) {
        return section.as("session", text -> text.equals("none") ? Long.valueOf(0) : sessionNs(text), Long.valueOf(0));
    }

    private static Long sessionNs(final String text) {
        final long ns = Quantities.durationNs(text);
        if (ns < 1 || ns > MAX_INTERVAL_NS) {
            throw new IllegalArgumentException("must be none, or above 0 and at most 3660day: value=" + text);
        }
        return ns;
    }

    private static Attempts attempts(final YamlValue value) {
        final double[] shares = Parts.shares(value, "first", "second", "third", "never");
        return new Attempts(shares[0], shares[1], shares[2], shares[3]);
    }

    private static List<SubscriptionPattern> subscriptions(final YamlSection device) {
        final List<SubscriptionPattern> patterns = new ArrayList<>();
        for (final YamlValue value : device.items("subscriptions")) {
            patterns.add(
                    value.isText()
                            ? new SubscriptionPattern(Parts.template(value, 0), 1, 0, 1)
                            : subscription(value.section("prefix", "share", "topics", "count")));
        }
        return patterns;
    }

    private static SubscriptionPattern subscription(final YamlSection section) {
        final int topics = section.number("topics", 1, MAX_ALIKE, 0);
        final int count = section.number("count", 1, MAX_SUBSCRIPTIONS, 1);
        if (count > Math.max(1, topics)) {
            throw section.error("count", "must be at most the number of topics: count=" + count + ", topics=" + topics);
        }
        return new SubscriptionPattern(
                Parts.template(section.required("prefix"), topics), section.share("share", 1), topics, count);
    }

    private static List<PublishPattern> publishes(final YamlSection device) {
        final List<PublishPattern> patterns = new ArrayList<>();
        for (final YamlValue value : device.items("publishes")) {
            final YamlSection section = value.section("name", "every", "size", "topics", "skew");
            final int topics = section.number("topics", 1, MAX_TOPICS_OF_NAMES, 0);
            final Template name = Parts.template(section.required("name"), topics);
            section.required("name").as(FleetSections::requireNotReserved);
            patterns.add(new PublishPattern(
                    name,
                    interval(section),
                    Parts.sizes(section, "size", EventLimits.MAX_PAYLOAD_LENGTH, DEFAULT_SIZE),
                    topics,
                    Parts.skew(section, "skew")));
        }
        return patterns;
    }

    static Distribution interval(final YamlSection section) {
        return Parts.distribution(section.required("every"), Quantities::durationNs, 1, MAX_INTERVAL_NS);
    }

    private static String requireNotReserved(final String name) {
        final String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("particle") || lower.startsWith("spark")) {
            throw new IllegalArgumentException(
                    "a device may not publish a name that starts with particle or spark: value=" + name);
        }
        return name;
    }
}

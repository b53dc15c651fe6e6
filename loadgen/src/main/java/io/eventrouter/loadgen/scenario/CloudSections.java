package io.eventrouter.loadgen.scenario;

import io.eventrouter.command.HookTopics;
import io.eventrouter.event.EventLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what stands around the devices: integrations, Logic functions, streams and the API. */
final class CloudSections {
    private static final long MAX_RESPONSE_SIZE = 1 << 20;
    private static final int MAX_STREAMS_ALIKE = 1_000;

    final Map<String, IntegrationGroup> integrations = Parts.byName();
    final Map<String, LogicGroup> logic = Parts.byName();
    final Map<String, StreamGroup> streams = Parts.byName();
    final List<Broadcast> broadcasts = new ArrayList<>();
    private final FleetSections fleet;

    CloudSections(final FleetSections fleet) {
        this.fleet = fleet;
    }

    void readIntegration(final YamlValue value) {
        final YamlSection section = value.section(
                "name",
                "product",
                "account",
                "products",
                "event",
                "response-size",
                "response-topic",
                "error-topic",
                "error-share",
                "unchunked");
        Parts.requireOneOf(section, "product", "account");
        final String name = Parts.name(section.required("name"));
        final Optional<AccountGroup> account = Parts.optionalReference(section, "account", fleet.accounts);
        Parts.putNew(
                integrations,
                section,
                name,
                new IntegrationGroup(
                        name,
                        Parts.optionalReference(section, "product", fleet.products),
                        account,
                        listenedTo(section, account),
                        Parts.text(section.required("event"), EventLimits.MAX_PREFIX_LENGTH),
                        Parts.sizes(section, "response-size", MAX_RESPONSE_SIZE, new Distribution.Fixed(0)),
                        topics(section, account.isPresent() && account.get().isUser()),
                        section.share("error-share", 0)));
    }

    private List<ProductGroup> listenedTo(final YamlSection section, final Optional<AccountGroup> account) {
        if (account.isEmpty() || account.get().isUser()) {
            if (section.has("products")) {
                throw section.error("products", "only an organization's integration lists products");
            }
            return List.of();
        }
        final List<ProductGroup> owned = fleet.products.values().stream()
                .filter(product -> product.account().equals(account.get()))
                .toList();
        if (!section.has("products")) {
            return owned;
        }
        final List<ProductGroup> listed = new ArrayList<>();
        for (final YamlValue item : section.items("products")) {
            final ProductGroup product = Parts.reference(item, fleet.products);
            if (!owned.contains(product)) {
                throw item.error("is not a product of this account: value=" + item.text());
            }
            listed.add(product);
        }
        return listed;
    }

    private static HookTopics topics(final YamlSection section, final boolean isSandbox) {
        final HookTopics defaults = isSandbox ? HookTopics.SANDBOX_DEFAULT : HookTopics.PRODUCT_DEFAULT;
        return new HookTopics(
                topic(section, "response-topic", defaults.response().toString()),
                topic(section, "error-topic", defaults.error().toString()),
                section.flag("unchunked", false));
    }

    private static String topic(final YamlSection section, final String key, final String otherwise) {
        return section.as(
                key, text -> new HookTopics(text, text, false).response().toString(), otherwise);
    }

    void readLogic(final YamlValue value) {
        final YamlSection section = value.section("name", "product", "event");
        final String name = Parts.name(section.required("name"));
        Parts.putNew(
                logic,
                section,
                name,
                new LogicGroup(
                        name,
                        Parts.reference(section.required("product"), fleet.products),
                        Parts.text(section.required("event"), EventLimits.MAX_CLOUD_NAME_LENGTH)));
    }

    void readStream(final YamlValue value) {
        final YamlSection section = value.section("name", "product", "account", "prefix", "count");
        Parts.requireOneOf(section, "product", "account");
        final String name = Parts.name(section.required("name"));
        final Optional<YamlValue> prefix =
                section.optional("prefix").filter(text -> !text.text().isEmpty());
        Parts.putNew(
                streams,
                section,
                name,
                new StreamGroup(
                        name,
                        Parts.optionalReference(section, "product", fleet.products),
                        Parts.optionalReference(section, "account", fleet.accounts),
                        prefix.map(text -> Parts.text(text, EventLimits.MAX_PREFIX_LENGTH))
                                .orElse(""),
                        section.number("count", 1, MAX_STREAMS_ALIKE, 1)));
    }

    void readBroadcast(final YamlValue value) {
        final YamlSection section = value.section("name", "product", "account", "every", "size", "topics");
        Parts.requireOneOf(section, "product", "account");
        final int topics = section.number("topics", 1, FleetSections.MAX_TOPICS_OF_NAMES, 0);
        final Template name = Parts.template(section.required("name"), topics);
        if (name.hasDevice()) {
            throw section.error("name", "no device stands behind it, so it cannot have {device}");
        }
        final Optional<AccountGroup> user = Parts.optionalReference(section, "account", fleet.accounts);
        if (user.isPresent() && !user.get().isUser()) {
            throw section.error("account", "must be of kind user, as an organization has no stream to publish to");
        }
        broadcasts.add(new Broadcast(
                name,
                Parts.optionalReference(section, "product", fleet.products),
                user,
                FleetSections.interval(section),
                Parts.sizes(section, "size", EventLimits.MAX_PAYLOAD_LENGTH, FleetSections.DEFAULT_SIZE),
                topics));
    }
}

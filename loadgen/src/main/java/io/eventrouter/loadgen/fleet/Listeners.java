package io.eventrouter.loadgen.fleet;

import io.eventrouter.command.EventStream;
import io.eventrouter.command.HookTopics;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.command.TopicTemplate;
import io.eventrouter.event.EventLimits;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.Quoted;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonKind;
import io.eventrouter.loadgen.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads integrations, Logic functions and streams, checks them against the fleet and registers them there. */
public final class Listeners {
    static final Set<String> INTEGRATION_FIELDS = Set.of(
            "id",
            "user",
            "product_id",
            "organization_id",
            "products",
            "event",
            "eventName",
            "deviceID",
            "deviceid",
            "deviceId",
            "disabled",
            "responseTopic",
            "errorResponseTopic",
            "unchunked");
    static final Set<String> LOGIC_FUNCTION_FIELDS = Set.of("id", "enabled", "logic_triggers");
    static final Set<String> STREAM_FIELDS = Set.of("id", "user", "product_id", "organization_id", "device", "prefix");

    private final FleetDirectory directory;
    private final Scopes scopes;

    /**
     * Readers of definitions.
     *
     * @param directory of the fleet that they refer to.
     */
    public Listeners(final FleetDirectory directory) {
        this.directory = directory;
        this.scopes = new Scopes(directory);
    }

    /**
     * Read an integration and register it.
     *
     * @param element that defines it.
     * @return the integration.
     */
    public Integration integration(final Fields element) {
        final String id = element.textId("id");
        final ScopeId scope = scopes.read(element, false);
        final String prefix = prefix(element);
        final boolean isSandbox = scope.kind() == ScopeId.Kind.OWNER;
        final HookTopics usual = isSandbox ? HookTopics.SANDBOX_DEFAULT : HookTopics.PRODUCT_DEFAULT;
        final Integration integration = new Integration(
                id,
                scope,
                scope.kind() == ScopeId.Kind.ORGANIZATION ? products(element) : List.of(),
                prefix,
                isSandbox ? onlyDevice(element) : null,
                !element.flag("disabled", false),
                new HookTopics(
                        topic(element, "responseTopic", usual.response().toString()),
                        topic(element, "errorResponseTopic", usual.error().toString()),
                        element.flag("unchunked", false)));
        if (!directory.addIntegration(id, integration.topics())) {
            throw Unknown.duplicate(element, id);
        }
        return integration;
    }

    /**
     * Read a stream and register it.
     *
     * @param element that defines it.
     * @return the stream.
     */
    public EventStream stream(final Fields element) {
        final String id = element.textId("id");
        final ScopeId scope = scopes.read(element, true);
        final EntityId device = element.hasContent("device") ? scopes.device(element, "device") : null;
        final String prefix = element.hasContent("prefix") ? element.prefix("prefix") : "";
        if (!directory.addStream(id)) {
            throw Unknown.duplicate(element, id);
        }
        return new EventStream(id, scope, device, prefix);
    }

    LogicFunction logicFunction(final Fields element) {
        final String id = element.textId("id");
        final List<LogicFunction.Trigger> triggers = new ArrayList<>();
        for (final Fields trigger : element.objects("logic_triggers")) {
            // The others are schedules and ledger changes, which no event sets off.
            if (trigger.text("type").equals("Event")) {
                triggers.add(new LogicFunction.Trigger(
                        scopes.product(trigger, "product_id"),
                        trigger.printable(
                                trigger.hasContent("event_name") || !trigger.hasContent("event")
                                        ? "event_name"
                                        : "event",
                                EventLimits.MAX_CLOUD_NAME_LENGTH),
                        trigger.flag("enabled", true)));
            }
        }
        if (!directory.addLogicFunction(id)) {
            throw Unknown.duplicate(element, id);
        }
        return new LogicFunction(id, element.flag("enabled", true), triggers);
    }

    private static String prefix(final Fields element) {
        if (!element.hasContent("eventName")) {
            return element.prefix("event");
        }
        final String prefix = element.prefix("eventName");
        if (element.hasContent("event") && !element.prefix("event").equals(prefix)) {
            throw element.error("eventName", "differs from event: value=" + Quoted.of(prefix));
        }
        return prefix;
    }

    private EntityId onlyDevice(final Fields element) {
        EntityId device = null;
        String first = null;
        for (final String field : List.of("deviceID", "deviceid", "deviceId")) {
            if (element.hasContent(field)) {
                final EntityId named = scopes.device(element, field);
                if (device != null && !device.equals(named)) {
                    throw element.error(field, "differs from " + first + ": value=" + named);
                }
                device = named;
                first = first == null ? field : first;
            }
        }
        return device;
    }

    private List<Integer> products(final Fields element) {
        final List<Integer> products = new ArrayList<>();
        final List<JsonValue> items = element.items("products");
        for (int i = 0; i < items.size(); i++) {
            final String item = Fields.itemName("products", i);
            final long productId =
                    element.require(items.get(i), JsonKind.WHOLE_NUMBER, item).number();
            if (productId <= 0 || productId > Integer.MAX_VALUE || !directory.isProduct((int) productId)) {
                throw element.error(item, Unknown.product(productId));
            }
            if (!products.contains((int) productId)) {
                products.add((int) productId);
            }
        }
        return products;
    }

    private static String topic(final Fields element, final String field, final String usual) {
        return element.hasContent(field) ? element.printable(field, TopicTemplate.MAX_LENGTH) : usual;
    }
}

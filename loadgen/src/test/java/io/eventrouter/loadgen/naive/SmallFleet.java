package io.eventrouter.loadgen.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A fleet that is small enough to ask everybody in it about everything. */
public final class SmallFleet {
    final List<String> users = new ArrayList<>();
    final List<String> organizations = new ArrayList<>();
    /** The account of each product. */
    final Map<Integer, String> products = new TreeMap<>();
    /** The product of each customer. */
    final Map<String, Integer> customers = new TreeMap<>();

    final List<SmallDevice> devices = new ArrayList<>();
    final List<SmallHook> hooks = new ArrayList<>();
    /** Logic functions and streams as text: they cost nothing, so nobody counts what they hear. */
    final List<String> logicFunctions = new ArrayList<>();

    final List<String> streams = new ArrayList<>();

    SmallDevice device(final String id) {
        return devices.stream()
                .filter(device -> device.id.equals(id))
                .findFirst()
                .orElseThrow();
    }

    String accountOf(final SmallDevice device) {
        if (device.standing() != 0) {
            return products.get(device.standing());
        }
        if (device.owner == null) {
            return null;
        }
        return customers.containsKey(device.owner) ? products.get(customers.get(device.owner)) : "user:" + device.owner;
    }

    /** Whether anybody publishes what is said to come from there. */
    boolean hasPublisher(final String from) {
        final String id = from.substring(from.indexOf(':') + 1);
        return from.startsWith("api-")
                || devices.stream()
                        .anyMatch(device -> device.isOnline
                                && (from.equals("all")
                                        || id.equals(device.id)
                                        || id.equals(device.owner)
                                        || id.equals(Integer.toString(device.product))));
    }

    /** The fleet file. */
    public String json() {
        final List<String> productTexts = new ArrayList<>();
        products.forEach((id, account) -> productTexts.add("{\"id\":" + id + ",\""
                + (account.startsWith("user") ? "user" : "organization_id") + "\":\""
                + account.substring(account.indexOf(':') + 1) + "\"}"));
        final List<String> customerTexts = new ArrayList<>();
        customers.forEach((id, product) -> customerTexts.add("{\"id\":\"" + id + "\",\"product_id\":" + product + "}"));
        return "{\"users\":[" + objects(users) + "],\n\"organizations\":[" + objects(organizations)
                + "],\n\"products\":[" + String.join(",", productTexts) + "],\n\"customers\":["
                + String.join(",", customerTexts) + "],\n\"devices\":["
                + String.join(",\n", devices.stream().map(SmallDevice::json).toList()) + "],\n\"integrations\":["
                + String.join(",\n", hooks.stream().map(SmallHook::json).toList())
                + "],\n\"logic_functions\":[" + String.join(",\n", logicFunctions) + "],\n\"streams\":["
                + String.join(",\n", streams) + "]}";
    }

    private static String objects(final List<String> ids) {
        return String.join(
                ",", ids.stream().map(id -> "{\"id\":\"" + id + "\"}").toList());
    }
}

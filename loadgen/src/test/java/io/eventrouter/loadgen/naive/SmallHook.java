package io.eventrouter.loadgen.naive;

import java.util.List;

/**
 * An integration of a random fleet.
 *
 * @param id of it.
 * @param whose {@code user:<id>}, {@code product:<id>} or {@code organization:<id>}.
 * @param products that an organization's lists.
 * @param prefix of names.
 * @param device that it is limited to; null for none.
 * @param isEnabled whether it is.
 * @param topic of answers, in which {@code D} and {@code E} in double braces stand for device and event; null for
 *     the usual one.
 * @param isUnchunked whether an answer is one event.
 */
record SmallHook(
        String id,
        String whose,
        List<Integer> products,
        String prefix,
        String device,
        boolean isEnabled,
        String topic,
        boolean isUnchunked) {
    String json() {
        final String id0 = whose.substring(whose.indexOf(':') + 1);
        final String owner = whose.startsWith("user")
                ? "\"user\":\"" + id0 + "\""
                : whose.startsWith("product") ? "\"product_id\":" + id0 : "\"organization_id\":\"" + id0 + "\"";
        return "{\"id\":\"" + id + "\"," + owner + ",\"products\":" + products + ",\"event\":\"" + prefix + "\""
                + (device == null ? "" : ",\"deviceID\":\"" + device + "\"") + ",\"disabled\":" + !isEnabled
                + (topic == null
                        ? ""
                        : ",\"responseTopic\":\""
                                + topic.replace("{D}", "{{PARTICLE_DEVICE_ID}}")
                                        .replace("{E}", "{{{PARTICLE_EVENT_NAME}}}")
                                + "\"")
                + ",\"unchunked\":" + isUnchunked + "}";
    }

    String topic(final String forDevice, final String event) {
        final String usual = whose.startsWith("user") ? "hook-response/{E}" : "{D}/hook-response/{E}";
        return (topic == null ? usual : topic).replace("{D}", forDevice).replace("{E}", event);
    }
}

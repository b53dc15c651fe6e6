package io.eventrouter.loadgen.naive;

/**
 * An event in a random fleet.
 *
 * @param origin {@code device}, {@code hook}, {@code api-user} or {@code api-product}.
 * @param device behind it; null for those of the API.
 * @param user that calls the API; null for none.
 * @param product that the API publishes to; 0 for none.
 * @param name of the event.
 * @param length of its payload in bytes.
 */
public record SmallEvent(String origin, String device, String user, int product, String name, int length) {
    static SmallEvent byDevice(final String device, final String name, final int length) {
        return new SmallEvent("device", device, null, 0, name, length);
    }

    static SmallEvent answer(final String device, final String name, final int length) {
        return new SmallEvent("hook", device, null, 0, name, length);
    }

    int units() {
        return length == 0 ? 1 : (length + 1023) / 1024;
    }
}

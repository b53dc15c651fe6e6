package io.eventrouter.oracle;

import io.eventrouter.event.EventOrigin;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which events must be refused, and for what (docs/routing-rules.md, section 2): written out, not shared. */
class NaiveRefusals {
    private final NaiveFleet fleet;

    NaiveRefusals(final NaiveFleet fleet) {
        this.fleet = fleet;
    }

    /** Every rule that an event breaks: a router may name any of them, since the rules do not rank them. */
    Set<String> of(final Publication event) {
        final Set<String> refusals = ofUnknown(event);
        if (event.name().isEmpty() || event.name().length() > maxNameLength(event.origin())) {
            refusals.add("INVALID_NAME_LENGTH");
        }
        if (!isPrintable(event.name())) {
            refusals.add("INVALID_NAME_CHARACTER");
        }
        if (event.payload().length() > maxPayloadLength(event.origin())) {
            refusals.add("PAYLOAD_TOO_LONG");
        }
        if (event.origin() == EventOrigin.DEVICE && isReserved(event.name())) {
            refusals.add("RESERVED_NAME");
        }
        if (event.origin() == EventOrigin.SYSTEM && !isReserved(event.name())) {
            refusals.add("NAME_NOT_RESERVED");
        }
        return refusals;
    }

    private Set<String> ofUnknown(final Publication event) {
        final Set<String> refusals = new TreeSet<>();
        if (event.hasDevice() && !fleet.devices.containsKey(event.id())) {
            refusals.add("UNKNOWN_DEVICE");
        }
        if (isCall(event) && event.id() != null && !fleet.users.contains(event.id())) {
            refusals.add("UNKNOWN_USER");
        }
        if (goesToProduct(event) && !fleet.products.containsKey(event.productId())) {
            refusals.add("UNKNOWN_PRODUCT");
        }
        return refusals;
    }

    boolean isReserved(final String name) {
        final String lowerCase = name.toLowerCase(Locale.ROOT);
        return lowerCase.startsWith("particle") || lowerCase.startsWith("spark");
    }

    int maxNameLength(final EventOrigin origin) {
        return origin == EventOrigin.HOOK ? 255 : 64;
    }

    int maxPayloadLength(final EventOrigin origin) {
        switch (origin) {
            case DEVICE:
            case API_USER:
            case API_PRODUCT:
                return 16_384;
            default:
                return 100_000;
        }
    }

    private static boolean isPrintable(final String name) {
        return name.chars().allMatch(c -> c >= 0x20 && c <= 0x7E);
    }

    private static boolean isCall(final Publication event) {
        return event.origin() == EventOrigin.API_USER || event.origin() == EventOrigin.API_PRODUCT;
    }

    private static boolean goesToProduct(final Publication event) {
        return event.origin() == EventOrigin.API_PRODUCT || event.origin() == EventOrigin.LOGIC;
    }
}

package io.eventrouter.loadgen.plan;

import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.scope.FleetEvent;
import java.util.function.Consumer;

/**
 * Who publishes.
 *
 * @param kind of publisher.
 * @param id of the device, owner or calling user; null where the kind needs none.
 * @param productId of the product; 0 where the kind needs none.
 */
public record PublisherSelection(Kind kind, EntityId id, int productId) {
    /** Kinds of publisher, with the words for them. */
    public enum Kind {
        /** Every device. */
        ALL("all"),
        /** The members of one product, in good standing or not. */
        PRODUCT("product"),
        /** The devices that one user or customer has claimed. */
        OWNER("owner"),
        /** One device. */
        DEVICE("device"),
        /** The API, to one product. */
        API_PRODUCT("api-product"),
        /** The API, to the stream of one user. */
        API_USER("api-user");

        private final String word;

        Kind(final String word) {
            this.word = word;
        }
    }

    /**
     * Read the words of the command line.
     *
     * @param text such as {@code all} or {@code product:30301}.
     * @return the selection.
     * @throws IllegalArgumentException if it is none.
     */
    public static PublisherSelection parse(final String text) {
        final int colon = text.indexOf(':');
        final String word = colon < 0 ? text : text.substring(0, colon);
        final String id = colon < 0 ? "" : text.substring(colon + 1);
        for (final Kind kind : Kind.values()) {
            if (kind.word.equals(word) && (kind == Kind.ALL) == (colon < 0)) {
                switch (kind) {
                    case ALL:
                        return new PublisherSelection(kind, null, 0);
                    case PRODUCT:
                    case API_PRODUCT:
                        return new PublisherSelection(kind, null, productId(id));
                    default:
                        return new PublisherSelection(kind, EntityId.parse(id), 0);
                }
            }
        }
        throw new IllegalArgumentException("must be all, product:<id>, owner:<id>, device:<id>, api-product:<id> or"
                + " api-user:<id>: value=" + text);
    }

    /**
     * Make sure that a fleet has what is selected.
     *
     * @param fleet to look into.
     * @throws IllegalArgumentException if it has not, or nobody would publish.
     */
    void check(final FleetState fleet) {
        final boolean isThere;
        switch (kind) {
            case PRODUCT:
            case API_PRODUCT:
                isThere = fleet.accountOfProduct(productId) != null;
                break;
            case DEVICE:
                isThere = fleet.device(id) != null;
                break;
            case API_USER:
                isThere = fleet.accounts().contains(AccountId.user(id));
                break;
            default:
                isThere = true;
        }
        if (!isThere) {
            throw new IllegalArgumentException("is not in the fleet: value=" + this);
        }
        if (isByDevices() && fleet.devices().stream().noneMatch(this::includes)) {
            throw new IllegalArgumentException("selects no device that is online: value=" + this);
        }
    }

    /** Whether devices publish, rather than the API. */
    boolean isByDevices() {
        return kind != Kind.API_PRODUCT && kind != Kind.API_USER;
    }

    /** Hand over an event of every publisher, in the order of the fleet, until so many are handed over. */
    void forEachEvent(
            final FleetState fleet,
            final String name,
            final int payloadLength,
            final long most,
            final Consumer<FleetEvent> events) {
        if (kind == Kind.API_PRODUCT) {
            events.accept(new FleetEvent(EventOrigin.API_PRODUCT, null, productId, name, payloadLength));
        } else if (kind == Kind.API_USER) {
            events.accept(new FleetEvent(EventOrigin.API_USER, id, 0, name, payloadLength));
        } else if (kind == Kind.DEVICE) {
            events.accept(new FleetEvent(EventOrigin.DEVICE, id, 0, name, payloadLength));
        } else {
            long count = 0;
            for (final DeviceState device : fleet.devices()) {
                if (count == most) {
                    return;
                }
                if (includes(device)) {
                    count++;
                    events.accept(new FleetEvent(EventOrigin.DEVICE, device.id(), 0, name, payloadLength));
                }
            }
        }
    }

    private boolean includes(final DeviceState device) {
        if (!device.isOnline()) {
            return false;
        }
        switch (kind) {
            case PRODUCT:
                return device.productId() == productId;
            case OWNER:
                return id.equals(device.owner());
            case DEVICE:
                return id.equals(device.id());
            default:
                return true;
        }
    }

    private static int productId(final String text) {
        try {
            final int productId = Integer.parseInt(text);
            if (productId > 0) {
                return productId;
            }
        } catch (final NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("product id must be a positive number: value=" + text);
    }

    @Override
    public String toString() {
        return kind.word + (kind == Kind.ALL ? "" : ":" + (id == null ? Integer.toString(productId) : id.toString()));
    }
}

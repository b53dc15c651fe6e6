package io.eventrouter.loadgen.scenario;

import java.util.List;

/**
 * A fleet and what is around it, in groups that are alike.
 *
 * @param accounts who pays.
 * @param products of the accounts.
 * @param devices at least one group.
 * @param integrations of products and accounts.
 * @param logic functions of products.
 * @param streams that are open.
 * @param broadcasts events that the API publishes.
 */
public record Fleet(
        List<AccountGroup> accounts,
        List<ProductGroup> products,
        List<DeviceGroup> devices,
        List<IntegrationGroup> integrations,
        List<LogicGroup> logic,
        List<StreamGroup> streams,
        List<Broadcast> broadcasts) {
    public Fleet {
        accounts = List.copyOf(accounts);
        products = List.copyOf(products);
        devices = List.copyOf(devices);
        integrations = List.copyOf(integrations);
        logic = List.copyOf(logic);
        streams = List.copyOf(streams);
        broadcasts = List.copyOf(broadcasts);
    }

    /**
     * Devices of all groups.
     *
     * @return the number.
     */
    public int deviceCount() {
        return devices.stream().mapToInt(DeviceGroup::count).sum();
    }

    /**
     * Products of all groups.
     *
     * @return the number.
     */
    public int productCount() {
        return products.stream().mapToInt(ProductGroup::totalCount).sum();
    }

    /**
     * What the fleet publishes by itself: devices and the API, from every interval.
     *
     * @return the rate, to a thousandth of an event a second.
     */
    public Rate naturalRate() {
        double perSecond = 0;
        for (final DeviceGroup group : devices) {
            for (final PublishPattern publish : group.publishes()) {
                perSecond += group.count() * publish.meanPerSecond();
            }
        }
        for (final Broadcast broadcast : broadcasts) {
            perSecond += broadcast.sourceCount() * broadcast.meanPerSecond();
        }
        return Rate.ofPerSecond(perSecond);
    }

    /** The same fleet with other devices. */
    public Fleet withDevices(final List<DeviceGroup> newDevices) {
        return new Fleet(accounts, products, newDevices, integrations, logic, streams, broadcasts);
    }
}

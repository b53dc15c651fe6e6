package io.eventrouter.matching;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.MemoryExhaustedException;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.collections.IntArrayList;

/**
 * What devices have subscribed to. A subscription lies in the scopes that its device is in and follows the device
 * from scope to scope.
 *
 * <p><b>Threading:</b> the routing thread only. <b>Cost:</b> grows with the subscriptions of the one device at hand,
 * never with those of others.
 */
public final class DeviceSubscriptions {
    /*
     * Each subscription has an element in the owner's scope if the device is claimed, one in its product's if it is
     * in good standing there, or one in the scope NOWHERE if neither. Among the prefixes of one device, one that
     * starts with another is shadowed: the shorter one matches whatever it matches. So at most one prefix of a
     * device that is not shadowed matches a name, and no event has to be checked for duplicates within a scope.
     */
    private final DeviceTable devices;
    private final PrefixTable prefixes;
    private final SubscriberLists lists;
    private final HashedName prefix;
    private final IntArrayList elements = new IntArrayList();

    /** What became of a new subscription. */
    public enum Result {
        /** It was added. */
        ADDED,
        /** The device had it already. */
        PRESENT,
        /** The device has as many as it may. */
        LIMIT_REACHED
    }

    /**
     * No subscriptions.
     *
     * @param blocks that elements live in.
     * @param devices whose subscriptions these are.
     * @param prefixes that entries are in.
     * @param prefix for this object's own use.
     */
    public DeviceSubscriptions(
            final BlockMemory blocks, final DeviceTable devices, final PrefixTable prefixes, final HashedName prefix) {
        this.devices = devices;
        this.prefixes = prefixes;
        this.prefix = prefix;
        final ChainHeads heads = new ChainHeads() {
            @Override
            public int head(final int subscriber) {
                return devices.subscriptions(subscriber);
            }

            @Override
            public void head(final int subscriber, final int element) {
                devices.subscriptions(subscriber, element);
            }
        };
        this.lists = new SubscriberLists(blocks, prefixes, new SubscriberChains(blocks.memory(), heads));
    }

    /**
     * Subscribe a device to a prefix.
     *
     * @param device handle.
     * @param text of the prefix, valid.
     * @param limit of subscriptions that the device may have.
     * @return what became of it.
     * @throws MemoryExhaustedException if there is no memory for it; nothing has changed then.
     */
    public Result add(final int device, final String text, final int limit) {
        prefix.copyOf(text);
        final int home = homeScope(device);
        int count = 0;
        for (int element = devices.subscriptions(device); element != 0; element = lists.next(element)) {
            if (isAt(element, home)) {
                count++;
                if (isExactly(lists.entry(element))) {
                    return Result.PRESENT;
                }
            }
        }
        if (count >= limit) {
            return Result.LIMIT_REACHED;
        }
        final boolean shadowed = shadowLongerPrefixes(device);
        final int reach = reach(device, shadowed);
        final int product = devices.standingProduct(device);
        try {
            install(device, home, reach);
            if (product != 0 && product != home) {
                install(device, product, reach);
            }
        } catch (final MemoryExhaustedException problem) {
            remove(device, text);
            throw problem;
        }
        return Result.ADDED;
    }

    /**
     * Take one subscription of a device back, if it has it.
     *
     * @param device handle.
     * @param text of the prefix, valid.
     */
    public void remove(final int device, final String text) {
        prefix.copyOf(text);
        int element = devices.subscriptions(device);
        while (element != 0) {
            final int next = lists.next(element);
            if (isExactly(lists.entry(element))) {
                lists.remove(element);
            }
            element = next;
        }
        // If it was shadowed itself, by a shorter one, that shadows all that start with this one as well.
        if (!startsWithAnother(device)) {
            refreshLongerPrefixes(device);
        }
    }

    /**
     * Take all subscriptions of a device back.
     *
     * @param device handle.
     */
    public void removeAll(final int device) {
        while (devices.subscriptions(device) != 0) {
            lists.remove(devices.subscriptions(device));
        }
    }

    /**
     * The device is online or offline, claimed or not, or takes longer or shorter payloads from here on.
     *
     * @param device handle, its record up to date.
     */
    public void refresh(final int device) {
        for (int element = devices.subscriptions(device); element != 0; element = lists.next(element)) {
            lists.reach(element, reach(device, isShadowed(element)));
        }
    }

    /**
     * The device is about to have another owner, product or standing: put what it has subscribed to into the scopes
     * that it will be in as well.
     *
     * @param device handle, its record still as it was.
     * @param owner scope that it will be in, 0 for none.
     * @param standingProduct scope that it will be in, 0 for none.
     * @throws MemoryExhaustedException if there is no memory for that; nothing has changed then.
     */
    public void enter(final int device, final int owner, final int standingProduct) {
        final int oldHome = homeScope(device);
        final int oldProduct = devices.standingProduct(device);
        final int home = homeScope(owner, standingProduct);
        elements.clear();
        for (int element = devices.subscriptions(device); element != 0; element = lists.next(element)) {
            if (isAt(element, oldHome)) {
                elements.addInt(element);
            }
        }
        try {
            // Elements of this device stay where they are while others of it are added, so references stay good.
            for (int i = 0; i < elements.size(); i++) {
                final int element = elements.getInt(i);
                final int reach = lists.reach(element);
                prefix.copyOf(prefixes.nameOf(lists.entry(element)));
                if (home != oldHome && home != oldProduct) {
                    install(device, home, reach);
                }
                if (standingProduct != 0
                        && standingProduct != home
                        && standingProduct != oldHome
                        && standingProduct != oldProduct) {
                    install(device, standingProduct, reach);
                }
            }
        } catch (final MemoryExhaustedException problem) {
            removeAllBut(device, oldHome, oldProduct);
            throw problem;
        }
    }

    /**
     * The device has another owner, product or standing, and has {@link #enter}ed the scopes that it is in now: take it
     * out of all others.
     *
     * @param device handle, its record up to date.
     */
    public void leave(final int device) {
        removeAllBut(device, homeScope(device), devices.standingProduct(device));
        refresh(device);
    }

    private void removeAllBut(final int device, final int home, final int product) {
        int element = devices.subscriptions(device);
        while (element != 0) {
            final int next = lists.next(element);
            if (!isAt(element, home) && !isAt(element, product)) {
                lists.remove(element);
            }
            element = next;
        }
    }

    /**
     * Whether any subscription of a device matches a name, whatever its scope.
     *
     * @param device handle.
     * @param name of an event.
     * @return true if one does.
     */
    public boolean matches(final int device, final HashedName name) {
        for (int element = devices.subscriptions(device); element != 0; element = lists.next(element)) {
            if (prefixes.isPrefixOf(lists.entry(element), name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What a device takes, in one of its scopes, of events with a name.
     *
     * @param device handle.
     * @param scope that the device is in.
     * @param name of an event.
     * @return the {@link Reach} of its one subscription there that matches and is not shadowed; that of a shadowed
     *     one, which is none, if there is no such subscription.
     */
    public int reach(final int device, final int scope, final HashedName name) {
        for (int element = devices.subscriptions(device); element != 0; element = lists.next(element)) {
            final int entry = lists.entry(element);
            if (!isShadowed(element) && prefixes.scope(entry) == scope && prefixes.isPrefixOf(entry, name)) {
                return lists.reach(element);
            }
        }
        return Reach.of(Reach.SHADOWED, false);
    }

    /**
     * What the only device of an entry takes.
     *
     * @param entry with one subscriber.
     * @return see {@link Reach}.
     */
    public int reachOfOnly(final int entry) {
        // An entry of one subscriber begins like an element.
        return lists.reach(entry);
    }

    /**
     * A walk over subscribed devices that may be interrupted.
     *
     * @return the walk, to be used again and again.
     */
    public SubscriberWalk newWalk() {
        return lists.newWalk();
    }

    private void install(final int device, final int scope, final int reach) {
        lists.add(prefixes.findOrAdd(scope, EntryKind.DEVICE, prefix), device, reach);
    }

    private boolean shadowLongerPrefixes(final int device) {
        boolean shadowed = false;
        for (int element = devices.subscriptions(device); element != 0; element = lists.next(element)) {
            final int entry = lists.entry(element);
            if (prefixes.isPrefixOf(entry, prefix)) {
                shadowed = true;
            } else if (prefixes.startsWith(entry, prefix)) {
                lists.reach(element, reach(device, true));
            }
        }
        return shadowed;
    }

    private boolean startsWithAnother(final int device) {
        for (int element = devices.subscriptions(device); element != 0; element = lists.next(element)) {
            if (prefixes.isPrefixOf(lists.entry(element), prefix)) {
                return true;
            }
        }
        return false;
    }

    private void refreshLongerPrefixes(final int device) {
        for (int element = devices.subscriptions(device); element != 0; element = lists.next(element)) {
            final int entry = lists.entry(element);
            if (prefixes.startsWith(entry, prefix)) {
                lists.reach(element, reach(device, isShadowedByAnother(device, entry)));
            }
        }
    }

    private boolean isShadowedByAnother(final int device, final int entry) {
        for (int element = devices.subscriptions(device); element != 0; element = lists.next(element)) {
            final int other = lists.entry(element);
            if (prefixes.length(other) < prefixes.length(entry) && prefixes.isPrefixOf(other, entry)) {
                return true;
            }
        }
        return false;
    }

    private boolean isExactly(final int entry) {
        return prefixes.length(entry) == prefix.length() && prefixes.isPrefixOf(entry, prefix);
    }

    private boolean isAt(final int element, final int scope) {
        return prefixes.scope(lists.entry(element)) == scope;
    }

    private boolean isShadowed(final int element) {
        return Reach.isShadowed(lists.reach(element));
    }

    private int reach(final int device, final boolean shadowed) {
        final int online = devices.isOnline(device) ? devices.maxEventSize(device) : Reach.OFFLINE;
        return Reach.of(shadowed ? Reach.SHADOWED : online, devices.owner(device) != 0);
    }

    private int homeScope(final int device) {
        return homeScope(devices.owner(device), devices.standingProduct(device));
    }

    // Every subscription has exactly one element in its device's home scope.
    private static int homeScope(final int owner, final int standingProduct) {
        if (owner != 0) {
            return owner;
        }
        return standingProduct != 0 ? standingProduct : ScopeTable.NOWHERE;
    }
}

package io.eventrouter.loadgen.plan;

import io.eventrouter.command.Command;
import io.eventrouter.identity.AccountId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts a fleet while it is loaded, device by device, without keeping the devices. */
final class CountedFleet implements Consumer<Command> {
    private final Map<Integer, AccountId> products = new HashMap<>();
    private final Map<String, Long> byAccount = new TreeMap<>();
    private long devices;
    private long online;
    private long withoutAccount;
    private long subscriptions;
    // Of the device whose commands come at the moment.
    private boolean isPaidFor = true;
    private boolean isInProduct;

    @Override
    public void accept(final Command command) {
        if (command instanceof Command.RegisterProduct product) {
            products.put(product.productId(), product.account());
        } else if (command instanceof Command.RegisterUser user) {
            byAccount.put(user.account().toString(), 0L);
        } else if (command instanceof Command.RegisterOrganization organization) {
            byAccount.put(organization.account().toString(), 0L);
        } else if (command instanceof Command.RegisterDevice) {
            endDevice();
            devices++;
            isPaidFor = false;
            isInProduct = false;
        } else if (command instanceof Command.AddToProduct add) {
            isInProduct = true;
            pay(products.get(add.productId()));
        } else if (command instanceof Command.Claim claim && !isInProduct) {
            pay(AccountId.user(claim.owner()));
        } else if (command instanceof Command.GoOnline) {
            online++;
        } else if (command instanceof Command.Subscribe) {
            subscriptions++;
        }
    }

    /** The account of a product. */
    AccountId accountOf(final int productId) {
        return products.get(productId);
    }

    /** What was counted, with what the tables of the router hold now. */
    FleetSize size(final long tableBytes) {
        endDevice();
        isPaidFor = true;
        return new FleetSize(devices, devices - online, byAccount, withoutAccount, subscriptions, tableBytes);
    }

    private void pay(final AccountId account) {
        isPaidFor = true;
        byAccount.merge(account.toString(), 1L, Long::sum);
    }

    private void endDevice() {
        withoutAccount += isPaidFor ? 0 : 1;
    }
}

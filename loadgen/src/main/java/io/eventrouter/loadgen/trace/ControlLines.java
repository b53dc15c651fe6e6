package io.eventrouter.loadgen.trace;

import io.eventrouter.command.Command;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.Quoted;
import io.eventrouter.loadgen.feed.RouterFeed;
import io.eventrouter.loadgen.fleet.FleetDirectory;
import io.eventrouter.loadgen.fleet.Listeners;
import io.eventrouter.loadgen.fleet.Unknown;
import io.eventrouter.loadgen.json.Fields;

/** Lines that change the fleet: whatever has a type and is not an event. */
final class ControlLines {
    private final FleetDirectory directory;
    private final RouterFeed feed;
    private final Listeners listeners;

    ControlLines(final FleetDirectory directory, final RouterFeed feed) {
        this.directory = directory;
        this.feed = feed;
        this.listeners = new Listeners(directory);
    }

    void carryOut(final String type, final Fields line) {
        feed.submit(command(type, line));
    }

    private Command command(final String type, final Fields line) {
        switch (type) {
            case "claim":
                return claim(line);
            case "unclaim":
                return new Command.Unclaim(device(line));
            case "product-add":
                return productAdd(line);
            case "product-remove":
                return new Command.RemoveFromProduct(device(line));
            case "device-flags":
                return new Command.SetDeviceFlags(
                        device(line),
                        line.flagOrNull("quarantined"),
                        line.flagOrNull("denied"),
                        line.flagOrNull("development"));
            case "online":
                return new Command.GoOnline(device(line));
            case "offline":
                return new Command.GoOffline(device(line));
            case "subscribe":
                return new Command.Subscribe(device(line), line.prefix("prefix"));
            case "unsubscribe":
                return line.has("prefix")
                        ? new Command.Unsubscribe(device(line), line.prefix("prefix"))
                        : new Command.UnsubscribeAll(device(line));
            case "integration-create":
                return new Command.PutIntegration(listeners.integration(line.object("integration")));
            case "integration-delete":
                return integrationDelete(line);
            case "integration-enable":
                return new Command.EnableIntegration(integration(line), true);
            case "integration-disable":
                return new Command.EnableIntegration(integration(line), false);
            case "stream-open":
                return new Command.OpenStream(listeners.stream(line.object("stream")));
            case "stream-close":
                return streamClose(line);
            case "pause":
                return new Command.PauseAccount(account(line));
            case "resume":
                return new Command.ResumeAccount(account(line));
            default:
                throw line.error("type", "is unknown: value=" + Quoted.of(type));
        }
    }

    private Command claim(final Fields line) {
        final EntityId device = device(line);
        final EntityId owner = line.id("owner");
        if (!directory.isOwner(owner)) {
            throw line.error("owner", Unknown.owner(owner));
        }
        return new Command.Claim(device, owner);
    }

    private Command productAdd(final Fields line) {
        final EntityId device = device(line);
        final int productId = line.productId("product_id");
        if (!directory.isProduct(productId)) {
            throw line.error("product_id", Unknown.product(productId));
        }
        return new Command.AddToProduct(device, productId);
    }

    private Command integrationDelete(final Fields line) {
        final String id = integration(line);
        directory.removeIntegration(id);
        return new Command.RemoveIntegration(id);
    }

    private Command streamClose(final Fields line) {
        final String id = line.textId("id");
        if (!directory.removeStream(id)) {
            throw line.error("id", "is not an open stream: value=" + Quoted.of(id));
        }
        return new Command.CloseStream(id);
    }

    private EntityId device(final Fields line) {
        final EntityId device = line.id("device");
        if (!directory.devices().contains(device)) {
            throw line.error("device", Unknown.device(device));
        }
        return device;
    }

    private String integration(final Fields line) {
        final String id = line.textId("id");
        if (directory.topics(id) == null) {
            throw line.error("id", Unknown.integration(id));
        }
        return id;
    }

    private AccountId account(final Fields line) {
        final AccountId account = line.checked("account", line.text("account"), AccountId::parse);
        if (!directory.isAccount(account)) {
            throw line.error("account", "is not an account of the fleet: value=" + account);
        }
        return account;
    }
}

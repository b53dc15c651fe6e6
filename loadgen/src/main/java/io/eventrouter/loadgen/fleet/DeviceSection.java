package io.eventrouter.loadgen.fleet;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventLimits;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonKind;
import io.eventrouter.loadgen.json.JsonValue;
import io.eventrouter.loadgen.json.PrintableText;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The devices of a fleet file, each with its owner, product, flags, subscriptions and presence. */
final class DeviceSection {
    static final String NAME = "devices";

    private static final Set<String> FIELDS = Set.of(
            "id",
            "owner",
            "user_id",
            "product_id",
            "development",
            "quarantined",
            "denied",
            "online",
            "subscriptions",
            "max_event_size",
            "attempts");

    private final FleetDirectory directory;
    private final Consumer<Command> commands;

    DeviceSection(final FleetDirectory directory, final Consumer<Command> commands) {
        this.directory = directory;
        this.commands = commands;
    }

    Section section() {
        return new Section(FIELDS, this::accept);
    }

    private void accept(final Fields device) {
        final EntityId id = device.id("id");
        if (!directory.devices().add(id, outcome(device))) {
            throw Unknown.duplicate(device, id);
        }
        commands.accept(new Command.RegisterDevice(id, maxEventSize(device)));

        // Any other number is that of a platform such as the Photon: the device is in no product then.
        final long productId = device.wholeNumber("product_id", 0);
        final boolean isMember =
                productId > 0 && productId <= Integer.MAX_VALUE && directory.isProduct((int) productId);
        if (isMember) {
            commands.accept(new Command.AddToProduct(id, (int) productId));
        }
        final EntityId owner = owner(device, isMember ? (int) productId : 0);
        if (owner != null) {
            commands.accept(new Command.Claim(id, owner));
        }
        setFlags(device, id);
        subscribe(device, id);
        if (device.flag("online", true)) {
            commands.accept(new Command.GoOnline(id));
        }
    }

    private EntityId owner(final Fields device, final int productId) {
        if (device.hasContent("user_id")) {
            final EntityId owner = device.id("user_id");
            if (!directory.isOwner(owner)) {
                throw device.error("user_id", Unknown.owner(owner));
            }
            return owner;
        }
        final String username = device.nonEmptyTextOrNull("owner");
        return username == null
                ? null
                : device.checked("owner", username, name -> directory.ownerNamed(name, productId));
    }

    private void setFlags(final Fields device, final EntityId id) {
        final boolean isQuarantined = device.flag("quarantined", false);
        final boolean isDenied = device.flag("denied", false);
        final boolean isDevelopment = device.flag("development", false);
        if (isQuarantined || isDenied || isDevelopment) {
            commands.accept(new Command.SetDeviceFlags(id, isQuarantined, isDenied, isDevelopment));
        }
    }

    private void subscribe(final Fields device, final EntityId id) {
        final List<JsonValue> prefixes = device.items("subscriptions");
        for (int i = 0; i < prefixes.size(); i++) {
            final String item = Fields.itemName("subscriptions", i);
            final String prefix =
                    device.require(prefixes.get(i), JsonKind.STRING, item).text();
            commands.accept(new Command.Subscribe(id, device.checked(item, prefix, DeviceSection::checkedPrefix)));
        }
    }

    private static String checkedPrefix(final String prefix) {
        return PrintableText.check("prefix", prefix, EventLimits.MAX_PREFIX_LENGTH);
    }

    private static int maxEventSize(final Fields device) {
        return device.has("max_event_size")
                ? device.number("max_event_size", EventLimits.MIN_MAX_EVENT_SIZE, EventLimits.MAX_MAX_EVENT_SIZE)
                : EventLimits.DEFAULT_MAX_EVENT_SIZE;
    }

    private static AttemptOutcome outcome(final Fields device) {
        final JsonValue attempts = device.valueOrNull("attempts");
        if (attempts == null) {
            return AttemptOutcome.ACKNOWLEDGED_FIRST;
        }
        if (attempts.kind() == JsonKind.STRING && attempts.text().equals("never")) {
            return AttemptOutcome.FAILED;
        }
        final int count = attempts.kind() == JsonKind.WHOLE_NUMBER && attempts.number() <= 3
                ? (int) Math.max(attempts.number(), 0)
                : 0;
        switch (count) {
            case 1:
                return AttemptOutcome.ACKNOWLEDGED_FIRST;
            case 2:
                return AttemptOutcome.ACKNOWLEDGED_SECOND;
            case 3:
                return AttemptOutcome.ACKNOWLEDGED_THIRD;
            default:
                throw device.error("attempts", "must be 1, 2, 3 or \"never\": value=" + attempts);
        }
    }
}

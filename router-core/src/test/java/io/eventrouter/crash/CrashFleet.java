package io.eventrouter.crash;

import io.eventrouter.command.Command;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A small fleet whose ownership changes all the time, so that a crash finds changes in every state. */
final class CrashFleet {
    static final int MAX_DEVICES = 256;
    static final int MAX_ACCOUNTS = 64;
    /** Short, so that segments, snapshots and manifests are written all the time. */
    static final int SEGMENT_LENGTH = 8_192;

    private static final int[] MAX_EVENT_SIZES = {255, 1_024, 16_384};

    private static final List<EntityId> USERS = ids(0xa, 12);
    private static final List<EntityId> CUSTOMERS = ids(0xc, 6);
    private static final List<EntityId> ORGANIZATIONS = ids(0xb, 2);
    private static final List<EntityId> DEVICES = ids(0xd, 100);
    private static final int PRODUCTS = 5;

    private final SplittableRandom random;

    CrashFleet(final long seed) {
        random = new SplittableRandom(seed);
    }

    /** Commands that make the fleet; where it is there already, they are refused. */
    static List<Command> registrations() {
        final List<Command> commands = new ArrayList<>();
        USERS.forEach(user -> commands.add(new Command.RegisterUser(user, user.low())));
        ORGANIZATIONS.forEach(organization -> commands.add(new Command.RegisterOrganization(organization, 0)));
        for (int product = 1; product <= PRODUCTS; product++) {
            commands.add(new Command.RegisterProduct(product, accounts().get(product)));
        }
        for (int i = 0; i < CUSTOMERS.size(); i++) {
            commands.add(new Command.RegisterCustomer(CUSTOMERS.get(i), 1 + i % PRODUCTS));
        }
        DEVICES.forEach(device -> commands.add(new Command.RegisterDevice(device)));
        return commands;
    }

    static List<EntityId> devices() {
        return DEVICES;
    }

    /** A change of ownership, or of an account. */
    Command change() {
        final EntityId device = pick(DEVICES);
        switch (random.nextInt(12)) {
            case 0:
            case 1:
            case 2:
                return new Command.Claim(device, random.nextInt(3) == 0 ? pick(CUSTOMERS) : pick(USERS));
            case 3:
                return new Command.Unclaim(device);
            case 4:
            case 5:
                // One product too many, so that some commands are refused.
                return new Command.AddToProduct(device, random.nextInt(1, PRODUCTS + 2));
            case 6:
                return new Command.RemoveFromProduct(device);
            case 7:
            case 8:
                return new Command.SetDeviceFlags(device, flag(), flag(), flag());
            case 9:
                return new Command.SetMaxEventSize(device, MAX_EVENT_SIZES[random.nextInt(MAX_EVENT_SIZES.length)]);
            case 10:
                return random.nextBoolean()
                        ? new Command.PauseAccount(pick(accounts()))
                        : new Command.ResumeAccount(pick(accounts()));
            default:
                return new Command.SetOperationsPerMonth(pick(accounts()), random.nextInt(1_000));
        }
    }

    private static List<AccountId> accounts() {
        final List<AccountId> accounts = new ArrayList<>();
        USERS.forEach(user -> accounts.add(AccountId.user(user)));
        ORGANIZATIONS.forEach(organization -> accounts.add(AccountId.organization(organization)));
        return accounts;
    }

    private Boolean flag() {
        return random.nextInt(3) == 0 ? null : Boolean.valueOf(random.nextBoolean());
    }

    private <T> T pick(final List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static List<EntityId> ids(final long high, final int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(low -> EntityId.of(high, low))
                .toList();
    }
}

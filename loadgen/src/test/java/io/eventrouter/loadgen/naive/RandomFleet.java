package io.eventrouter.loadgen.naive;

import io.eventrouter.loadgen.naive.NaiveMonth.Habit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes small fleets in which everything that matters happens often. */
public final class RandomFleet {
    private static final List<String> NAMES = List.of("t", "te", "temp", "temp", "Temp", "alert", "alert/x");
    private static final List<String> PREFIXES = List.of(
            "t",
            "t",
            "te",
            "temp",
            "temperature",
            "T",
            "alert",
            "al",
            "hook-response/",
            "hook-response/",
            "hook-",
            "a/");
    private static final List<String> HOOK_PREFIXES = List.of("t", "t", "te", "al", "alert/", "T");
    private static final int[] LENGTHS = {0, 1, 300, 511, 512, 513, 1024, 1025, 2048, 5000};
    private static final int[] MAX_SIZES = {255, 512, 1024, 1024, 1024, 16384};

    private final Random random;
    private final SmallFleet fleet = new SmallFleet();
    private final List<String> owners = new ArrayList<>();

    private RandomFleet(final long seed) {
        random = new Random(seed);
    }

    /** The fleet of a seed. */
    public static SmallFleet of(final long seed) {
        final RandomFleet made = new RandomFleet(seed);
        made.makeAccounts();
        made.makeDevices();
        made.makeHooks();
        made.makeFreeSubscribers();
        return made.fleet;
    }

    /** Habits for a fleet; none if nobody could publish. */
    public static List<Habit> habits(final SmallFleet fleet, final long seed) {
        final Random random = new Random(seed + 1);
        final List<Habit> habits = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            final SmallDevice device = fleet.devices.get(random.nextInt(fleet.devices.size()));
            final List<String> from = new ArrayList<>(List.of("all", "all", "device:" + device.id));
            fleet.products
                    .keySet()
                    .forEach(product -> from.addAll(List.of("product:" + product, "api-product:" + product)));
            fleet.users.forEach(user -> from.addAll(List.of("owner:" + user, "api-user:" + user)));
            habits.add(new Habit(
                    from.get(random.nextInt(from.size())),
                    NAMES.get(random.nextInt(NAMES.size())),
                    LENGTHS[random.nextInt(LENGTHS.length)],
                    28 * (1 + random.nextInt(3))));
        }
        habits.removeIf(habit -> !fleet.hasPublisher(habit.from()));
        return habits;
    }

    /** A random event of a device or of the API. */
    public static SmallEvent event(final SmallFleet fleet, final Random random) {
        final SmallDevice device = fleet.devices.get(random.nextInt(fleet.devices.size()));
        final String name = NAMES.get(random.nextInt(NAMES.size()));
        final int length = LENGTHS[random.nextInt(LENGTHS.length)];
        final String user = fleet.users.get(random.nextInt(fleet.users.size()));
        final List<Integer> products = List.copyOf(fleet.products.keySet());
        switch (random.nextInt(5)) {
            case 0:
                return new SmallEvent("api-user", null, user, 0, name, length);
            case 1:
                return new SmallEvent(
                        "api-product",
                        null,
                        random.nextBoolean() ? user : null,
                        products.get(random.nextInt(products.size())),
                        name,
                        length);
            default:
                return SmallEvent.byDevice(device.id, name, length);
        }
    }

    private void makeAccounts() {
        for (int i = 1; i <= 2; i++) {
            fleet.users.add("aaaaaaaaaaaaaaaaaaaaaa0" + i);
            fleet.organizations.add("cccccccccccccccccccccc0" + i);
        }
        for (int product = 1; product <= 1 + random.nextInt(2); product++) {
            fleet.products.put(
                    product,
                    random.nextInt(3) == 0 ? "user:" + pick(fleet.users) : "organization:" + pick(fleet.organizations));
        }
        owners.addAll(fleet.users);
        for (int i = 1; i <= random.nextInt(3); i++) {
            final String customer = "bbbbbbbbbbbbbbbbbbbbbb0" + i;
            fleet.customers.put(customer, pick(List.copyOf(fleet.products.keySet())));
            owners.add(customer);
        }
    }

    private void makeDevices() {
        final int count = 4 + random.nextInt(10);
        for (int i = 0; i < count; i++) {
            final String id = String.format("e00fce68aabbccdd%08x", i);
            final List<String> subscriptions = new ArrayList<>();
            for (int j = random.nextInt(6); j > 0; j--) {
                final String prefix = random.nextInt(3) == 0 ? id + "/hook-response/" : pick(PREFIXES);
                if (!subscriptions.contains(prefix)) {
                    subscriptions.add(prefix);
                }
            }
            fleet.devices.add(new SmallDevice(
                    id,
                    random.nextBoolean() ? null : pick(owners),
                    random.nextInt(4) == 0 ? 0 : pick(List.copyOf(fleet.products.keySet())),
                    random.nextInt(8) == 0,
                    random.nextInt(8) == 0,
                    random.nextInt(6) != 0,
                    MAX_SIZES[random.nextInt(MAX_SIZES.length)],
                    Math.max(1, random.nextInt(8) - 3),
                    subscriptions));
        }
    }

    private void makeHooks() {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            final List<Integer> products = List.copyOf(fleet.products.keySet());
            final int kind = random.nextInt(3);
            final String whose = kind == 0
                    ? "user:" + pick(fleet.users)
                    : kind == 1 ? "product:" + pick(products) : "organization:" + pick(fleet.organizations);
            fleet.hooks.add(new SmallHook(
                    "hook-" + i,
                    whose,
                    kind == 2 ? products.subList(0, 1 + random.nextInt(products.size())) : List.of(),
                    pick(HOOK_PREFIXES),
                    kind == 0 && random.nextInt(3) == 0 ? pick(fleet.devices).id : null,
                    random.nextInt(6) != 0,
                    random.nextInt(3) == 0
                            ? pick(List.of("hook-response/{E}", "a/{D}", "te{E}", "alert/{D}/{E}"))
                            : null,
                    random.nextInt(4) == 0));
        }
    }

    private void makeFreeSubscribers() {
        final List<Integer> products = List.copyOf(fleet.products.keySet());
        for (int i = random.nextInt(3); i > 0; i--) {
            fleet.logicFunctions.add("{\"id\":\"f" + i + "\",\"enabled\":" + (random.nextInt(4) != 0)
                    + ",\"logic_triggers\":[{\"type\":\"Event\",\"product_id\":" + pick(products)
                    + ",\"event_name\":\"" + pick(NAMES) + "\",\"enabled\":" + (random.nextInt(4) != 0) + "},"
                    + "{\"type\":\"Event\",\"product_id\":" + pick(products) + ",\"event_name\":\"" + pick(NAMES)
                    + "\"}]}");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            final int kind = random.nextInt(3);
            fleet.streams.add("{\"id\":\"s" + i + "\","
                    + (kind == 0
                            ? "\"user\":\"" + pick(owners) + "\""
                            : kind == 1
                                    ? "\"product_id\":" + pick(products)
                                    : "\"organization_id\":\"" + pick(fleet.organizations) + "\"")
                    + (random.nextInt(3) == 0 ? ",\"device\":\"" + pick(fleet.devices).id + "\"" : "")
                    + (random.nextBoolean() ? ",\"prefix\":\"" + pick(PREFIXES) + "\"" : "") + "}");
        }
    }

    private <T> T pick(final List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}

package io.eventrouter.oracle;

import io.eventrouter.identity.EntityId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/** What a scenario draws its ids, names and prefixes from: few, and each as near to the next as can be. */
final class ScenarioPools {
    private static final List<EntityId> BASES = List.of(
            EntityId.of(0, 0),
            EntityId.of(-1, -1),
            EntityId.of(0, 1),
            EntityId.of(Long.MIN_VALUE, Integer.MIN_VALUE),
            EntityId.parse("e00fce68aabbccdd00000011"),
            EntityId.parse("597771d1f92bae142dbb7559"));
    private static final List<List<Integer>> PRODUCTS =
            List.of(List.of(1, 2, 3, 4), List.of(30301, 30302, 30303, 65536), List.of(1, 65537, Integer.MAX_VALUE, 2));
    private static final String LONG = "n".repeat(63);
    private static final List<String> LEGAL_NAMES = List.of(
            "t",
            "te",
            "temp",
            "temp/",
            "temp/1",
            "Temp",
            "TEMP",
            "tEmp",
            "temperature",
            "T",
            "tf",
            "sd",
            "u",
            " ",
            "~",
            "!",
            "a b",
            "{{PARTICLE_EVENT_NAME}}",
            "$1",
            "%s",
            "/",
            "//",
            "hook-response/t",
            "hook-error/t",
            "hook-error/t/0",
            "hook-sent/temp",
            "hook-response/temp/1",
            "spar",
            "particl",
            "xspark",
            "par",
            "sp",
            LONG,
            LONG + "n",
            LONG + "m",
            LONG + "n");
    private static final List<String> CROWDED_NAMES = List.of("t", "te", "temp", "temp/", "temp/1", "hook-response/t");
    private static final List<String> CROWDED_PREFIXES =
            List.of("t", "t", "te", "temp", "temp/", "h", "hook-response/", "spark");
    private static final List<String> RESERVED_NAMES = List.of(
            "spark",
            "Spark",
            "SPARK/x",
            "sparkle",
            "particle",
            "particle/device/name",
            "PaRtIcLe",
            "particles",
            "spark" + "n".repeat(59));
    private static final List<String> BAD_NAMES = List.of(
            "",
            LONG + "nn",
            "te\u0001mp",
            "te\u001fmp",
            "te\u007f",
            "te\u00e9",
            "t\u0130",
            "\u0000",
            "t\ud83d\ude00",
            "spark\u0000",
            "n".repeat(1_000));

    final List<EntityId> devices;
    final List<EntityId> users;
    final List<EntityId> customers;
    final List<EntityId> organizations;
    final EntityId unknown;
    final List<Integer> products;
    final List<String> legalNames;
    final List<String> prefixes;
    private final SplittableRandom random;

    ScenarioPools(final SplittableRandom random) {
        this(random, false);
    }

    /** If crowded, then with many devices in few scopes that listen to few names, so that most events are for many. */
    ScenarioPools(final SplittableRandom random, final boolean isCrowded) {
        this.random = random;
        final EntityId base = pick(BASES);
        final List<EntityId> deviceIds = neighbours(base, isCrowded ? random.nextInt(12, 42) : random.nextInt(5, 14));
        unknown = deviceIds.remove(deviceIds.size() - 1);
        devices = List.copyOf(deviceIds);
        final List<EntityId> ownerIds = neighbours(random.nextBoolean() ? base : pick(BASES), 7);
        users = List.copyOf(ownerIds.subList(0, isCrowded ? random.nextInt(1, 3) : random.nextInt(2, 5)));
        customers = List.copyOf(ownerIds.subList(4, isCrowded ? 5 : random.nextInt(5, 8)));
        organizations = neighbours(random.nextBoolean() ? users.get(0) : pick(BASES), random.nextInt(1, 3));
        products = pick(PRODUCTS).subList(0, isCrowded ? random.nextInt(1, 3) : random.nextInt(2, 5));
        legalNames = isCrowded ? CROWDED_NAMES : names();
        prefixes = isCrowded ? CROWDED_PREFIXES : prefixes();
    }

    /** Ids that differ from one another in few bits, mostly in one. */
    private List<EntityId> neighbours(final EntityId base, final int count) {
        final Set<EntityId> ids = new LinkedHashSet<>(List.of(base));
        while (ids.size() < count) {
            final EntityId from = random.nextInt(4) == 0 ? pick(List.copyOf(ids)) : base;
            final int bit = random.nextInt(96);
            ids.add(
                    bit < 64
                            ? EntityId.of(from.high() ^ 1L << bit, from.low())
                            : EntityId.of(from.high(), from.low() ^ 1 << bit - 64));
        }
        return new ArrayList<>(ids);
    }

    private List<String> names() {
        final List<String> names = new ArrayList<>();
        for (int i = random.nextInt(3, 7); i > 0; i--) {
            names.add(pick(LEGAL_NAMES));
        }
        names.add(pick(List.of("t", "temp")));
        names.add(pick(devices) + "/hook-response/t");
        return List.copyOf(names);
    }

    private List<String> prefixes() {
        final List<String> prefixes = new ArrayList<>();
        for (int i = random.nextInt(4, 9); i > 0; i--) {
            prefixes.add(prefixOf(pick(legalNames)));
        }
        prefixes.add(pick(devices) + "/hook-response/");
        prefixes.add(pick(List.of("hook-response/", "hook-error/t", "s", "spark", "particle", "Spark", "p", "h")));
        return List.copyOf(prefixes);
    }

    private String prefixOf(final String name) {
        switch (random.nextInt(7)) {
            case 0:
                return name.substring(0, 1);
            case 1:
                return name.length() > 1 ? name.substring(0, name.length() - 1) : name;
            case 2:
                return name.length() < 64 ? name + "x" : name;
            case 3:
                return name.toUpperCase(Locale.ROOT);
            default:
                return name;
        }
    }

    EntityId device() {
        return devices.get(random.nextInt(1 + random.nextInt(devices.size())));
    }

    EntityId deviceOrUnknown() {
        return rarely() ? unknown : device();
    }

    EntityId user() {
        return pick(users);
    }

    /** Mostly a user; at times a customer, or nobody. */
    EntityId userOrOther() {
        return rarely() ? pick(List.of(pick(customers), unknown)) : user();
    }

    EntityId owner() {
        return random.nextInt(3) == 0 ? pick(customers) : user();
    }

    EntityId ownerOrUnknown() {
        return rarely() ? unknown : owner();
    }

    EntityId organizationOrOther() {
        return rarely() ? pick(List.of(unknown, user())) : pick(organizations);
    }

    int product() {
        return products.get(random.nextInt(1 + random.nextInt(products.size())));
    }

    int productOrUnknown() {
        return rarely() ? 99 : product();
    }

    String prefix() {
        return pick(prefixes);
    }

    String name() {
        final int choice = random.nextInt(40);
        if (choice == 0) {
            return pick(BAD_NAMES);
        }
        return choice == 1 ? reservedName() : pick(legalNames);
    }

    String reservedName() {
        return pick(RESERVED_NAMES);
    }

    boolean rarely() {
        return random.nextInt(16) == 0;
    }

    <T> T pick(final List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

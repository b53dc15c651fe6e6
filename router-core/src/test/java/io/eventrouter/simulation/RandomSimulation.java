package io.eventrouter.simulation;

import io.eventrouter.command.Command;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.oracle.Payload;
import io.eventrouter.oracle.Policies;
import io.eventrouter.oracle.Publication;
import io.eventrouter.oracle.RandomScenario;
import io.eventrouter.oracle.Scenario;
import io.eventrouter.oracle.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes a simulation from a seed: a random scenario, and faults between its steps. Every seed has its own weights and
 * sizes and leaves some faults out, so that rare combinations of the others become common somewhere.
 */
final class RandomSimulation {
    private static final long START_MS = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    private static final int MIN_RING_SLOTS = 2_048;
    private static final int ROOM = 128;
    private static final int LONGEST_PAYLOAD_OF_DEVICE = 16_384;
    private static final int[] OFTEN = {0, 0, 1, 4, 16};
    private static final long[] JUMPS_MS = {
        0, 1, -1, 999, 60_000, -60_000, 3_600_000, -3_600_000, 86_400_000, -86_400_000, 2_678_400_000L
    };

    private final SplittableRandom random;
    private final Scenario scenario;
    private final List<Action> actions = new ArrayList<>();
    private final boolean timesOut;
    private final boolean settlesAlways;
    private final int settleOneIn;
    private final int lanes;
    private final int throwing;
    private final int reacting;
    private final int flooding;
    private final int pausing;
    private final int jumping;
    private final boolean keeps;
    private final int failing;
    private final int crashing;

    private RandomSimulation(final long seed) {
        random = new SplittableRandom(seed ^ 0x5eedL);
        scenario = RandomScenario.of(seed, random.nextInt(60, 260), random.nextInt(3) == 0);
        lanes = random.nextInt(4) == 0 ? 2 : 1;
        // When a device times out, the other lanes hear of it later: that is exact only if nothing comes in between.
        timesOut = lanes == 1 || random.nextBoolean();
        settlesAlways = lanes > 1 && timesOut || random.nextInt(4) == 0;
        settleOneIn = random.nextInt(1, 24);
        throwing = often();
        reacting = settlesAlways && lanes > 1 ? 0 : often();
        flooding = settlesAlways ? 0 : often();
        pausing = settlesAlways ? 0 : often();
        jumping = often();
        keeps = random.nextInt(3) != 0;
        failing = often();
        crashing = often();
    }

    static SimulationLog of(final long seed) {
        final RandomSimulation made = new RandomSimulation(seed);
        made.scenario.steps().forEach(made::add);
        return new SimulationLog(made.settings(seed), List.copyOf(made.actions));
    }

    private SimulationSettings settings(final long seed) {
        final Policies policies = scenario.policies();
        final SyncPolicy.Kind sync = keeps ? pick(List.of(SyncPolicy.Kind.values())) : null;
        return new SimulationSettings(
                seed,
                policies.era(),
                policies.productScope(),
                policies.subscriptionsPerDevice(),
                lanes,
                MIN_RING_SLOTS << random.nextInt(2),
                room(scenario.steps().stream()
                        .filter(RandomSimulation::registersDevice)
                        .count()),
                room(scenario.steps().stream()
                        .filter(RandomSimulation::registersAccount)
                        .count()),
                random.nextBoolean() ? random.nextInt(1, 5) : 1_024,
                random.nextInt(1, 9),
                sync,
                sync == SyncPolicy.Kind.INTERVAL ? 1 + random.nextInt(100_000) : 0,
                random.nextBoolean() ? 1_024 + 512 * random.nextInt(8) : 1 << 16,
                Duration.ofMinutes(random.nextInt(1, 600)).toMillis(),
                START_MS + random.nextLong(Duration.ofDays(45).toMillis()));
    }

    /** Mostly there is room for everything; at times not quite. */
    private int room(final long needed) {
        return random.nextInt(4) == 0 ? (int) Math.max(1, needed - random.nextInt(3)) : ROOM;
    }

    private int often() {
        return OFTEN[random.nextInt(OFTEN.length)];
    }

    private void add(final Step step) {
        final Step allowed = timesOut ? step : Steps.withoutTimeout(step);
        if (allowed instanceof Step.Advance advance) {
            actions.add(new Action.MoveClock(advance.milliseconds()));
        } else {
            actions.add(new Action.Put(allowed));
            addFaults(allowed);
        }
        if (settlesAlways || random.nextInt(settleOneIn) == 0) {
            actions.add(new Action.Settle());
        }
    }

    private void addFaults(final Step step) {
        if (happens(throwing)) {
            actions.add(new Action.Behave(recipient(), behavior()));
        }
        if (happens(reacting)) {
            actions.add(new Action.React(recipient(), reaction()));
        }
        if (happens(flooding) && step instanceof Step.Publish publish) {
            flood(publish.event());
        }
        if (happens(pausing)) {
            actions.add(new Action.Run(1 + random.nextInt(3)));
        }
        if (happens(jumping)) {
            actions.add(new Action.MoveClock(jump()));
        }
        if (keeps && happens(failing)) {
            actions.add(new Action.FailDisk(pick(List.of(DiskFault.values()))));
        }
        if (keeps && happens(failing + crashing)) {
            actions.add(new Action.AcknowledgeUsage(random.nextInt(5)));
        }
        if (keeps && happens(crashing)) {
            actions.add(crash());
        }
    }

    private Action crash() {
        final long powerSeed = random.nextBoolean() ? 0 : random.nextLong() | 1;
        switch (random.nextInt(4)) {
            case 0:
                return new Action.StopAtDisk(1 + random.nextInt(12), powerSeed);
            case 1:
                return new Action.Restart(1 + random.nextInt(20), 1 + random.nextInt(30));
            default:
                return new Action.Crash(powerSeed, stopsAtStart());
        }
    }

    private List<Integer> stopsAtStart() {
        final List<Integer> stops = new ArrayList<>();
        while (random.nextInt(3) == 0) {
            stops.add(1 + random.nextInt(10));
        }
        return stops;
    }

    private boolean happens(final int often) {
        return random.nextInt(64) < often;
    }

    /** A device mostly, from those of the scenario. */
    private String recipient() {
        switch (random.nextInt(8)) {
            case 0:
                return "refusals";
            case 1:
                return pick(List.of("integration:", "logic:", "stream:")) + pick(List.of("a", "b", "c", "A"));
            default:
                return "device:" + device();
        }
    }

    private Object device() {
        return pick(scenario.steps().stream()
                .filter(RandomSimulation::registersDevice)
                .map(step -> ((Command.RegisterDevice) ((Step.Apply) step).command()).device())
                .toList());
    }

    private Behavior behavior() {
        return random.nextInt(3) == 0 ? Behavior.RETURN : pick(List.of(Behavior.values()));
    }

    /** Something of the scenario, but registrations, which have to be acknowledged first. */
    private Step reaction() {
        for (int i = 0; i < 100; i++) {
            final Step step = Steps.withoutTimeout(pick(scenario.steps()));
            final boolean isOffer = !(step instanceof Step.Answer || step instanceof Step.Advance);
            if (isOffer && !Steps.registers(step) && !(lanes > 1 && Steps.grants(step))) {
                return step;
            }
        }
        return new Step.Publish(new Publication(EventOrigin.LOGIC, null, 99, "t", new Payload(0, 1)));
    }

    /** Events that are together longer than the ring. */
    private void flood(final Publication event) {
        final Payload payload = new Payload(event.payload().start(), LONGEST_PAYLOAD_OF_DEVICE - random.nextInt(300));
        final Publication longer =
                new Publication(event.origin(), event.id(), event.productId(), event.name(), payload);
        for (int i = random.nextInt(10, 60); i > 0; i--) {
            actions.add(new Action.Put(new Step.Publish(i % 2 == 0 ? event : longer)));
        }
    }

    private long jump() {
        if (random.nextInt(8) == 0) {
            return Duration.ofDays(random.nextLong(-3_000, 9_000)).toMillis();
        }
        return JUMPS_MS[random.nextInt(JUMPS_MS.length)];
    }

    private <T> T pick(final List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static boolean registersDevice(final Step step) {
        return step instanceof Step.Apply apply && apply.command() instanceof Command.RegisterDevice;
    }

    private static boolean registersAccount(final Step step) {
        return step instanceof Step.Apply apply
                && (apply.command() instanceof Command.RegisterUser
                        || apply.command() instanceof Command.RegisterOrganization
                        || apply.command() instanceof Command.RegisterProduct
                        || apply.command() instanceof Command.RegisterCustomer);
    }
}

package io.eventrouter.loadgen.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A month of a fleet, event by event: what the plan says without going through it. */
public final class NaiveMonth {
    /**
     * What is published again and again.
     *
     * @param from as on the command line.
     * @param name of the events.
     * @param length of their payload in bytes.
     * @param times in the month, by each publisher.
     */
    public record Habit(String from, String name, int length, int times) {}

    private final SmallFleet fleet;
    private final NaiveRouting routing;
    private final int responseLength;
    /** Publishing, events, answers and retries of each account and product. */
    private final Map<String, long[]> operations = new TreeMap<>();

    private NaiveMonth(final SmallFleet fleet, final String era, final String productScope, final int responseLength) {
        this.fleet = fleet;
        this.routing = new NaiveRouting(fleet, era, productScope);
        this.responseLength = responseLength;
    }

    /**
     * Go through a month, round by round: in each, whoever still has to publishes once.
     *
     * @return rows of account, product, publish, events, answers, retries and total.
     */
    public static List<String> rows(
            final SmallFleet fleet,
            final String era,
            final String productScope,
            final List<Habit> habits,
            final int responseLength) {
        final List<Boolean> presence =
                fleet.devices.stream().map(device -> device.isOnline).toList();
        final NaiveMonth month = new NaiveMonth(fleet, era, productScope, responseLength);
        for (int round = 0; month.run(round, habits, presence); round++) {}
        for (int i = 0; i < presence.size(); i++) {
            fleet.devices.get(i).isOnline = presence.get(i);
        }
        return month.rows();
    }

    /** How many devices subscribed to what is published and cannot take so much. */
    public static long devicesTooSmall(final SmallFleet fleet, final Habit habit) {
        return fleet.devices.stream()
                .filter(device -> device.subscriptions.stream().anyMatch(habit.name()::startsWith))
                .filter(device -> habit.length() > device.maxEventSize)
                .count();
    }

    private boolean run(final int round, final List<Habit> habits, final List<Boolean> presence) {
        boolean isAny = false;
        for (final Habit habit : habits) {
            if (round < habit.times()) {
                isAny = true;
                publishers(habit, presence).forEach(this::publish);
            }
        }
        return isAny;
    }

    private List<SmallEvent> publishers(final Habit habit, final List<Boolean> presence) {
        final List<SmallEvent> events = new ArrayList<>();
        final String kind = habit.from().split(":")[0];
        final String id = habit.from().substring(habit.from().indexOf(':') + 1);
        if (kind.equals("api-user")) {
            return List.of(new SmallEvent(kind, null, id, 0, habit.name(), habit.length()));
        }
        if (kind.equals("api-product")) {
            return List.of(new SmallEvent(kind, null, null, Integer.parseInt(id), habit.name(), habit.length()));
        }
        for (int i = 0; i < fleet.devices.size(); i++) {
            final SmallDevice device = fleet.devices.get(i);
            final boolean isSelected = kind.equals("all")
                    || kind.equals("device") && device.id.equals(id)
                    || kind.equals("owner") && id.equals(device.owner)
                    || kind.equals("product") && id.equals(Integer.toString(device.product));
            // Those that time out go on publishing.
            if (isSelected && presence.get(i)) {
                events.add(SmallEvent.byDevice(device.id, habit.name(), habit.length()));
            }
        }
        return events;
    }

    private void publish(final SmallEvent event) {
        if (!routing.isRouted(event)) {
            return;
        }
        if (event.origin().equals("device")) {
            charge(fleet.device(event.device()), 0, event.units());
        }
        deliver(event, 1);
        if (event.device() != null) {
            routing.triggered(event).forEach(hook -> answer(hook, event));
        }
    }

    private void answer(final SmallHook hook, final SmallEvent event) {
        final String topic = hook.topic(event.device(), event.name());
        final int length = Math.min(responseLength, 100_000);
        if (hook.isUnchunked()) {
            if (length > 0) {
                deliver(SmallEvent.answer(event.device(), topic, length), 2);
            }
            return;
        }
        for (int chunk = 0; chunk * 512 < length; chunk++) {
            deliver(SmallEvent.answer(event.device(), topic + "/" + chunk, Math.min(512, length - chunk * 512)), 2);
        }
    }

    private void deliver(final SmallEvent event, final int column) {
        final List<SmallDevice> receivers = fleet.devices.stream()
                .filter(device -> routing.hears(device, event))
                .toList();
        for (final SmallDevice device : receivers) {
            final int attempts = Math.min(3, device.attempts);
            charge(device, column, (long) event.units() * attempts);
            charge(device, 3, (long) event.units() * (attempts - 1));
            if (device.attempts == 4) {
                device.isOnline = false;
            }
        }
    }

    private void charge(final SmallDevice device, final int column, final long count) {
        final String account = fleet.accountOf(device);
        if (account != null) {
            final String product = device.standing() == 0 ? "" : Integer.toString(device.standing());
            operations.computeIfAbsent(account + "," + product, key -> new long[4])[column] += count;
        }
    }

    private List<String> rows() {
        final List<String> rows = new ArrayList<>();
        operations.forEach((key, counts) -> rows.add(key + "," + counts[0] + "," + counts[1] + "," + counts[2] + ","
                + counts[3] + "," + (counts[0] + counts[1] + counts[2])));
        return rows.stream().sorted().toList();
    }
}

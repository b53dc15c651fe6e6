package io.eventrouter.loadgen.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.Shell;
import io.eventrouter.loadgen.naive.NaiveMonth;
import io.eventrouter.loadgen.naive.NaiveMonth.Habit;
import io.eventrouter.loadgen.naive.RandomFleet;
import io.eventrouter.loadgen.naive.SmallFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plan is a month added up; here it is compared with one gone through event by event, device by device. The message
 * of a failure has the seed; {@code -Dloadgen.seed=S} runs that one.
 */
class PlanAgainstNaiveMonthTest {
    private static final int FLEETS = 150;
    private static final int[] RESPONSE_LENGTHS = {0, 1, 512, 513, 1300, 3000, 700};
    private static final String[][] RULES = {
        {"before-2023-03", "any"},
        {"after-2023-03", "all"},
        {"after-2023-03", "unclaimed-only"},
        {"after-2023-03", "hook-and-api-only"}
    };

    @TempDir
    private Path directory;

    @Test
    void saysOfRandomFleetsExactlyWhatAMonthOfThemCosts() throws Exception {
        final Long only = Long.getLong("loadgen.seed");
        if (only != null) {
            compare(only);
            return;
        }
        int plans = 0;
        int withAnswers = 0;
        int withRetries = 0;
        for (long seed = 0; seed < FLEETS; seed++) {
            final List<String> rows = compare(seed);
            plans += rows.isEmpty() ? 0 : 1;
            withAnswers += rows.stream().anyMatch(row -> !row.split(",")[6].equals("0")) ? 1 : 0;
            withRetries += rows.stream().anyMatch(row -> !row.split(",")[7].equals("0")) ? 1 : 0;
        }
        // Else the fleets would be too dull to show anything.
        assertTrue(plans > FLEETS / 2, "plans=" + plans);
        assertTrue(withAnswers > FLEETS / 10, "withAnswers=" + withAnswers);
        assertTrue(withRetries > FLEETS / 10, "withRetries=" + withRetries);
    }

    private List<String> compare(final long seed) throws Exception {
        final SmallFleet fleet = RandomFleet.of(seed);
        final List<Habit> habits = RandomFleet.habits(fleet, seed);
        if (habits.isEmpty()) {
            return List.of();
        }
        final int responseLength = RESPONSE_LENGTHS[new Random(seed).nextInt(RESPONSE_LENGTHS.length)];
        final Path file = Files.writeString(directory.resolve("fleet.json"), fleet.json());
        final List<String> arguments = new ArrayList<>(List.of(
                "plan",
                file.toString(),
                "--csv",
                "--days",
                "28",
                "--response-bytes",
                Integer.toString(responseLength)));
        for (final Habit habit : habits) {
            arguments.addAll(List.of(
                    "--event",
                    habit.name(),
                    "--publishes-per-day",
                    Integer.toString(habit.times() / 28),
                    "--payload-bytes",
                    Integer.toString(habit.length()),
                    "--from",
                    habit.from()));
        }
        final List<String> wanted = new ArrayList<>(List.of(PlanCsv.HEADER));
        for (final String[] rule : RULES) {
            NaiveMonth.rows(fleet, rule[0], rule[1], habits, responseLength)
                    .forEach(row -> wanted.add(rule[0] + "," + rule[1] + "," + row + ",true,,"));
        }

        final Shell.Outcome outcome = Shell.run(arguments.toArray(new String[0]));

        // Some names are of the kind that nothing listens to, which is said beside the rows.
        assertEquals(
                sorted(warnings(fleet, habits)),
                sorted(outcome.err()
                        .lines()
                        .filter(line -> !line.startsWith("Nothing in the fleet listens to "))
                        .map(line -> line.replaceAll(", and never gets there: .*", ""))
                        .toList()),
                () -> "seed " + seed + ": " + arguments);
        assertEquals(sorted(wanted), sorted(outcome.out().lines().toList()), () -> "seed " + seed + ": " + arguments);
        return outcome.out().lines().skip(1).toList();
    }

    private static List<String> warnings(final SmallFleet fleet, final List<Habit> habits) {
        final List<String> warnings = new ArrayList<>();
        for (final Habit habit : habits) {
            final long devices = NaiveMonth.devicesTooSmall(fleet, habit);
            if (devices > 0) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "\"%s\" with %,d bytes is too long for %d %s subscribed to it",
                        habit.name(),
                        habit.length(),
                        devices,
                        devices == 1 ? "device" : "devices"));
            }
        }
        return warnings.stream().distinct().toList();
    }

    private static String sorted(final List<String> lines) {
        return String.join("\n", lines.stream().sorted().toList());
    }
}

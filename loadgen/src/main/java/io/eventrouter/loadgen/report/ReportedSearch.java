package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.json.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a search for the highest rate left behind.
 *
 * @param sentence the result in words.
 * @param limit what was found, or null if no rate held.
 * @param confirmation the last confirming run, or null if there was none.
 */
record ReportedSearch(
        ResultHead head,
        List<Objective> objectives,
        List<Trial> trials,
        String sentence,
        Limit limit,
        ReportedRun confirmation) {
    static final String FILE = "search.json";

    private static final String CONFIRMATION = "confirm";

    /** Read the directory of a search. */
    static ReportedSearch read(final Path directory, final String label, final String name) {
        final Path confirmation = lastConfirmation(directory);
        return ResultFile.read(
                directory.resolve(FILE),
                fields -> new ReportedSearch(
                        ResultHead.of(label, name, fields),
                        fields.objects("objective").stream().map(Objective::of).toList(),
                        fields.objects("trials").stream().map(Trial::of).toList(),
                        fields.text("sentence"),
                        Limit.of(fields),
                        confirmation == null ? null : ReportedRun.read(confirmation, label, confirmation.toString())));
    }

    private static Path lastConfirmation(final Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> number(file) > 0 && Files.isRegularFile(file.resolve(ReportedRun.FILE)))
                    .max((one, other) -> Integer.compare(number(one), number(other)))
                    .orElse(null);
        } catch (final IOException e) {
            throw new UncheckedIOException(directory + ": cannot be listed", e);
        }
    }

    // confirm, confirm-2, confirm-3 …
    private static int number(final Path file) {
        final String name = file.getFileName().toString();
        if (name.equals(CONFIRMATION)) {
            return 1;
        }
        return name.matches(CONFIRMATION + "-[0-9]{1,6}")
                ? Integer.parseInt(name.substring(CONFIRMATION.length() + 1))
                : 0;
    }

    /** The limit that a search found. */
    record Limit(
            double ratePerSecond,
            double deliveriesPerSecond,
            double upperPerSecond,
            String boundedBy,
            String confidence) {
        /** The limit of a search or of a point of a sweep; null if there is none. */
        static Limit of(final Fields fields) {
            if (!fields.has("limit")) {
                return null;
            }
            final Fields limit = fields.object("limit");
            return new Limit(
                    limit.decimal("rate_per_s"),
                    limit.decimal("deliveries_per_s"),
                    limit.has("upper_per_s") ? limit.decimal("upper_per_s") : Double.NaN,
                    limit.text("bounded_by"),
                    limit.text("confidence"));
        }
    }
}

package io.eventrouter.benchmarks;

import io.eventrouter.RouterContext;
import io.eventrouter.journal.SyncPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Data directories for as long as a suite runs: where temporary files are, so that decides which disk is measured. */
final class DataDirectories {
    private DataDirectories() {}

    static Path make() {
        try {
            return Files.createTempDirectory("event-router-data");
        } catch (final IOException problem) {
            throw new IllegalStateException("no data directory could be made", problem);
        }
    }

    /** Have a router keep its data in a directory, by a policy that is named; {@code none} keeps nothing. */
    static RouterContext keep(final RouterContext context, final Path directory, final String policy) {
        return policy.equals("none")
                ? context
                : context.dataDirectory(directory).syncPolicy(policyOf(policy));
    }

    static void delete(final Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            final List<Path> deepestFirst =
                    paths.sorted(Comparator.reverseOrder()).toList();
            for (final Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (final IOException problem) {
            throw new IllegalStateException("data directory is left behind: " + directory, problem);
        }
    }

    private static SyncPolicy policyOf(final String name) {
        return switch (name) {
            case "every-batch" -> SyncPolicy.EVERY_BATCH;
            case "every-10-ms" -> SyncPolicy.atMostEvery(10, TimeUnit.MILLISECONDS);
            case "operating-system" -> SyncPolicy.OPERATING_SYSTEM;
            default -> throw new IllegalArgumentException("no such policy: policy=" + name);
        };
    }
}

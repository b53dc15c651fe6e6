package io.eventrouter.loadgen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory with the files of one replay.
 *
 * @param directory that holds them.
 */
public record Workspace(Path directory) {
    /** The header of every usage file. */
    public static final String USAGE_HEADER = "account,product_id,device_id,publish,subscribe,total";

    /**
     * Write both inputs.
     *
     * @param fleet text of the fleet file.
     * @param trace lines of the trace.
     * @return this.
     */
    public Workspace with(final String fleet, final String... trace) {
        write(fleet(), fleet.getBytes(StandardCharsets.UTF_8));
        write(trace(), (String.join("\n", trace) + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /**
     * Write a file.
     *
     * @param file to write.
     * @param content of the file.
     */
    public static void write(final Path file, final byte[] content) {
        try {
            Files.write(file, content);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Read a file.
     *
     * @param file to read.
     * @return its lines.
     */
    public static List<String> lines(final Path file) {
        try {
            return Files.readAllLines(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path fleet() {
        return directory.resolve("fleet.json");
    }

    Path trace() {
        return directory.resolve("trace.ndjson");
    }

    Path deliveries() {
        return directory.resolve("deliveries.ndjson");
    }

    Path usage() {
        return directory.resolve("usage.csv");
    }
}

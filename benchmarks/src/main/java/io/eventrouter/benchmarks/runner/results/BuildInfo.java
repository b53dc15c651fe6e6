package io.eventrouter.benchmarks.runner.results;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a jar was built from, as its build wrote it down: the jar may be run anywhere and at any time later.
 *
 * @param commit of the sources; unknown if they were not in a repository.
 * @param dirty whether the sources had changes that the commit does not have: true, false or unknown.
 */
public record BuildInfo(String commit, String dirty) {
    private static final String ENTRY = "benchmarks-build.properties";
    private static final String UNKNOWN = "unknown";

    /**
     * Read what a jar knows.
     *
     * @param jar to look into.
     * @return the information; unknown for a jar that has none.
     * @throws IOException if the jar cannot be read.
     */
    public static BuildInfo of(final Path jar) throws IOException {
        final Properties properties = new Properties();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            final ZipEntry entry = zip.getEntry(ENTRY);
            if (entry != null) {
                try (InputStream in = zip.getInputStream(entry)) {
                    properties.load(in);
                }
            }
        }
        return new BuildInfo(
                properties.getProperty("git.commit.id", UNKNOWN), properties.getProperty("git.dirty", UNKNOWN));
    }
}

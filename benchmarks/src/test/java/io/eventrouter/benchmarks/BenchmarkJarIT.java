package io.eventrouter.benchmarks;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The jar that people run lists its benchmarks; packing could lose the list that the classes have. */
class BenchmarkJarIT {
    @Test
    void shouldListBenchmarks() throws IOException {
        try (ZipFile jar = new ZipFile(Path.of("target", "benchmarks.jar").toFile())) {
            final ZipEntry list = jar.getEntry("META-INF/BenchmarkList");

            assertNotNull(list);
            final String text = new String(jar.getInputStream(list).readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(text.contains("WholePathBenchmark") && text.contains("MatchingBenchmark"), text);
        }
    }
}

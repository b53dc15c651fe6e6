package io.eventrouter.simulation;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.eventrouter.oracle.CoverageMarks;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Simulations that went wrong once must not go wrong again: each file of the directory is the log of one. */
class SimulationRegressionTest {
    private static final String DIRECTORY = "/simulation/";
    private static final String SAMPLE = "deliveries-change-places.log";

    @ParameterizedTest
    @MethodSource("logs")
    void shouldNotGoWrongAgain(final String file) throws IOException {
        final Failure failure = RouterSimulation.run(read(file));
        assertNull(failure, () -> file + ": " + failure.describe());
    }

    /** The sample was made by a flaw that is planted; with it, the log still fails. */
    @Test
    void shouldFailWithTheFlawThatItWasMadeBy() throws IOException {
        assertNotNull(RouterSimulation.run(read(SAMPLE), Flaw.CHANGES_THE_ORDER, new CoverageMarks()));
    }

    static List<String> logs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(uri(DIRECTORY)))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static SimulationLog read(final String file) throws IOException {
        return SimulationLog.parse(Files.readString(Path.of(uri(DIRECTORY + file))));
    }

    private static URI uri(final String resource) {
        try {
            return SimulationRegressionTest.class.getResource(resource).toURI();
        } catch (final URISyntaxException problem) {
            throw new IllegalStateException(problem);
        }
    }
}

package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A shipped scenario whose generator does not give up, however long the machine has no processor for it. */
final class PatientScenario {
    private PatientScenario() {}

    /** Write it into a directory, as a file that has its name. */
    static Path write(final Path directory, final String name) throws IOException {
        final String shipped = Shell.run("scenarios", name).out();
        final String text = shipped.replaceAll(" max-lag: \\w+,", "").replace("\nload: {", "\nload: {max-lag: 1h, ");
        assertEquals(1, text.split("max-lag: 1h", -1).length - 1, text);
        return Files.writeString(directory.resolve(name + ".yaml"), text);
    }
}

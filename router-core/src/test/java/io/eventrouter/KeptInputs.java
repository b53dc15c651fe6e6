package io.eventrouter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Inputs that a fuzzer has kept because each led somewhere new: one a line, in hex digits. */
final class KeptInputs {
    private KeptInputs() {}

    static List<byte[]> read(final String file) throws IOException {
        return Files.readAllLines(Path.of("src", "test", "resources", "fuzz", file)).stream()
                .map(HexFormat.of()::parseHex)
                .toList();
    }
}

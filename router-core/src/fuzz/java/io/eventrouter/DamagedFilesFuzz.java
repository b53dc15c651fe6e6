package io.eventrouter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Entry for the fuzzer: one input is the damage to one data directory. */
public final class DamagedFilesFuzz {
    private static final DamagedFiles FILES = make();

    private DamagedFilesFuzz() {}

    private static DamagedFiles make() {
        try {
            return new DamagedFiles();
        } catch (final IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /**
     * Damage and open.
     *
     * @param bytes of the input.
     */
    public static void fuzzerTestOneInput(final byte[] bytes) {
        final List<String> findings = FILES.judge(new Choices(bytes));
        if (!findings.isEmpty()) {
            throw new AssertionError(findings);
        }
    }
}

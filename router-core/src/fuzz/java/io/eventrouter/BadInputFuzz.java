package io.eventrouter;

import java.util.List;

/** Entry for the fuzzer: one input is one row of choices. */
public final class BadInputFuzz {
    private static BadInput inputs = new BadInput();
    private static int uses;

    private BadInputFuzz() {}

    /**
     * Offer one input.
     *
     * @param bytes of the input.
     */
    public static void fuzzerTestOneInput(final byte[] bytes) {
        // The fleet fills up: begin anew from time to time.
        if (++uses % 20_000 == 0) {
            inputs.close();
            inputs = new BadInput();
        }
        final List<String> findings = inputs.offer(new Choices(bytes));
        if (!findings.isEmpty()) {
            throw new AssertionError(findings);
        }
    }
}

package io.eventrouter;

import io.eventrouter.identity.AccountId;

/** A mistake that random bytes do not meet in the age of the universe; a fuzzer that looks where they lead does. */
public final class WeakTwinFuzz {
    private WeakTwinFuzz() {}

    /**
     * Read an account, as somebody would who lets the id of an organization be anything.
     *
     * @param bytes of the input.
     */
    public static void fuzzerTestOneInput(final byte[] bytes) {
        final String text = new Choices(bytes).restAsText();
        try {
            AccountId.parse(text);
        } catch (final IllegalArgumentException refused) {
            if (text.startsWith("organization:")) {
                throw new AssertionError("planted", refused);
            }
        }
    }
}

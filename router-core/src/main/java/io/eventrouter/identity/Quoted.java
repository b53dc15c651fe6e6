package io.eventrouter.identity;

/** Shows untrusted text in a message: in quotes, cut to 32 characters, everything outside printable ASCII escaped. */
public final class Quoted {
    private static final int MAX_SHOWN = 32;

    private Quoted() {}

    /**
     * A value as it may appear in a message.
     *
     * @param text any text, or null.
     * @return the quoted text, or {@code null} as a word.
     */
    public static String of(final CharSequence text) {
        if (text == null) {
            return "null";
        }
        final StringBuilder quoted = new StringBuilder(MAX_SHOWN + 8).append('"');
        for (int i = 0, shown = Math.min(text.length(), MAX_SHOWN); i < shown; i++) {
            final char c = text.charAt(i);
            if (c >= 0x20 && c <= 0x7E && c != '"' && c != '\\') {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        return quoted.append(text.length() > MAX_SHOWN ? "…\"" : "\"").toString();
    }
}

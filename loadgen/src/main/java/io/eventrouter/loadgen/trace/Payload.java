package io.eventrouter.loadgen.trace;

import io.eventrouter.loadgen.json.Fields;
import java.nio.charset.StandardCharsets;

/** The payload of an event, from the text in a trace to the bytes on the way. */
final class Payload {
    private static final byte[] EMPTY = {};
    private static final char REPLACEMENT = '\uFFFD';

    private Payload() {}

    /** The bytes of a line's data; none if that is absent or null. */
    static byte[] of(final Fields line) {
        final String data = line.textOrNull("data");
        return data == null ? EMPTY : bytes(data);
    }

    // JSON can name half of a surrogate pair, UTF-8 cannot: it becomes U+FFFD, as long as what it stands for.
    private static byte[] bytes(final String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    repaired = repaired == null ? new StringBuilder(text) : repaired;
                    repaired.setCharAt(i, REPLACEMENT);
                }
            }
        }
        return (repaired == null ? text : repaired.toString()).getBytes(StandardCharsets.UTF_8);
    }
}

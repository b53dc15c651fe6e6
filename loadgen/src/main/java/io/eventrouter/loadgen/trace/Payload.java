package io.eventrouter.loadgen.trace;

import io.eventrouter.loadgen.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The payload of an event, from the text in a trace to the bytes on the way. */
final class Payload {
    private static final byte[] EMPTY = {};
    private static final char REPLACEMENT = '\uFFFD';
    private static final String DATA_URL = "data:";
    private static final String BASE64 = ";base64";

    private Payload() {}

    /** The bytes of a line's data as text; none if that is absent or null. */
    static byte[] ofText(final Fields line) {
        final String data = line.textOrNull("data");
        return data == null ? EMPTY : bytes(data);
    }

    /**
     * The bytes that a device or the API sent, of which the stream shows binary ones as a data URL; none if the line's
     * data is absent or null.
     */
    static byte[] ofPublish(final Fields line) {
        final String data = line.textOrNull("data");
        if (data == null) {
            return EMPTY;
        }
        final byte[] binary = inDataUrl(data);
        return binary == null ? bytes(data) : binary;
    }

    // Null if it is no data URL in base64.
    private static byte[] inDataUrl(final String text) {
        if (!text.startsWith(DATA_URL)) {
            return null;
        }
        final int comma = text.indexOf(',');
        if (comma < 0 || !text.startsWith(BASE64, comma - BASE64.length())) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(text.substring(comma + 1));
        } catch (final IllegalArgumentException e) {
            return null;
        }
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

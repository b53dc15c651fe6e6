package io.eventrouter.loadgen.explain;

import io.eventrouter.delivery.RecipientKind;

/** What kinds of subscriber are called. */
final class Subscribers {
    private Subscribers() {}

    /** The word in front of an id, as in files of deliveries. */
    static String label(final RecipientKind kind) {
        switch (kind) {
            case DEVICE:
                return "device";
            case INTEGRATION:
                return "integration";
            case LOGIC_FUNCTION:
                return "logic";
            default:
                return "stream";
        }
    }

    /** The word in a sentence, in the singular. */
    static String noun(final RecipientKind kind) {
        return kind == RecipientKind.LOGIC_FUNCTION ? "Logic function" : label(kind);
    }
}

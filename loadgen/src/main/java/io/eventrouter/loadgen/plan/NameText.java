package io.eventrouter.loadgen.plan;

/** Names and prefixes in a text. */
final class NameText {
    private NameText() {}

    /** In quotes, whole: they are printable and short by rule. */
    static String quoted(final String name) {
        return '"' + name + '"';
    }
}

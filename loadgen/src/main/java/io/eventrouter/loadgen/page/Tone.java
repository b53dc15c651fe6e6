package io.eventrouter.loadgen.page;

/** How good a piece of news is; shown by a sign and a word as well as by a colour. */
public enum Tone {
    /** What was wanted. */
    GOOD("good", "✓"),
    /** What was not wanted. */
    BAD("bad", "✗"),
    /** It could not be decided. */
    UNCERTAIN("uncertain", "?"),
    /** Neither good nor bad. */
    NEUTRAL("neutral", "·");

    private final String styleClass;
    private final String sign;

    Tone(final String styleClass, final String sign) {
        this.styleClass = styleClass;
        this.sign = sign;
    }

    String styleClass() {
        return styleClass;
    }

    String sign() {
        return sign;
    }
}

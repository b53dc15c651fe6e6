package io.eventrouter.loadgen.json;

/** Kinds of JSON value, with the words that messages use for them. */
public enum JsonKind {
    /** A string. */
    STRING("a string"),
    /** A number without fraction or exponent that fits 64 bits. */
    WHOLE_NUMBER("a whole number"),
    /** Any other number. */
    OTHER_NUMBER("a number"),
    /** True or false. */
    BOOLEAN("true or false"),
    /** Null. */
    NULL("null"),
    /** An array. */
    ARRAY("an array"),
    /** An object. */
    OBJECT("an object");

    private final String words;

    JsonKind(final String words) {
        this.words = words;
    }

    /**
     * The kind in words.
     *
     * @return the words.
     */
    public String words() {
        return words;
    }
}

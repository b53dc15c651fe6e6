package io.eventrouter.loadgen.json;

import io.eventrouter.event.EventNames;

/** Text of printable ASCII, such as names and prefixes, with complaints that point at the character. */
public final class PrintableText {
    private PrintableText() {}

    /**
     * Check a text.
     *
     * @param what it is, for the message.
     * @param text to check.
     * @param maxLength greatest number of characters.
     * @return the text.
     * @throws IllegalArgumentException if it is empty, too long or not printable ASCII.
     */
    public static String check(final String what, final String text, final int maxLength) {
        if (text.length() <= maxLength && firstUnprintable(text) < text.length()) {
            throw new IllegalArgumentException(complaint(what, text));
        }
        return EventNames.check(what, text, 1, maxLength);
    }

    /**
     * A name or filter that was checked, in quotes: short by rule, and to be seen whole where it is compared.
     *
     * @param text that is printable.
     * @return the text in quotes.
     */
    public static String quoted(final String text) {
        return '"' + text + '"';
    }

    /**
     * What to say about a text that is not printable ASCII.
     *
     * @param what it is.
     * @param text that holds a character outside.
     * @return the words, with place and character.
     */
    public static String complaint(final String what, final String text) {
        final int position = firstUnprintable(text);
        return what + " must be printable ASCII, 0x20 to 0x7E: position=" + position + ", character="
                + String.format("U+%04X", text.codePointAt(position));
    }

    private static int firstUnprintable(final String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= 0x20 && text.charAt(i) <= 0x7E) {
            i++;
        }
        return i;
    }
}

package io.eventrouter.loadgen.page;

/** Makes any text safe to stand in a page, and visible where it tries to hide. */
final class HtmlText {
    private HtmlText() {}

    /** The text for an element or an attribute in double quotes. */
    static String escape(final String text) {
        final String printable = printable(text);
        final StringBuilder escaped = new StringBuilder(printable.length() + 16);
        for (int i = 0; i < printable.length(); i++) {
            final char c = printable.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** The text with characters that show nothing, or turn what follows around, written as their codes. */
    static String printable(final String text) {
        StringBuilder printable = null;
        int i = 0;
        while (i < text.length()) {
            final int character = text.codePointAt(i);
            final int length = Character.charCount(character);
            if (isHidden(character)) {
                if (printable == null) {
                    printable = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                printable.append(String.format("\\u%04x", character));
            } else if (printable != null) {
                printable.appendCodePoint(character);
            }
            i += length;
        }
        return printable == null ? text : printable.toString();
    }

    private static boolean isHidden(final int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character != '\n' && character != '\t';
            case Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.UNASSIGNED -> (character & 0xFFFE) == 0xFFFE;
            default -> false;
        };
    }
}

package io.eventrouter.loadgen.page;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes elements, each closed in its turn, and escapes whatever is text. */
final class HtmlWriter {
    private final StringBuilder out = new StringBuilder(1 << 12);
    private final Deque<String> open = new ArrayDeque<>();

    /** Open an element with attributes, given as names and values in turn. */
    HtmlWriter open(final String tag, final String... attributes) {
        startTag(tag, attributes).append('>');
        open.push(tag);
        return this;
    }

    /** Close the element that was opened last. */
    HtmlWriter close(final String tag) {
        final String expected = open.pop();
        if (!expected.equals(tag)) {
            throw new IllegalStateException("element must be closed first: open=" + expected + ", closing=" + tag);
        }
        out.append("</").append(tag).append('>');
        return this;
    }

    /** Write an element that never has content. */
    HtmlWriter empty(final String tag, final String... attributes) {
        startTag(tag, attributes).append(" />");
        return this;
    }

    HtmlWriter element(final String tag, final String text) {
        return open(tag).text(text).close(tag);
    }

    HtmlWriter text(final String text) {
        out.append(HtmlText.escape(text));
        return this;
    }

    /** Write what is known to be safe: styles, scripts and their data. */
    HtmlWriter raw(final String content) {
        out.append(content);
        return this;
    }

    HtmlWriter line() {
        out.append('\n');
        return this;
    }

    /** What was written; every element must be closed. */
    String finish() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("elements are still open: open=" + open);
        }
        return out.toString();
    }

    private StringBuilder startTag(final String tag, final String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(HtmlText.escape(attributes[i + 1])).append('"');
        }
        return out;
    }
}

package io.eventrouter.loadgen.page;

/**
 * One of the few numbers that a reader looks for first.
 *
 * @param label what it is.
 * @param value the number with its unit.
 * @param note what it is to be compared with, its spread, or the like; empty for none.
 */
public record KeyFigure(String label, String value, String note) {
    /**
     * A figure without a note.
     *
     * @param label what it is.
     * @param value the number with its unit.
     */
    public KeyFigure(final String label, final String value) {
        this(label, value, "");
    }
}

package io.eventrouter.loadgen.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A chart: its words are in the page, its points are drawn by the page's script. */
public abstract class Chart {
    private final String title;
    private String caption = "";

    Chart(final String title) {
        this.title = title;
    }

    final String title() {
        return title;
    }

    final String caption() {
        return caption;
    }

    final void setCaption(final String text) {
        caption = text;
    }

    /** Whether there is nothing to draw. */
    abstract boolean isEmpty();

    /** Write the fields of the object that the script reads. */
    abstract void writeFields(JsonGenerator json) throws IOException;

    /** The same figures as a table, or null if there are too many to read. */
    abstract DataTable figures();
}

package io.eventrouter.loadgen.fleet;

import io.eventrouter.loadgen.json.Fields;
import java.util.Set;
import java.util.function.Consumer;

/** A section of a fleet file in one pass: which fields of its elements matter, and what takes the elements. */
final class Section {
    private final Set<String> fields;
    private final Consumer<Fields> handler;
    private int count;

    Section(final Set<String> fields, final Consumer<Fields> handler) {
        this.fields = fields;
        this.handler = handler;
    }

    Set<String> fields() {
        return fields;
    }

    void accept(final Fields element) {
        count++;
        handler.accept(element);
    }

    int count() {
        return count;
    }
}

package io.eventrouter.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Copies of the lists that callers give. */
final class Elements {
    private Elements() {}

    /**
     * Copy a list that has no nulls.
     *
     * @throws NullPointerException if it is null or has one; the message has the name, and the index.
     */
    static <T> List<T> copyOf(final String name, final List<T> elements) {
        final List<T> copy = new ArrayList<>(Objects.requireNonNull(elements, name));
        for (int i = 0; i < copy.size(); i++) {
            if (copy.get(i) == null) {
                throw new NullPointerException(name + "[" + i + "]");
            }
        }
        return List.copyOf(copy);
    }
}

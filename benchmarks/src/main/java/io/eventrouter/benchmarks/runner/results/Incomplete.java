package io.eventrouter.benchmarks.runner.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How far a run is; the content of {@code incomplete.json}, which is there until all results are written, so also when
 * the run was interrupted or killed.
 *
 * @param done benchmarks that were measured or failed.
 * @param missing benchmarks that were not, or not enough for a verdict.
 */
public record Incomplete(
        @JsonProperty(required = true) List<String> done,
        @JsonProperty(required = true) List<String> missing) {
    /**
     * How far it is, in words.
     *
     * @return a part of a sentence.
     */
    public String words() {
        return done.size() + " of " + (done.size() + missing.size()) + " benchmarks were done"
                + (missing.isEmpty() ? "" : ", the next was " + missing.get(0));
    }
}

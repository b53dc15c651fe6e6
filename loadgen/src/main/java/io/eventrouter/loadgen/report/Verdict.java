package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.page.Tone;
import java.util.ArrayList;
import java.util.List;

/** What came out, as result files say it. */
enum Verdict {
    MET("met", Tone.GOOD, "Objective met"),
    NOT_MET("not-met", Tone.BAD, "Objective not met"),
    INVALID("invalid", Tone.UNCERTAIN, "Invalid"),
    NONE("none", Tone.NEUTRAL, "No objective was set");

    private final String name;
    private final Tone tone;
    private final String words;

    Verdict(final String name, final Tone tone, final String words) {
        this.name = name;
        this.tone = tone;
        this.words = words;
    }

    static Verdict of(final Fields fields) {
        final String text = fields.text("verdict");
        final List<String> names = new ArrayList<>();
        for (final Verdict verdict : values()) {
            if (verdict.name.equals(text)) {
                return verdict;
            }
            names.add(verdict.name);
        }
        throw fields.error(
                "verdict", "must be one of " + String.join(", ", names) + ": value=" + ResultLines.cut(text));
    }

    Tone tone() {
        return tone;
    }

    String words() {
        return words;
    }
}

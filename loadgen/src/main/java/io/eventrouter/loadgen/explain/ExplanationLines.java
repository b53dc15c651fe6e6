package io.eventrouter.loadgen.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.Choices;
import io.eventrouter.metering.UsageSnapshot.Totals;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** The same as the report for programs: one JSON object a line. */
public final class ExplanationLines {
    private ExplanationLines() {}

    /**
     * Print all of it.
     *
     * @param answer to tell.
     * @param out takes the lines.
     */
    public static void print(final Answer answer, final PrintStream out) {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            for (final Explanation explanation : answer.events()) {
                for (final Explanation.Group group : explanation.groups().values()) {
                    for (final Finding finding : group.kept()) {
                        write(json, explanation.event().name(), finding);
                    }
                }
                for (final Map.Entry<AccountId, Totals> cost :
                        explanation.costs().entrySet()) {
                    write(json, explanation.event().name(), cost.getKey(), cost.getValue());
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        if (text.getBuffer().length() > 0) {
            out.println(text);
        }
    }

    private static void write(final JsonGenerator json, final String event, final Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("event", event);
        json.writeStringField("subscriber", finding.subscriber());
        json.writeBooleanField("receives", finding.isReceived());
        if (finding.isReceived()) {
            json.writeStringField("why", finding.why());
            json.writeNumberField("operations", finding.operations());
            if (finding.account() != null) {
                json.writeStringField("account", finding.account().toString());
            }
        } else {
            json.writeArrayFieldStart("obstacles");
            for (int i = 0; i < finding.obstacles().size(); i++) {
                json.writeStartObject();
                json.writeStringField(
                        "obstacle", Choices.name(finding.obstacles().get(i)));
                json.writeStringField("words", finding.obstacles().get(i).words());
                json.writeStringField("detail", finding.details().get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(
            final JsonGenerator json, final String event, final AccountId account, final Totals totals)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("event", event);
        json.writeStringField("account", account.toString());
        json.writeNumberField("publish", totals.publishOperations());
        json.writeNumberField("deliveries", totals.subscribeOperations());
        json.writeEndObject();
    }
}

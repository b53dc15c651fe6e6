package io.eventrouter.loadgen.explain;

import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.Choices;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.figures.Paragraph;
import io.eventrouter.loadgen.figures.Table;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.json.PrintableText;
import io.eventrouter.loadgen.scope.EventScopes;
import io.eventrouter.loadgen.scope.FleetEvent;
import io.eventrouter.metering.UsageSnapshot.Totals;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells in plain words who gets an event, who nearly does, why, and what it costs whom. */
public final class ExplanationReport {
    private final Answer answer;
    private final PrintStream out;

    /**
     * A report.
     *
     * @param answer to tell.
     * @param out takes the text.
     */
    public ExplanationReport(final Answer answer, final PrintStream out) {
        this.answer = answer;
        this.out = out;
    }

    /** Print all of it. */
    public void print() {
        if (answer.events().isEmpty()) {
            out.println("An empty answer makes no event: nobody gets anything, and it costs nothing.");
        }
        final List<Explanation> events = answer.events();
        for (int first = 0; first < events.size(); ) {
            int last = first;
            while (last + 1 < events.size() && events.get(last + 1).isLike(events.get(first))) {
                last++;
            }
            printEvents(events.get(first), first, last);
            first = last + 1;
        }
        answer.forecasts().forEach(this::printForecast);
        printCosts();
        printCheck();
    }

    private void printEvents(final Explanation explanation, final int first, final int last) {
        printFacts(explanation, first, last);
        printGroups(explanation, true, last > first);
        printGroups(explanation, false, last > first);
        if (explanation.notNear() > 0) {
            out.println(
                    answer.question().about() == null
                            ? "Nothing to do with it: " + Figures.count(explanation.notNear(), "other subscriber")
                                    + " of the fleet."
                            : "Not asked about: " + Figures.count(explanation.notNear(), "other subscriber") + ".");
            out.println();
        }
    }

    private void printFacts(final Explanation explanation, final int first, final int last) {
        final FleetEvent event = explanation.event();
        final FleetEvent end = answer.events().get(last).event();
        Paragraph.print(
                out,
                "",
                name(event)
                        + (last > first ? " to " + name(end) + ", " + (last - first + 1) + " events, each" : ",") + " "
                        + (end.payloadLength() == event.payloadLength() ? "" : end.payloadLength() + " to ")
                        + Figures.count(event.payloadLength(), "byte") + ", "
                        + (event.isSystemEvent()
                                ? "a system event: free"
                                : Figures.count(event.units(), "data operation") + " whenever it counts"));
        fact("from", origin(event));
        fact("heard in", scopes(explanation));
        fact(
                "rules",
                Choices.name(answer.question().policies().era()) + ", product-scope "
                        + Choices.name(answer.question().policies().productScope()));
        out.println();
    }

    private static String name(final FleetEvent event) {
        return PrintableText.quoted(event.name());
    }

    private void fact(final String title, final String text) {
        Paragraph.print(out, String.format("  %-10s", title), text);
    }

    private String origin(final FleetEvent event) {
        switch (event.origin()) {
            case DEVICE:
                return "device " + device(event.id());
            case SYSTEM:
                return "the cloud, about device " + device(event.id());
            case HOOK:
                return "an integration that answers device " + device(event.id());
            case API_USER:
                return "an API call to the stream of user " + person(event.id());
            default:
                return "an API call to product " + event.productId()
                        + (event.id() == null ? ", caller not told" : " by user " + person(event.id()));
        }
    }

    private String device(final EntityId id) {
        final DeviceState device = answer.fleet().device(id);
        final String owner = device.isClaimed() ? "claimed by " + person(device.owner()) : "unclaimed";
        final String standing =
                device.isQuarantined() ? "quarantined" : device.isDenied() ? "denied" : "in good standing";
        return id + ", " + owner + ", "
                + (device.productId() == 0 ? "in no product" : standing + " in product " + device.productId());
    }

    private String person(final EntityId owner) {
        final String username = answer.directory().usernameOrNull(owner);
        final String kind = answer.fleet().isCustomer(owner) ? "customer " : "";
        return kind + (username == null ? owner.toString() : username + " (" + owner + ")");
    }

    private String scopes(final Explanation explanation) {
        final EventScopes scopes = explanation.scopes();
        if (scopes.isEmpty()) {
            return "no scope at all: its device has no owner and "
                    + (isAnswerBefore2023(explanation)
                            ? "before March 2023 only the owner heard answers"
                            : "is in good standing in no product");
        }
        final List<String> parts = new ArrayList<>();
        if (scopes.owner() != null) {
            parts.add("the scope of its owner " + person(scopes.owner()));
        }
        if (scopes.productId() != 0) {
            parts.add("product " + scopes.productId());
        }
        if (scopes.organization() != null) {
            parts.add("organization " + scopes.organization());
        }
        return String.join(", ", parts)
                + (scopes.droppedFor() == null ? "" : "; but it is dropped, as " + scopes.droppedFor() + " is paused");
    }

    private boolean isAnswerBefore2023(final Explanation explanation) {
        return explanation.event().origin() == EventOrigin.HOOK
                && answer.question().policies().isBefore()
                && answer.fleet().device(explanation.event().id()).standingProductId() != 0;
    }

    private void printGroups(final Explanation explanation, final boolean isReceived, final boolean isOneOfMany) {
        final Map<RecipientKind, Long> counts = new TreeMap<>();
        explanation.groups().forEach((reason, group) -> {
            if (reason.obstacles().isEmpty() == isReceived) {
                counts.merge(reason.kind(), group.count(), Long::sum);
            }
        });
        // Of one subscriber, only one of the two can be said.
        if (counts.isEmpty() && answer.question().about() != null) {
            return;
        }
        final List<String> parts = new ArrayList<>();
        counts.forEach((kind, count) -> parts.add(Figures.count(count, Subscribers.noun(kind))));
        final String who = parts.isEmpty() ? "nobody" : String.join(", ", parts);
        final String reaches =
                isReceived ? "reaches" : answer.question().about() == null ? "nearly reaches" : "does not reach";
        out.println((isOneOfMany ? "Each of them " : "It ") + reaches + " " + who + ".");
        explanation.groups().forEach((reason, group) -> {
            if (reason.obstacles().isEmpty() == isReceived) {
                printGroup(reason, group);
            }
        });
        out.println();
    }

    private void printGroup(final Explanation.Reason reason, final Explanation.Group group) {
        final String who = Figures.count(group.count(), Subscribers.noun(reason.kind()));
        final String why = reason.obstacles().isEmpty()
                ? reason.why()
                        + (reason.kind() == RecipientKind.DEVICE
                                ? ": " + Figures.count(group.operations(), "data operation")
                                : "")
                : String.join(
                        "; and ",
                        reason.obstacles().stream().map(Obstacle::words).toList());
        Paragraph.print(out, "  " + who + ": ", why);
        for (final Finding finding : group.kept()) {
            final List<String> details = finding.details().stream()
                    .filter(detail -> !detail.isEmpty())
                    .toList();
            Paragraph.print(out, "      ", finding.id() + (details.isEmpty() ? "" : "  " + String.join("; ", details)));
        }
        final long more = group.count() - group.kept().size();
        if (more > 0) {
            out.println("      and " + Figures.count(more) + " more"
                    + (group.kept().isEmpty() ? "" : "; --all lists them"));
        }
    }

    private void printForecast(final AnswerForecast forecast) {
        final String whom = forecast.devices() == 0
                ? "would be heard by no device"
                : "would be heard by " + Figures.count(forecast.devices(), "device") + " and cost "
                        + Figures.count(forecast.operations(), "data operation");
        final String others = forecast.otherDevices() == 0
                ? ""
                : "; " + Figures.count(forecast.otherDevices())
                        + " of these did not ask. A topic that begins with {{PARTICLE_DEVICE_ID}}, and subscriptions"
                        + " with the own id, would spare them";
        Paragraph.print(
                out,
                "If integration " + forecast.integration() + " answers, ",
                (forecast.isChunked() ? "each chunk of 512 bytes, the first named " : "the answer, named ")
                        + PrintableText.quoted(forecast.topic()) + ", " + whom + others + ".");
        out.println();
    }

    private void printCosts() {
        final Map<String, Totals> costs = new TreeMap<>();
        for (final Explanation explanation : answer.events()) {
            explanation.costs().forEach((account, totals) -> costs.merge(name(account), totals, Totals::plus));
        }
        if (costs.isEmpty()) {
            out.println("It costs nobody anything.");
            return;
        }
        final Table table = new Table();
        table.row("What it costs, in data operations", "publish", "deliveries", "total");
        costs.forEach((account, totals) -> table.row(
                "  " + account,
                Figures.count(totals.publishOperations()),
                Figures.count(totals.subscribeOperations()),
                Figures.count(totals.total())));
        table.print(out);
    }

    private String name(final AccountId account) {
        final String username =
                account.kind() == AccountId.Kind.USER ? answer.directory().usernameOrNull(account.id()) : null;
        return username == null ? account.toString() : account + " (" + username + ")";
    }

    private void printCheck() {
        out.println();
        if (answer.disagreements().isEmpty()) {
            final long deliveries = answer.events().stream()
                    .mapToLong(explanation -> explanation.receivers().size())
                    .sum();
            Paragraph.print(
                    out,
                    "Checked: ",
                    "the router itself delivered exactly this, "
                            + (deliveries == 1 ? "1 delivery" : Figures.count(deliveries) + " deliveries")
                            + ", and charged exactly this.");
        }
    }
}

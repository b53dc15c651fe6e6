package io.eventrouter.loadgen;

import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.replay.DeliveryCounts;
import io.eventrouter.loadgen.replay.ReplayPlan;
import io.eventrouter.loadgen.replay.ReplayResult;
import io.eventrouter.loadgen.trace.TraceCounts;
import io.eventrouter.metering.UsageSnapshot.Totals;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tells in plain words what came of a replay. */
final class ReplaySummary {
    private static final int ACCOUNTS_SHOWN = 10;
    private static final String ROW = "  %-42s %15s %15s %15s%n";

    private final ReplayPlan plan;
    private final ReplayResult result;

    ReplaySummary(final ReplayPlan plan, final ReplayResult result) {
        this.plan = plan;
        this.result = result;
    }

    void print(final PrintStream out) {
        final TraceCounts trace = result.trace();
        final DeliveryCounts deliveries = result.deliveries();
        out.printf(
                "%s: %s, %s, %s%n%n",
                plan.trace().name(),
                Figures.count(trace.lines(), "line"),
                Choices.name(plan.era()),
                Choices.name(plan.productScope()));
        line(
                out,
                "fleet",
                Figures.count(result.devices(), "device") + ", loaded in " + Figures.seconds(result.loadNs()));
        line(
                out,
                "trace",
                Figures.count(trace.events(), "event") + ", "
                        + Figures.count(trace.hookResponses(), "integration answer") + ", "
                        + Figures.count(trace.commands(), "change") + " of the fleet");
        if (trace.wrong() > 0) {
            line(
                    out,
                    "wrong",
                    trace.stop() == null
                            ? Figures.count(trace.wrong(), "line") + " skipped"
                            : "stopped at a wrong line; what came before it is counted here");
        }
        line(out, "deliveries", Figures.count(deliveries.total()));
        line(
                out,
                "",
                Figures.count(deliveries.toDevices()) + " to devices, "
                        + Figures.count(deliveries.toIntegrations()) + " to integrations, "
                        + Figures.count(deliveries.toLogicFunctions()) + " to Logic functions, "
                        + Figures.count(deliveries.toStreams()) + " to streams");
        line(
                out,
                "not delivered",
                Figures.count(result.unroutable(), "event") + " with nowhere to go, "
                        + Figures.count(result.droppedPaused()) + " dropped as the account was paused");
        line(
                out,
                "",
                Figures.count(result.skippedDevices())
                        + " times a subscribed device was offline, paused or could not take the size");
        line(
                out,
                "time",
                Figures.seconds(result.replayNs()) + ", "
                        + Figures.perSecond(trace.lines(), result.replayNs()) + " lines/s, "
                        + Figures.perSecond(deliveries.total(), result.replayNs()) + " deliveries/s");
        line(out, "", "reading, routing and writing shared this process");
        out.println();
        printOperations(out);
    }

    private void printOperations(final PrintStream out) {
        final Map<AccountId, Totals> byAccount = result.usage().byAccount();
        out.printf(ROW, "data operations by account", "publish", "subscribe", "total");
        final List<Map.Entry<AccountId, Totals>> largest = byAccount.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<AccountId, Totals> entry) ->
                                entry.getValue().total())
                        .reversed()
                        .thenComparing(entry -> entry.getKey().toString()))
                .limit(ACCOUNTS_SHOWN)
                .toList();
        largest.forEach(entry -> row(out, entry.getKey().toString(), entry.getValue()));
        if (byAccount.size() > largest.size()) {
            out.printf("  ... and %s%n", Figures.count(byAccount.size() - largest.size(), "more account"));
        }
        row(out, "all", result.usage().all());
    }

    private static void line(final PrintStream out, final String what, final String text) {
        out.printf("  %-14s %s%n", what, text);
    }

    private static void row(final PrintStream out, final String name, final Totals totals) {
        out.printf(
                ROW,
                name,
                Figures.count(totals.publishOperations()),
                Figures.count(totals.subscribeOperations()),
                Figures.count(totals.total()));
    }
}

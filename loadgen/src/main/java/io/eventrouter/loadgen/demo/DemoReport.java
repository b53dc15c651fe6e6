package io.eventrouter.loadgen.demo;

import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.figures.Table;
import io.eventrouter.loadgen.replay.DeliveryCounts;
import io.eventrouter.loadgen.replay.ReplayResult;
import io.eventrouter.loadgen.replay.UsageTotals;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** Tells what the demo fleet did in both eras, side by side. */
final class DemoReport {
    // One line of the cost table: who pays, for the devices of which product.
    private record Bill(AccountId account, int productId) {
        static Bill of(final UsageTotals.Row row) {
            return new Bill(row.account(), row.productId());
        }
    }

    private final DemoNames names;
    private final ReplayResult before;
    private final ReplayResult after;
    // One for both parts, so that their figures are below each other.
    private final Table table = new Table();

    DemoReport(final DemoNames names, final ReplayResult before, final ReplayResult after) {
        this.names = names;
        this.before = before;
        this.after = after;
    }

    void print(final PrintStream out) {
        printStory(out);
        addDeliveries();
        addCosts();
        table.print(out);
        printDifference(out);
    }

    private void printStory(final PrintStream out) {
        out.printf(
                "One morning in the life of %s, %s of a trace, routed twice: by the rules%n"
                        + "before March 2023 and by those after it.%n%n",
                Figures.count(after.devices(), "device"),
                Figures.count(after.trace().lines(), "line"));
        out.println(
                "  leafworks sells greenhouse controllers: product greenhouse, most devices unclaimed, two owned by");
        out.println("  customers, one on the bench of their developer mira. tom builds bird feeders in his sandbox.");
        out.println("  On the way a device is claimed and unclaimed, one is offline, one stops answering, an account");
        out.println("  is paused, and one integration answers under a topic that every greenhouse listens to.");
    }

    private void addDeliveries() {
        heading("What went where (deliveries)");
        count("to devices that subscribed", DeliveryCounts::toDevices);
        count("to integrations", DeliveryCounts::toIntegrations);
        count("to Logic functions", DeliveryCounts::toLogicFunctions);
        count("to open streams", DeliveryCounts::toStreams);
    }

    private void addCosts() {
        heading("What it cost whom (data operations)");
        final TreeSet<Bill> bills = new TreeSet<>(Comparator.comparing((Bill bill) -> names.account(bill.account))
                .thenComparing(bill -> names.product(bill.productId)));
        before.usage().rows().forEach(row -> bills.add(Bill.of(row)));
        after.usage().rows().forEach(row -> bills.add(Bill.of(row)));
        for (final Bill bill : bills) {
            final String what = names.account(bill.account) + ", " + names.product(bill.productId);
            cost(what + ": publish", bill, UsageTotals.Row::publishOperations);
            cost(what + ": subscribe", bill, UsageTotals.Row::subscribeOperations);
        }
        row("all", before.usage().all().total(), after.usage().all().total());
    }

    private void printDifference(final PrintStream out) {
        out.printf(
                "%nPublishing cost the same %s operations both times. The difference is hearing: after March 2023%n"
                        + "devices hear what happens in their product, claimed or not, and every delivery to a device%n"
                        + "counts. Deliveries to integrations, Logic functions and streams are free.%n",
                Figures.count(after.usage().all().publishOperations()));
    }

    private void count(final String what, final ToLongFunction<DeliveryCounts> kind) {
        row(what, kind.applyAsLong(before.deliveries()), kind.applyAsLong(after.deliveries()));
    }

    private void cost(final String what, final Bill bill, final ToLongFunction<UsageTotals.Row> operations) {
        row(what, sum(before, bill, operations), sum(after, bill, operations));
    }

    private static long sum(
            final ReplayResult result, final Bill bill, final ToLongFunction<UsageTotals.Row> operations) {
        return result.usage().rows().stream()
                .filter(row -> Bill.of(row).equals(bill))
                .mapToLong(operations)
                .sum();
    }

    private void row(final String what, final long first, final long second) {
        final String difference = first == second ? "-" : String.format(Locale.ROOT, "%+,d", second - first);
        table.row("  " + what, Figures.count(first), Figures.count(second), difference);
    }

    private void heading(final String what) {
        table.row("");
        table.row(what, "before 2023-03", "after 2023-03", "difference");
    }
}

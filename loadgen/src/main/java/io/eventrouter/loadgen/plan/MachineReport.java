package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.figures.Paragraph;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.Locale;
import java.util.SortedMap;

/** Tells how many machines and how much memory a fleet takes. */
final class MachineReport {
    private static final double BYTES_PER_MIB = 1_048_576;

    private final PlanResult plan;
    private final MachineEstimate machines;
    private final PrintStream out;

    MachineReport(final PlanResult plan, final MachineEstimate machines, final PrintStream out) {
        this.plan = plan;
        this.machines = machines;
        this.out = out;
    }

    void print() {
        final MachineRate rate = machines.rate();
        out.println("Machines and memory (after March 2023, product-scope all)");
        fact(
                "load",
                decimal(machines.eventsPerSecond()) + " events/s with those of answers, "
                        + decimal(machines.deliveriesPerSecond()) + " deliveries to devices/s on average; "
                        + decimal(machines.peakFactor()) + " times that at the busiest moment");
        fact(
                "a machine",
                decimal(rate.eventsPerSecond()) + " events/s " + (rate.isTogether() ? "and" : "or") + " "
                        + decimal(rate.deliveriesPerSecond()) + " deliveries/s: " + rate.origin());
        fact(
                "machines",
                Figures.count(machines.machines()) + ", so that at the busiest moment "
                        + percent(machines.headroom()) + " of each stays free; that moment would take "
                        + percent(machines.busyShare()) + " of one"
                        + (machines.machines() == 1
                                ? ""
                                : ". Accounts would have to be parted among them; one account is routed by one machine"
                                        + largestAccount()));
        fact(
                "memory",
                mebibytes(machines.memoryBytes()) + " for the router's tables, as a router reports them with "
                        + Figures.count(plan.size().devices(), "device") + " and "
                        + Figures.count(plan.size().subscriptions(), "subscription") + "; "
                        + mebibytes(machines.memoryBytes() / (1 - machines.headroom()))
                        + " with headroom. The Java heap and the ring come on top");
        out.println();
    }

    // By its share of the operations, which are about what it makes a machine do.
    private String largestAccount() {
        final SortedMap<String, Costs> accounts = plan.today().figures().byAccount();
        final long all = plan.today().figures().all().total();
        final String largest = accounts.keySet().stream()
                .max(Comparator.comparingLong(account -> accounts.get(account).total()))
                .orElse("");
        final double busy =
                all == 0 ? 0 : machines.busyShare() * accounts.get(largest).total() / all;
        if (busy <= 1 - machines.headroom()) {
            return "";
        }
        return ". That is not enough for " + plan.names().getOrDefault(largest, largest)
                + ", which by its share of the operations would take " + percent(busy)
                + " of one by itself, however many there are: it needs fewer deliveries, or faster machines, such as"
                + " with a processor for each of several lanes";
    }

    private void fact(final String title, final String text) {
        Paragraph.print(out, String.format("  %-10s", title), text);
    }

    private static String mebibytes(final double bytes) {
        return String.format(Locale.ROOT, "%,.0f MiB", Math.ceil(bytes / BYTES_PER_MIB));
    }

    private static String decimal(final double value) {
        return value >= 100 || value == Math.rint(value)
                ? Figures.count(Math.round(value))
                : String.format(Locale.ROOT, value < 1 ? "%.3g" : "%.1f", value);
    }

    private static String percent(final double share) {
        final double percent = 100 * share;
        return String.format(
                Locale.ROOT, percent == Math.rint(percent) || percent >= 10 ? "%.0f%%" : "%.2g%%", percent);
    }
}

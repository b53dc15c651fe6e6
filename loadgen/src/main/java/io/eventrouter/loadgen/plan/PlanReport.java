package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.figures.Paragraph;
import io.eventrouter.loadgen.figures.Table;
import io.eventrouter.loadgen.fleet.Plans;
import io.eventrouter.loadgen.json.PrintableText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Tells a plan in tables and words. */
public final class PlanReport {
    static final int MOST_PAYERS = 10;
    private static final int MOST_CAUSES = 10;
    static final String[] POLICIES = {"before 2023-03", "after: all", "unclaimed-only", "hook-and-api-only"};

    private final PlanResult plan;
    private final Plans prices;
    private final MachineEstimate machines;
    private final PrintStream out;

    /**
     * A report.
     *
     * @param plan to tell.
     * @param prices of the plans that accounts can be on.
     * @param machines that it takes.
     * @param out takes the text.
     */
    public PlanReport(
            final PlanResult plan, final Plans prices, final MachineEstimate machines, final PrintStream out) {
        this.plan = plan;
        this.prices = prices;
        this.machines = machines;
        this.out = out;
    }

    /** Print all of it. */
    public void print() {
        final FleetSize size = plan.size();
        out.println(plan.title() + ": " + Figures.count(size.devices(), "device") + ", "
                + Figures.count(size.byAccount().size(), "account") + ", a month of " + plan.days() + " days"
                + (plan.isExact() ? "" : " (estimated)"));
        out.println();
        printOperations();
        printVerdicts();
        printCauses();
        new PriceReport(plan, prices, out).print();
        new MachineReport(plan, machines, out).print();
        out.println("How these figures were found");
        plan.notes().forEach(note -> Paragraph.print(out, "  ", note));
    }

    private void printOperations() {
        final Table table = new Table();
        table.row("Data operations a month", POLICIES);
        final List<Payer> payers = payers();
        for (final Payer payer : payers.subList(0, Math.min(MOST_PAYERS, payers.size()))) {
            table.row(plan.named(payer.account().toString()));
            table.row(payer.productId() == 0 ? "in no product" : product(payer.productId()));
            rows(table, figures -> figures.of(payer));
        }
        if (payers.size() > MOST_PAYERS) {
            final List<Payer> others = payers.subList(MOST_PAYERS, payers.size());
            table.row(Figures.count(others.size()) + " more");
            rows(table, figures -> others.stream().map(figures::of).reduce(Costs.NONE, Costs::plus));
        }
        if (payers.isEmpty()) {
            table.row("nobody pays anything");
        }
        if (payers.size() > 1) {
            table.row("all");
            rows(table, MonthFigures::all);
        }
        table.print(out);
        if (plan.size().withoutAccount() > 0) {
            out.println(Figures.count(plan.size().withoutAccount(), "device")
                    + " without owner or good standing in a product: nobody pays, nobody hears.");
        }
        plan.warnings().forEach(sentence -> Paragraph.print(out, "", sentence));
        out.println();
    }

    private String product(final int productId) {
        final String name = plan.names().get("product:" + productId);
        return "product " + productId + (name == null ? "" : ", " + name);
    }

    private List<Payer> payers() {
        final TreeSet<Payer> payers = new TreeSet<>();
        plan.months().forEach(month -> payers.addAll(month.figures().costs().keySet()));
        return payers.stream()
                .sorted(Comparator.comparingLong((Payer payer) ->
                                -plan.today().figures().of(payer).total())
                        .thenComparing(payer -> payer))
                .toList();
    }

    private void rows(final Table table, final Function<MonthFigures, Costs> costs) {
        row(table, "  publishing", figures -> costs.apply(figures).publish());
        if (plan.isSplit()) {
            row(table, "  events to devices", figures -> costs.apply(figures).events());
            row(table, "  answers to devices", figures -> costs.apply(figures).answers());
            row(
                    table,
                    "  (attempts after the first)",
                    figures -> costs.apply(figures).retries());
        } else {
            row(
                    table,
                    "  deliveries to devices",
                    figures -> costs.apply(figures).deliveries());
        }
        row(table, "  total a month", figures -> costs.apply(figures).total());
        row(table, "  total a day", figures -> perDay(costs.apply(figures).total()));
    }

    private void row(final Table table, final String label, final ToLongFunction<MonthFigures> figure) {
        table.row(
                label,
                plan.months().stream()
                        .map(month -> Figures.count(figure.applyAsLong(month.figures())))
                        .toArray(String[]::new));
    }

    private long perDay(final long month) {
        return Math.round((double) month / plan.days());
    }

    private void printVerdicts() {
        final long before = plan.before().figures().all().total();
        final long today = plan.today().figures().all().total();
        if (before != today) {
            Paragraph.print(
                    out,
                    "",
                    "What changed in March 2023 makes " + Figures.count(Math.abs(today - before))
                            + " operations a month "
                            + (today > before ? "more" : "less") + comparison(before, today)
                            + ", with product-scope all: devices hear what their product hears.");
            out.println();
        }
        causes().forEach(entry -> printUnscoped(entry.getKey(), entry.getValue(), today));
    }

    private static String comparison(final long before, final long today) {
        if (before == 0) {
            return "";
        }
        return today >= 2 * before
                ? ", " + Figures.count(today / before) + " times as many in all"
                : ", " + percent(Math.abs(today - before), before);
    }

    private void printUnscoped(final Cause cause, final Share share, final long total) {
        final long wasted = share.operations() - share.ownOperations();
        if (!cause.isAnswer() || wasted == 0) {
            return;
        }
        Paragraph.print(
                out,
                "",
                "Devices subscribed to " + PrintableText.quoted(cause.prefix()) + " hear the answers of integration "
                        + cause.source() + " to each other: of " + Figures.count(share.operations())
                        + " operations a month, " + Figures.count(share.ownOperations())
                        + " are for the device that asked. If topic and subscription began with the id of the device,"
                        + " the others, " + Figures.count(wasted) + ", would not be: " + percent(wasted, total)
                        + " of everything.");
        out.println();
    }

    private List<Map.Entry<Cause, Share>> causes() {
        final List<Map.Entry<Cause, Share>> causes =
                new ArrayList<>(plan.today().figures().shares().entrySet());
        causes.sort(Comparator.comparingLong(
                        (Map.Entry<Cause, Share> entry) -> -entry.getValue().operations())
                .thenComparing(entry -> entry.getKey().toString()));
        return causes;
    }

    private void printCauses() {
        final List<Map.Entry<Cause, Share>> causes = causes();
        if (causes.isEmpty()) {
            return;
        }
        final long total = plan.today().figures().all().total();
        final Table table = new Table();
        table.row(
                plan.isSplit() ? "Which subscription causes it (after: all)" : "Which events cause it (after: all)",
                "devices/event",
                "operations",
                "of all");
        for (final Map.Entry<Cause, Share> entry : causes.subList(0, Math.min(MOST_CAUSES, causes.size()))) {
            final Share share = entry.getValue();
            table.row(
                    "  " + describe(entry.getKey()),
                    Figures.count(share.events() == 0 ? 0 : Math.round((double) share.deliveries() / share.events())),
                    Figures.count(share.operations()),
                    percent(share.operations(), total));
        }
        if (causes.size() > MOST_CAUSES) {
            final long rest = causes.subList(MOST_CAUSES, causes.size()).stream()
                    .mapToLong(entry -> entry.getValue().operations())
                    .sum();
            table.row(
                    "  " + Figures.count(causes.size() - MOST_CAUSES) + " more",
                    "",
                    Figures.count(rest),
                    percent(rest, total));
        }
        table.row(
                "  publishing",
                "",
                Figures.count(plan.today().figures().all().publish()),
                percent(plan.today().figures().all().publish(), total));
        table.print(out);
        out.println();
    }

    private static String describe(final Cause cause) {
        final String what = cause.isAnswer() ? "answers of " + cause.source() : PrintableText.quoted(cause.source());
        return cause.prefix().isEmpty() ? what : PrintableText.quoted(cause.prefix()) + " hears " + what;
    }

    private static String percent(final long part, final long whole) {
        return whole == 0 ? "0.0%" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }
}

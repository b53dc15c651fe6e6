package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.figures.Table;
import io.eventrouter.loadgen.fleet.Plan;
import io.eventrouter.loadgen.fleet.Plans;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Tells what the accounts that use most would pay on each plan, and all of them together. */
final class PriceReport {
    private final PlanResult plan;
    private final Plans prices;
    private final PrintStream out;

    PriceReport(final PlanResult plan, final Plans prices, final PrintStream out) {
        this.plan = plan;
        this.prices = prices;
        this.out = out;
    }

    void print() {
        final List<PricedAccount> accounts = PricedAccount.of(plan);
        if (accounts.isEmpty()) {
            return;
        }
        final Table table = new Table();
        table.row("Price a month in US$, and blocks", PlanReport.POLICIES);
        accounts.stream().limit(PlanReport.MOST_PAYERS).forEach(account -> {
            table.row(plan.named(account.account()));
            table.row(Figures.count(account.devices(), "device"));
            prices.all().forEach(price -> printQuotes(table, price, account));
        });
        if (accounts.size() > PlanReport.MOST_PAYERS) {
            table.row("all " + Figures.count(accounts.size()) + " accounts, with those above");
            prices.all().forEach(price -> printSums(table, price, accounts));
        }
        table.print(out);
        out.println();
    }

    private void printQuotes(final Table table, final Plan price, final PricedAccount account) {
        row(table, "  " + price.name(), month -> price(account.quote(price, month)));
        if (price.isInBlocks()) {
            row(table, "    blocks", month -> blocks(account.quote(price, month)));
        } else if (months().anyMatch(month -> account.quote(price, month).limit() != Quote.Limit.NONE)) {
            row(
                    table,
                    "    lasts",
                    month -> lasts(
                            price.operationsPerMonth(), account.operations().get(month)));
        }
    }

    private void printSums(final Table table, final Plan price, final List<PricedAccount> accounts) {
        if (price.isByContract()) {
            return;
        }
        row(table, "  " + price.name(), month -> sum(quotes(accounts, price, month)));
        if (price.isInBlocks()) {
            row(
                    table,
                    "    blocks",
                    month -> Figures.count(quotes(accounts, price, month).stream()
                            .mapToLong(Quote::blocks)
                            .sum()));
        }
    }

    private void row(final Table table, final String label, final IntFunction<String> cell) {
        table.row(label, months().mapToObj(cell).toArray(String[]::new));
    }

    private IntStream months() {
        return IntStream.range(0, plan.months().size());
    }

    private static List<Quote> quotes(final List<PricedAccount> accounts, final Plan price, final int month) {
        return accounts.stream().map(account -> account.quote(price, month)).toList();
    }

    private static String sum(final List<Quote> quotes) {
        final long possible = quotes.stream().filter(Quote::isPossible).count();
        return possible < quotes.size()
                ? "fits " + Figures.count(possible) + " of " + Figures.count(quotes.size())
                : Figures.count(quotes.stream().mapToLong(Quote::usdPerMonth).sum());
    }

    // How long the operations of a plan that has no further blocks suffice.
    private String lasts(final long granted, final long used) {
        return used <= granted
                ? "all month"
                : String.format(Locale.ROOT, "%.1f days", (double) plan.days() * granted / used);
    }

    private static String price(final Quote quote) {
        if (quote.plan().isByContract()) {
            return "by contract";
        }
        return quote.isPossible() ? Figures.count(quote.usdPerMonth()) : "too many " + limit(quote);
    }

    private static String blocks(final Quote quote) {
        return Figures.count(quote.blocks()) + (quote.limit() == Quote.Limit.NONE ? "" : " for " + limit(quote));
    }

    private static String limit(final Quote quote) {
        return quote.limit() == Quote.Limit.BOTH ? "both" : quote.limit().name().toLowerCase(Locale.ROOT);
    }
}

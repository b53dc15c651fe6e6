package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.page.BarChart;
import io.eventrouter.loadgen.page.DataTable;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.Unit;
import java.util.Arrays;
import java.util.List;

/** Who ran up how many data operations, and by what. */
final class OperationsPart {
    private static final int MOST_ACCOUNTS = 12;
    private static final String PUBLISHES = "publishes";
    private static final String DELIVERIES = "deliveries to devices";

    private final List<ReportedRun> runs;

    OperationsPart(final List<ReportedRun> runs) {
        this.runs = runs;
    }

    void write(final Page page) {
        page.chart(chart());
        for (final ReportedRun run : runs) {
            page.table(table(run));
        }
        page.note(
                "In the measured part of the run. An event costs its publisher's account one operation for each started"
                        + " 1,024 bytes, and each attempt to deliver to a device costs the account of that device as much;"
                        + " integrations, Logic functions and event streams cost none.");
    }

    private BarChart chart() {
        final BarChart chart = new BarChart("By account and cause", "data operations", Unit.COUNT);
        for (final ReportedRun run : runs) {
            final ResultCsv accounts = run.accounts();
            for (int i = 0; i < shown(accounts); i++) {
                final String row = row(run, account(accounts, i));
                chart.bar(row, PUBLISHES, accounts.numbers("publish")[i]);
                chart.bar(row, DELIVERIES, accounts.numbers("subscribe")[i]);
            }
            if (accounts.rows() > shown(accounts)) {
                final String row = row(run, others(accounts));
                chart.bar(row, PUBLISHES, sumOfOthers(accounts, "publish"));
                chart.bar(row, DELIVERIES, sumOfOthers(accounts, "subscribe"));
            }
        }
        return chart;
    }

    private String row(final ReportedRun run, final String account) {
        return runs.size() == 1 ? account : run.head().label() + ": " + account;
    }

    private DataTable table(final ReportedRun run) {
        final DataTable table = new DataTable(runs.size() == 1 ? "" : run.head().label())
                .text("Account")
                .number(PUBLISHES)
                .number(DELIVERIES)
                .number("all");
        final ResultCsv accounts = run.accounts();
        for (int i = 0; i < shown(accounts); i++) {
            table.row(
                    account(accounts, i),
                    count(accounts.numbers("publish")[i]),
                    count(accounts.numbers("subscribe")[i]),
                    count(accounts.numbers("total")[i]));
        }
        if (accounts.rows() > shown(accounts)) {
            table.row(
                    others(accounts),
                    count(sumOfOthers(accounts, "publish")),
                    count(sumOfOthers(accounts, "subscribe")),
                    count(sumOfOthers(accounts, "total")));
        }
        return table.total(
                "all",
                count(Arrays.stream(accounts.numbers("publish")).sum()),
                count(Arrays.stream(accounts.numbers("subscribe")).sum()),
                count(Arrays.stream(accounts.numbers("total")).sum()));
    }

    private int shown(final ResultCsv accounts) {
        final int most = runs.size() == 1 ? MOST_ACCOUNTS : MOST_ACCOUNTS / 2;
        return accounts.rows() <= most ? accounts.rows() : most - 1;
    }

    private static String account(final ResultCsv accounts, final int row) {
        return accounts.texts("account").get(row);
    }

    private String others(final ResultCsv accounts) {
        return Figures.count(accounts.rows() - shown(accounts)) + " other accounts";
    }

    private double sumOfOthers(final ResultCsv accounts, final String column) {
        final double[] values = accounts.numbers(column);
        return Arrays.stream(values, shown(accounts), values.length).sum();
    }

    private static String count(final double value) {
        return Figures.count(Math.round(value));
    }
}

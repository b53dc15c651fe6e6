package io.eventrouter.loadgen.results;

import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.load.SecondRow;
import io.eventrouter.loadgen.output.WholeFile;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.RouterCounter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes {@code series.csv} and {@code accounts.csv}; their columns are documented in docs/result-files.md. */
final class CsvFiles {
    private static final String SERIES_HEADER =
            "second,scheduled,offered,accepted,refused,answers,changes,device,integration,logic,stream,"
                    + "publish_operations,subscribe_operations,p50_ns,p99_ns,p99_9_ns,max_ns,lag_p99_ns,lag_max_ns,"
                    + "ring_slots_used";
    private static final String ACCOUNTS_HEADER = "account,publish,subscribe,total";

    private CsvFiles() {}

    static void writeSeries(final Path file, final List<SecondRow> seconds) throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add(SERIES_HEADER);
        for (final SecondRow row : seconds) {
            final SecondRow.Times latency = row.latency();
            final SecondRow.Times lag = row.lag();
            lines.add(row(
                    row.second(),
                    row.progress().scheduled(),
                    row.progress().offered(),
                    row.progress().accepted(),
                    row.progress().offered() - row.progress().accepted(),
                    row.progress().answers(),
                    row.progress().changes(),
                    row.counters().get(RouterCounter.DELIVERIES_TO_DEVICES),
                    row.counters().get(RouterCounter.DELIVERIES_TO_INTEGRATIONS),
                    row.counters().get(RouterCounter.DELIVERIES_TO_LOGIC_FUNCTIONS),
                    row.counters().get(RouterCounter.DELIVERIES_TO_STREAMS),
                    row.counters().get(RouterCounter.PUBLISH_OPERATIONS),
                    row.counters().get(RouterCounter.SUBSCRIBE_OPERATIONS),
                    ifAny(latency, latency.p50Ns()),
                    ifAny(latency, latency.p99Ns()),
                    ifAny(latency, latency.p999Ns()),
                    ifAny(latency, latency.maxNs()),
                    ifAny(lag, lag.p99Ns()),
                    ifAny(lag, lag.maxNs()),
                    row.ringSlotsUsed()));
        }
        write(file, lines);
    }

    static void writeAccounts(
            final Path file, final Map<AccountId, UsageSnapshot.Totals> accounts, final Map<String, String> names)
            throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add(ACCOUNTS_HEADER);
        accounts.entrySet().stream()
                .filter(entry -> entry.getValue().total() > 0)
                .sorted(Comparator.comparingLong((Map.Entry<AccountId, UsageSnapshot.Totals> entry) ->
                                -entry.getValue().total())
                        .thenComparing(entry -> entry.getKey().toString()))
                .forEach(entry -> lines.add(row(
                        name(names, entry.getKey()),
                        entry.getValue().publishOperations(),
                        entry.getValue().subscribeOperations(),
                        entry.getValue().total())));
        write(file, lines);
    }

    private static void write(final Path file, final List<String> lines) throws IOException {
        WholeFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String name(final Map<String, String> names, final AccountId account) {
        final String name = names.get(account.toString());
        return (name == null ? "" : name + " ") + account;
    }

    private static Object ifAny(final SecondRow.Times times, final long value) {
        return times.count() == 0 ? "" : value;
    }

    private static String row(final Object... cells) {
        final StringBuilder row = new StringBuilder();
        for (final Object cell : cells) {
            row.append(row.length() == 0 ? "" : ",").append(cell);
        }
        return row.toString();
    }
}

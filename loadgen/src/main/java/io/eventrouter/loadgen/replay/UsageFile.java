package io.eventrouter.loadgen.replay;

import java.io.IOException;
import java.util.List;

/** Writes usage as comma-separated values. */
final class UsageFile {
    private static final String HEADER = "account,product_id,device_id,publish,subscribe,total\n";

    private UsageFile() {}

    static void write(final OutputFile file, final List<UsageTotals.Row> rows) {
        final TextBuffer text = new TextBuffer(file);
        try {
            text.ascii(HEADER);
            for (final UsageTotals.Row row : rows) {
                text.makeRoom();
                text.ascii(row.account().toString())
                        .ascii(",")
                        .ascii(row.productText())
                        .ascii(",");
                text.id(row.device().high(), row.device().low()).ascii(",");
                text.number(row.publishOperations()).ascii(",");
                text.number(row.subscribeOperations()).ascii(",");
                text.number(row.total()).ascii("\n");
            }
            text.flush();
        } catch (final IOException e) {
            throw file.failed(e);
        }
    }
}

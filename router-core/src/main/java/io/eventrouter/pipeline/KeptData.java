package io.eventrouter.pipeline;

import io.eventrouter.journal.DataDirectory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.OwnershipStore;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.status.RouterCounters;
import io.eventrouter.usage.DurableUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.ErrorHandler;

/**
 * What outlives the process: a data directory and what is kept in it; nothing at all if there is none.
 *
 * @param directory that is locked, or null.
 * @param store of ownership, or null.
 * @param usage that is durable, or null.
 */
record KeptData(DataDirectory directory, OwnershipStore store, DurableUsage usage) {
    /** Open what the settings say; if that fails, nothing stays open. */
    static KeptData open(
            final RouterPipeline.Settings settings,
            final RoutingCore.Settings routing,
            final RoutingCore.Handlers handlers,
            final SeededHash hash,
            final RouterCounters counters) {
        if (settings.dataDisk() == null) {
            return new KeptData(null, null, null);
        }
        KeptData kept = null;
        boolean isOpen = false;
        try {
            kept = new KeptData(DataDirectory.open(settings.dataDisk()), null, null);
            // Before ownership is opened, which writes: a start that is refused leaves everything as it was.
            DurableUsage.check(kept.directory);
            kept = new KeptData(kept.directory, openStore(kept.directory, settings, routing, handlers, counters), null);
            kept = new KeptData(
                    kept.directory, kept.store, openUsage(kept.directory, settings, routing, handlers, hash, counters));
            isOpen = true;
            return kept;
        } catch (final IOException problem) {
            throw new UncheckedIOException(
                    "data directory cannot be used: directory="
                            + settings.dataDisk().path("") + ": " + problem.getMessage(),
                    problem);
        } finally {
            if (!isOpen && kept != null) {
                kept.close(handlers.error());
            }
        }
    }

    /** Write what there is, and give the directory back. */
    void close(final ErrorHandler errorHandler) {
        if (usage != null) {
            usage.close();
        }
        if (store != null) {
            store.close();
        }
        try {
            if (directory != null) {
                directory.close();
            }
        } catch (final IOException problem) {
            errorHandler.onError(problem);
        }
    }

    private static OwnershipStore openStore(
            final DataDirectory directory,
            final RouterPipeline.Settings settings,
            final RoutingCore.Settings routing,
            final RoutingCore.Handlers handlers,
            final RouterCounters counters)
            throws IOException {
        return new OwnershipStore(
                directory,
                new OwnershipStore.Settings(
                        settings.syncPolicy(),
                        settings.journalSegmentLength(),
                        routing.maxDevices(),
                        routing.maxAccounts()),
                counters,
                handlers.error(),
                settings.epochClock().time());
    }

    private static DurableUsage openUsage(
            final DataDirectory directory,
            final RouterPipeline.Settings settings,
            final RoutingCore.Settings routing,
            final RoutingCore.Handlers handlers,
            final SeededHash hash,
            final RouterCounters counters)
            throws IOException {
        return DurableUsage.open(
                directory,
                new DurableUsage.Settings(
                        settings.lanes(),
                        routing.maxAccounts(),
                        Math.max(DurableUsage.Settings.MIN_SEGMENT_LENGTH, settings.journalSegmentLength()),
                        DurableUsage.Settings.DEFAULT_TOTALS_AFTER_BYTES),
                hash,
                handlers.usage(),
                handlers.error(),
                counters,
                settings.epochClock());
    }
}

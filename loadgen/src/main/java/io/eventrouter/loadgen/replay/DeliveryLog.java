package io.eventrouter.loadgen.replay;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.loadgen.feed.FirstFailure;
import io.eventrouter.loadgen.fleet.DeviceTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Stands in for the transports: answers for every device as the fleet file says, counts, and writes each delivery as
 * one line.
 *
 * <p><b>Threading:</b> the routing thread writes; once it is done, the replaying thread flushes and reads the counts.
 */
final class DeliveryLog implements DeliveryHandler {
    private static final byte[] EVENT = ascii("{\"event\":");
    private static final byte[] NAME = ascii(",\"name\":\"");
    private static final byte[] TO = ascii("\",\"to\":\"");
    private static final byte[] OPERATIONS = ascii("\",\"operations\":");
    private static final byte[] END = ascii("}\n");
    private static final byte[][] KINDS = {ascii("device:"), ascii("integration:"), ascii("logic:"), ascii("stream:")};

    private final DeviceTable devices;
    private final OutputFile file;
    private final FirstFailure failure;
    private final long[] counts = new long[RecipientKind.values().length];
    // Null when nothing is to be written, or nothing can be any more.
    private TextBuffer text;

    DeliveryLog(final DeviceTable devices, final OutputFile file, final FirstFailure failure) {
        this.devices = devices;
        this.file = file;
        this.failure = failure;
        this.text = file == null ? null : new TextBuffer(file);
    }

    @Override
    public AttemptOutcome onDelivery(final Delivery delivery) {
        final RecipientKind kind = delivery.recipientKind();
        counts[kind.ordinal()]++;
        final AttemptOutcome outcome = kind == RecipientKind.DEVICE
                ? devices.outcome(delivery.deviceIdHigh(), delivery.deviceIdLow())
                : AttemptOutcome.ACKNOWLEDGED_FIRST;
        if (text != null) {
            write(delivery, kind, outcome);
        }
        return outcome;
    }

    /** Write what is still in memory. */
    void flush() {
        if (text != null) {
            try {
                text.flush();
            } catch (final IOException e) {
                fail(e);
            }
        }
    }

    DeliveryCounts counts() {
        return DeliveryCounts.of(counts);
    }

    private void write(final Delivery delivery, final RecipientKind kind, final AttemptOutcome outcome) {
        final RoutedEvent event = delivery.event();
        try {
            text.makeRoom();
            text.ascii(EVENT).number(event.correlationId());
            text.ascii(NAME).json(event.buffer(), event.nameOffset(), event.nameLength());
            text.ascii(TO).ascii(KINDS[kind.ordinal()]);
            if (kind == RecipientKind.DEVICE) {
                text.id(delivery.deviceIdHigh(), delivery.deviceIdLow());
                text.ascii(OPERATIONS).number((long) delivery.operationsPerAttempt() * outcome.attempts());
            } else {
                text.json(delivery.recipientId()).ascii(OPERATIONS).number(0);
            }
            text.ascii(END);
        } catch (final IOException e) {
            fail(e);
        }
    }

    private void fail(final IOException cause) {
        text = null;
        failure.report(file.failed(cause).getMessage(), cause);
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

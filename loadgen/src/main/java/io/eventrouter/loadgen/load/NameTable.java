package io.eventrouter.loadgen.load;

import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventLimits;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.scenario.Template;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The names of a template, for every topic, in one buffer. Those with a device in them have a gap for its id.
 *
 * <p>Immutable.
 */
final class NameTable {
    private static final String GAP = "0".repeat(EntityId.TEXT_LENGTH);
    private static final int NO_GAP = -1;

    private final int stride;
    private final UnsafeBuffer names;
    private final byte[] lengths;
    private final byte[] gaps;

    NameTable(final Template template, final int topics) {
        final int count = Math.max(1, topics);
        stride = template.fill(GAP, count - 1).length();
        names = new UnsafeBuffer(new byte[count * stride]);
        lengths = new byte[count];
        gaps = new byte[count];
        for (int i = 0; i < count; i++) {
            final byte[] name = template.fill(GAP, i).getBytes(StandardCharsets.US_ASCII);
            names.putBytes(i * stride, name);
            lengths[i] = (byte) name.length;
            gaps[i] = (byte) gap(template, i);
        }
    }

    int count() {
        return lengths.length;
    }

    String text(final int number) {
        return names.getStringWithoutLengthAscii(number * stride, lengths[number]);
    }

    /** Name an event; the scratch buffer holds the name of a device while it is made. */
    void name(
            final EventDraft draft, final int number, final long idHigh, final int idLow, final UnsafeBuffer scratch) {
        final int length = lengths[number];
        if (gaps[number] == NO_GAP) {
            draft.name(names, number * stride, length);
            return;
        }
        scratch.putBytes(0, names, number * stride, length);
        EntityId.write(idHigh, idLow, scratch, gaps[number]);
        draft.name(scratch, 0, length);
    }

    /** A buffer that is large enough as a scratch. */
    static UnsafeBuffer scratch() {
        return new UnsafeBuffer(new byte[EventLimits.MAX_NAME_LENGTH]);
    }

    private static int gap(final Template template, final int topic) {
        int gap = 0;
        for (final String part : template.parts()) {
            if (part.equals(Template.DEVICE)) {
                return gap;
            }
            gap += part.equals(Template.TOPIC) ? Template.topicText(topic).length() : part.length();
        }
        return NO_GAP;
    }
}

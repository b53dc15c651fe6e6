package io.eventrouter.journal;

import io.eventrouter.status.RouterCounters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A small journal on some disk, of records that say which one they are. */
final class TestJournal implements AutoCloseable {
    static final int SEGMENT_LENGTH = 1_024;
    static final int MAX_PAYLOAD_LENGTH = 40;
    private static final int TYPE = 7;

    final List<Integer> recovered = new ArrayList<>();
    final List<Throwable> told = new ArrayList<>();
    final RouterCounters counters = new RouterCounters();
    final DataDirectory directory;
    final Journal journal;
    long nowMs = 1_000;

    private TestJournal(final Disk disk, final SyncPolicy policy) throws IOException {
        directory = DataDirectory.open(disk);
        final JournalReplay replay = new JournalReplay() {
            @Override
            public void onSnapshotRecord(final byte[] bytes, final int offset, final int length) {
                recovered.add(valueOf(bytes, offset, length));
            }

            @Override
            public void onRecord(
                    final long sequence, final int type, final byte[] bytes, final int offset, final int length) {
                if (type != TYPE) {
                    throw new AssertionError("type=" + type);
                }
                recovered.add(valueOf(bytes, offset, length));
            }
        };
        try {
            journal = directory.openJournal(
                    DataDirectory.Kind.USAGE,
                    new Journal.Settings(policy, SEGMENT_LENGTH, MAX_PAYLOAD_LENGTH),
                    counters,
                    told::add,
                    replay,
                    nowMs);
        } catch (final IOException | RuntimeException problem) {
            directory.close();
            throw problem;
        }
    }

    static TestJournal open(final Disk disk) throws IOException {
        return new TestJournal(disk, SyncPolicy.EVERY_BATCH);
    }

    static TestJournal open(final Disk disk, final SyncPolicy policy) throws IOException {
        return new TestJournal(disk, policy);
    }

    /** The numbers from 1 on, as a list. */
    static List<Integer> upTo(final int last) {
        final List<Integer> numbers = new ArrayList<>();
        for (int i = 1; i <= last; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    /** Append a record for each of some numbers and commit; returns whether they may be acknowledged. */
    boolean write(final int... numbers) {
        for (final int number : numbers) {
            append(number);
        }
        return journal.commit(nowMs);
    }

    void append(final int number) {
        final byte[] payload = payloadOf(number);
        journal.append(TYPE, payload, 0, payload.length);
    }

    /** Records have different lengths, so that frames begin anywhere. */
    static byte[] payloadOf(final int number) {
        final byte[] payload = new byte[4 + number * 7 % (MAX_PAYLOAD_LENGTH - 4)];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (number * 31 + i);
        }
        LittleEndian.putInt(payload, 0, number);
        return payload;
    }

    private static int valueOf(final byte[] bytes, final int offset, final int length) {
        final int number = LittleEndian.getInt(bytes, offset);
        final byte[] expected = number > 0 ? payloadOf(number) : new byte[0];
        final byte[] found = java.util.Arrays.copyOfRange(bytes, offset, offset + length);
        return java.util.Arrays.equals(expected, found) ? number : -1;
    }

    @Override
    public void close() throws IOException {
        journal.close();
        directory.close();
    }
}

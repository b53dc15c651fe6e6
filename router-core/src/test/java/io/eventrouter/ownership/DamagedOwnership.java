package io.eventrouter.ownership;

import io.eventrouter.Choices;
import io.eventrouter.journal.DamagedFileException;
import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.FileDamage;
import io.eventrouter.journal.Journal;
import io.eventrouter.journal.JournalReplay;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.status.RouterCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A data directory of a dozen devices that change hands, in two generations of snapshots; what it is when files were
 * damaged must be what it was behind some acknowledgement, all of it, or the start is refused and says where.
 */
public final class DamagedOwnership {
    private static final int DEVICES = 12;
    private static final int USERS = 2;
    private static final int VIEW_EVERY = 128;

    private final SimulatedDisk disk = new SimulatedDisk();

    /** Every state that was ever acknowledged, and behind which change. */
    private final Map<Map<ByteBuffer, ByteBuffer>, Integer> acknowledged = new HashMap<>();

    private int last;
    private long inputs;
    private long asItWas;
    private long asItWasBefore;
    private long refused;

    /** A directory without damage. */
    public DamagedOwnership() throws IOException {
        final Map<ByteBuffer, ByteBuffer> state = new HashMap<>();
        acknowledged.put(Map.copyOf(state), 0);
        final SmallStore store = new SmallStore(disk);
        while (last < 80 || snapshots() < 2) {
            last++;
            final OwnershipRecord record = last % 10 == 0
                    ? SmallStore.user(last / 10 % USERS, last)
                    : SmallStore.device(last * 7 % DEVICES, last);
            store.keep(record);
            final ByteBuffer buffer = OwnershipLayout.buffer();
            OwnershipLayout.write(buffer, record);
            put(state, buffer.array(), 0);
            acknowledged.put(Map.copyOf(state), last);
        }
        disk.kill();
    }

    private long snapshots() {
        return disk.files().stream().filter(name -> name.contains("snapshot")).count();
    }

    /** How often everything was there. */
    public long asItWas() {
        return asItWas;
    }

    /** How often the end was missing, as if it had never been written. */
    public long asItWasBefore() {
        return asItWasBefore;
    }

    /** How often the start was refused. */
    public long refused() {
        return refused;
    }

    /** Damage the directory as the choices say and open it; what is wrong then, empty if nothing is. */
    public List<String> judge(final Choices choices) {
        return judge(FileDamage::of, choices);
    }

    /** The same with damage of another kind. */
    public List<String> judge(final BiFunction<SimulatedDisk, Choices, FileDamage> damaging, final Choices choices) {
        final SimulatedDisk damaged = disk.copy();
        final FileDamage damage = damaging.apply(damaged, choices);
        final List<String> findings = new ArrayList<>();
        judge(damaged, findings);
        inputs++;
        if (inputs % VIEW_EVERY == 0 && findings.isEmpty()) {
            judgeView(damaged, findings);
        }
        return findings.isEmpty() ? findings : List.of(damage + ": " + findings);
    }

    private void judge(final SimulatedDisk damaged, final List<String> findings) {
        final Map<ByteBuffer, ByteBuffer> found;
        try {
            found = open(damaged);
        } catch (final DamagedFileException refusal) {
            refused++;
            judgeWords(refusal, findings);
            requireRefusal(damaged, findings);
            return;
        } catch (final IOException | RuntimeException | Error another) {
            findings.add("neither opened nor refused: " + another + " at " + placeOf(another));
            return;
        }
        final Integer behind = acknowledged.get(found);
        if (behind == null) {
            findings.add("a state that there never was: " + found);
            return;
        }
        asItWas += behind == last ? 1 : 0;
        asItWasBefore += behind == last ? 0 : 1;
        damaged.kill();
        try {
            if (!open(damaged).equals(found)) {
                findings.add("another state at the second start: found=" + found);
            }
        } catch (final IOException | RuntimeException | Error another) {
            findings.add("refused at the second start: " + another + " at " + placeOf(another));
        }
    }

    private static void judgeWords(final DamagedFileException refusal, final List<String> findings) {
        final boolean isClear = refusal.getMessage().contains(": file=" + refusal.file() + ", offset=")
                && refusal.offset() >= 0
                && refusal.getMessage().indexOf(": file=") > 0
                && refusal.getMessage().chars().allMatch(c -> c >= 0x20);
        if (!isClear) {
            findings.add("does not say what is wrong: " + refusal.getMessage());
        }
    }

    private static void requireRefusal(final SimulatedDisk damaged, final List<String> findings) {
        damaged.kill();
        try {
            findings.add("refused first, and then opened: " + open(damaged));
        } catch (final DamagedFileException refusal) {
            // As it should be.
        } catch (final IOException | RuntimeException | Error another) {
            findings.add("refused first, and then: " + another + " at " + placeOf(another));
        }
    }

    // The map in memory as well, and what it answers.
    private void judgeView(final SimulatedDisk damaged, final List<String> findings) {
        damaged.kill();
        try (SmallStore store = new SmallStore(damaged)) {
            final Map<ByteBuffer, ByteBuffer> shown = new HashMap<>();
            store.store.forEach(record -> {
                final ByteBuffer buffer = OwnershipLayout.buffer();
                OwnershipLayout.write(buffer, record);
                put(shown, buffer.array(), 0);
            });
            if (!acknowledged.containsKey(shown)) {
                findings.add("a state that there never was, in the view: " + shown);
            }
        } catch (final DamagedFileException refusal) {
            judgeWords(refusal, findings);
        } catch (final IOException | RuntimeException | Error another) {
            findings.add("the view neither opened nor was refused: " + another + " at " + placeOf(another));
        }
    }

    private static String placeOf(final Throwable problem) {
        return Arrays.stream(problem.getStackTrace()).limit(6).toList().toString();
    }

    private static Map<ByteBuffer, ByteBuffer> open(final SimulatedDisk damaged) throws IOException {
        final Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
        try (DataDirectory directory = DataDirectory.open(damaged);
                Journal journal = directory.openJournal(
                        DataDirectory.Kind.OWNERSHIP,
                        new Journal.Settings(SyncPolicy.EVERY_BATCH, SmallStore.SEGMENT_LENGTH, OwnershipLayout.LENGTH),
                        new RouterCounters(),
                        problem -> {
                            throw new IllegalStateException("the disk is well", problem);
                        },
                        new Showing(found),
                        0)) {
            if (!journal.isCommitted()) {
                throw new IllegalStateException("opened and not committed");
            }
        }
        return found;
    }

    private static void put(final Map<ByteBuffer, ByteBuffer> into, final byte[] bytes, final int offset) {
        final int value = offset + OwnershipLayout.KEY_LENGTH;
        into.put(
                ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, value)),
                ByteBuffer.wrap(Arrays.copyOfRange(bytes, value, offset + OwnershipLayout.LENGTH)));
    }

    /** Puts the records into a plain map. */
    private record Showing(Map<ByteBuffer, ByteBuffer> found) implements JournalReplay {
        @Override
        public void onSnapshotRecord(final byte[] bytes, final int offset, final int length) {
            if (length != OwnershipLayout.LENGTH) {
                throw new IllegalArgumentException("a record of another length: length=" + length);
            }
            put(found, bytes, offset);
        }

        @Override
        public void onRecord(
                final long sequence, final int type, final byte[] bytes, final int offset, final int length) {
            onSnapshotRecord(bytes, offset, length);
        }
    }
}

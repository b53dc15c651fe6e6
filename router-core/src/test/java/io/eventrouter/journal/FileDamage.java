package io.eventrouter.journal;

import io.eventrouter.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Damages the files of a data directory as choices say: bits, bytes, blocks, lengths and whole files; and fields of
 * their structure whose checksums are made to fit, because no choice would ever meet a checksum by itself. What a
 * record says is never changed under a checksum that fits, but by {@link #unnoticeable}, to see that the checks can
 * fail.
 */
public final class FileDamage {
    private static final int MOST_DAMAGES = 4;
    private static final int BLOCK = SimulatedDisk.BLOCK_LENGTH;
    private static final int TWIN_DISTANCE = 4_096;
    private static final int TWIN_CHECKED_LENGTH = 512 - 4;
    private static final int TWIN_CONTENT = 16;
    private static final long[] ABSURD = {
        Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 1, 1 << 16, 1 << 24, 1L << 32
    };

    private final SimulatedDisk disk;
    private final Choices choices;
    private final List<String> words = new ArrayList<>();

    private FileDamage(final SimulatedDisk disk, final Choices choices) {
        this.disk = disk;
        this.choices = choices;
    }

    /** Damage some files; what was done, in words. */
    public static FileDamage of(final SimulatedDisk disk, final Choices choices) {
        final FileDamage damage = new FileDamage(disk, choices);
        int damages = 0;
        do {
            damage.damageOne();
            damages++;
        } while (!choices.isUsedUp() && damages < MOST_DAMAGES);
        return damage;
    }

    /** What nobody can notice: another bit in a record of a journal, under a checksum that fits. */
    public static FileDamage unnoticeable(final SimulatedDisk disk, final Choices choices) {
        final FileDamage damage = new FileDamage(disk, choices);
        final List<String> segments =
                disk.files().stream().filter(file -> file.contains("/journal-")).toList();
        final String file = segments.get(choices.below(segments.size()));
        final byte[] bytes = disk.content(file);
        final Checksum checksum =
                new Checksum(damage.idOf(file), Segment.numberOf(file.substring(file.lastIndexOf('/') + 1)));
        final List<Integer> records = new ArrayList<>();
        for (int at = Segment.HEADER_LENGTH;
                Frame.isValid(bytes, at, bytes.length, checksum);
                at = Frame.next(bytes, at)) {
            if (Frame.isRecord(bytes, at)) {
                records.add(at);
            }
        }
        if (!records.isEmpty()) {
            // One of the last, of which nothing came later.
            final int at = records.get(records.size() - 1 - choices.below(Math.min(8, records.size())));
            final int length = Frame.length(bytes, at) - Frame.HEADER_LENGTH;
            bytes[at + Frame.HEADER_LENGTH + choices.index(length)] ^= (byte) (1 << choices.below(8));
            Frame.seal(bytes, at, Frame.forcedUpTo(bytes, at), checksum);
            damage.put(file, bytes, "has another record at " + at);
        }
        return damage;
    }

    @Override
    public String toString() {
        return words.toString();
    }

    private void damageOne() {
        final List<String> files = disk.files();
        if (files.isEmpty()) {
            return;
        }
        final String file = files.get(choices.below(files.size()));
        final byte[] bytes = disk.content(file);
        switch (choices.below(16)) {
            case 0, 1 -> flip(file, bytes);
            case 2 -> overwrite(file, bytes);
            case 3 -> zero(file, bytes);
            case 4 -> put(file, Arrays.copyOf(bytes, choices.index(bytes.length + 1)), "cut short");
            case 5 -> put(file, Arrays.copyOf(bytes, bytes.length + 1 + choices.index(2 * BLOCK)), "made longer");
            case 6 -> copyBlocks(file, bytes, files.get(choices.below(files.size())));
            case 7 -> put(file, disk.content(files.get(choices.below(files.size()))), "replaced by another");
            case 8 -> put(file, null, "removed");
            case 9 -> {
                final String name = newName(file);
                put(file, null, "renamed to " + name);
                put(name, bytes, "renamed");
            }
            case 10 -> put(newName(file), bytes, "copied");
            case 11 -> put(file, choices.rest(), "replaced by anything");
            default -> forge(file, bytes);
        }
    }

    private void put(final String file, final byte[] bytes, final String what) {
        words.add(file + " " + what + (bytes == null ? "" : ", length=" + bytes.length));
        disk.put(file, bytes);
    }

    // Most of a segment is empty: rather where there is something.
    private int offset(final byte[] bytes) {
        int used = bytes.length;
        while (used > 0 && bytes[used - 1] == 0) {
            used--;
        }
        return choices.index(
                1 + (choices.below(8) == 0 ? bytes.length : Math.min(bytes.length, used + Frame.ALIGNMENT)));
    }

    private void flip(final String file, final byte[] bytes) {
        final int at = offset(bytes);
        if (at < bytes.length) {
            bytes[at] ^= (byte) (1 << choices.below(8));
            put(file, bytes, "flipped at " + at);
        }
    }

    private void overwrite(final String file, final byte[] bytes) {
        final int at = offset(bytes);
        final int end = Math.min(bytes.length, at + 1 + choices.below(24));
        for (int i = at; i < end; i++) {
            bytes[i] = (byte) choices.below(256);
        }
        put(file, bytes, "overwritten from " + at + " to " + end);
    }

    private void zero(final String file, final byte[] bytes) {
        final boolean isAligned = choices.flip();
        final int at = isAligned ? offset(bytes) & -Frame.ALIGNMENT : offset(bytes);
        final int end = choices.flip() ? bytes.length : Math.min(bytes.length, at + 1 + choices.index(2 * BLOCK));
        Arrays.fill(bytes, at, end, (byte) 0);
        put(file, bytes, "zeroed from " + at + " to " + end);
    }

    private void copyBlocks(final String file, final byte[] bytes, final String another) {
        final byte[] source = disk.content(another);
        final int unit = choices.flip() ? BLOCK : Frame.ALIGNMENT;
        final int from = offset(source) / unit * unit;
        final int to = offset(bytes) / unit * unit;
        final int length = Math.min(unit * (1 + choices.below(16)), Math.min(source.length - from, bytes.length - to));
        System.arraycopy(source, from, bytes, to, length);
        put(file, bytes, "has at " + to + " what " + another + " has at " + from + ", of " + length);
    }

    private String newName(final String file) {
        final String directory = file.substring(0, file.lastIndexOf('/') + 1);
        final int number = choices.below(12);
        return switch (choices.below(4)) {
            case 0 -> directory + Segment.name(number);
            case 1 -> directory + SnapshotLayout.name(number);
            case 2 -> directory + Manifest.FILE_NAME;
            default -> directory + "journal-0" + number;
        };
    }

    // What a field of the structure says, under a checksum that fits.

    private void forge(final String file, final byte[] bytes) {
        final String name = file.substring(file.lastIndexOf('/') + 1);
        final long number = Math.max(Segment.numberOf(name), SnapshotLayout.numberOf(name));
        if (!file.contains("/") || name.equals(Manifest.FILE_NAME)) {
            forgeTwins(file, bytes);
        } else if (name.startsWith("snapshot")) {
            forgeBlock(file, bytes, SnapshotLayout.checksum(idOf(file), number));
        } else if (choices.below(3) == 0) {
            forgeHeader(file, bytes);
        } else {
            forgeFrame(file, bytes, new Checksum(idOf(file), number));
        }
    }

    private JournalId idOf(final String file) {
        final byte[] store = disk.files().contains("store") ? disk.content("store") : new byte[0];
        if (store.length < TWIN_CONTENT + 32) {
            return new JournalId(0, 0, 0);
        }
        final DataDirectory.Kind kind =
                file.startsWith("usage") ? DataDirectory.Kind.USAGE : DataDirectory.Kind.OWNERSHIP;
        return new JournalId(
                LittleEndian.getLong(store, TWIN_CONTENT + 12),
                LittleEndian.getLong(store, TWIN_CONTENT + 20),
                kind.ordinal() + 1);
    }

    private void forgeTwins(final String file, final byte[] bytes) {
        final int field = choices.below(3) == 0 ? 4 * choices.below(4) : TWIN_CONTENT + 4 * choices.below(32);
        final long value = value(bytes, field);
        final int copies = choices.below(3);
        for (int i = 0; i < 2; i++) {
            final int copy = i * TWIN_DISTANCE;
            if (copies != i && bytes.length >= copy + 4 + TWIN_CHECKED_LENGTH) {
                putField(bytes, copy + field, value);
                LittleEndian.putInt(bytes, copy, new Checksum().of(bytes, copy + 4, TWIN_CHECKED_LENGTH));
            }
        }
        putForged(file, bytes, "field " + field + "=" + value);
    }

    private void forgeHeader(final String file, final byte[] bytes) {
        if (bytes.length < Segment.HEADER_LENGTH) {
            return;
        }
        final int field = 4 * (1 + choices.below(14));
        final long value = value(bytes, field);
        putField(bytes, field, value);
        LittleEndian.putInt(bytes, 0, new Checksum().of(bytes, 4, Segment.HEADER_LENGTH - 4));
        putForged(file, bytes, "field " + field + "=" + value);
    }

    private void forgeFrame(final String file, final byte[] bytes, final Checksum checksum) {
        int at = Segment.HEADER_LENGTH;
        for (int frames = choices.index(256);
                frames > 0 && Frame.isValid(bytes, at, bytes.length, checksum);
                frames--) {
            at = Frame.next(bytes, at);
        }
        if (!Frame.isValid(bytes, at, bytes.length, checksum)) {
            return;
        }
        // Length, sequence, forced up to, type; of a mark also what is in it.
        final int fields = Frame.isRecord(bytes, at) ? 6 : 8;
        final int field = 4 * (1 + choices.below(fields));
        final long value = value(bytes, at + field);
        putField(bytes, at + field, value, field == 4 || field == 24);
        final int length = Frame.length(bytes, at);
        if (length >= Frame.HEADER_LENGTH && length <= bytes.length - at) {
            Frame.seal(bytes, at, Frame.forcedUpTo(bytes, at), checksum);
        }
        putForged(file, bytes, "frame at " + at + ", field " + field + "=" + value);
    }

    private void forgeBlock(final String file, final byte[] bytes, final Checksum checksum) {
        int at = 0;
        for (int blocks = choices.below(8); blocks > 0 && isBlock(bytes, at); blocks--) {
            at += LittleEndian.getInt(bytes, at + 4);
        }
        // Damage that is there already must not get a checksum that fits.
        if (!isBlock(bytes, at) || !isIntact(bytes, at, checksum)) {
            return;
        }
        final boolean hasRecords = LittleEndian.getInt(bytes, at + 16) == SnapshotLayout.KIND_RECORDS;
        // Of a block of records also the length of the first.
        final int field = 4 * (1 + choices.below(hasRecords ? 5 : 14));
        final long value = value(bytes, at + field);
        if (hasRecords && field == SnapshotLayout.BLOCK_HEADER_LENGTH) {
            bytes[at + field] = (byte) value;
            bytes[at + field + 1] = (byte) (value >> 8);
        } else {
            putField(bytes, at + field, value, field == 4 || field == 16);
        }
        final int length = LittleEndian.getInt(bytes, at + 4);
        if (length > 4 && length <= bytes.length - at) {
            LittleEndian.putInt(bytes, at, checksum.of(bytes, at + 4, length - 4));
        }
        putForged(file, bytes, "block at " + at + ", field " + field + "=" + value);
    }

    private static boolean isBlock(final byte[] bytes, final int at) {
        return bytes.length - at >= SnapshotLayout.BLOCK_HEADER_LENGTH
                && LittleEndian.getInt(bytes, at + 4) >= SnapshotLayout.BLOCK_HEADER_LENGTH
                && LittleEndian.getInt(bytes, at + 4) <= bytes.length - at;
    }

    private static boolean isIntact(final byte[] bytes, final int at, final Checksum checksum) {
        return LittleEndian.getInt(bytes, at) == checksum.of(bytes, at + 4, LittleEndian.getInt(bytes, at + 4) - 4);
    }

    private void putForged(final String file, final byte[] bytes, final String what) {
        put(file, bytes, "forged: " + what);
    }

    // Near what is there, or absurd.
    private long value(final byte[] bytes, final int offset) {
        if (choices.flip()) {
            return ABSURD[choices.below(ABSURD.length)];
        }
        final int there = offset + 4 <= bytes.length ? LittleEndian.getInt(bytes, offset) : 0;
        return there + choices.below(33) - 16L;
    }

    private void putField(final byte[] bytes, final int offset, final long value) {
        putField(bytes, offset, value, choices.flip());
    }

    private static void putField(final byte[] bytes, final int offset, final long value, final boolean isInt) {
        if (!isInt && offset + 8 <= bytes.length) {
            LittleEndian.putLong(bytes, offset, value);
        } else if (offset + 4 <= bytes.length) {
            LittleEndian.putInt(bytes, offset, (int) value);
        }
    }
}

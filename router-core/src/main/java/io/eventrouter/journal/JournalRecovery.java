package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what a journal holds. Changes nothing on the disk: whatever is refused is as it was.
 */
final class JournalRecovery implements Closeable {
    private final Disk disk;
    private final JournalId id;
    private final JournalReplay replay;
    private final List<String> repairs = new ArrayList<>();
    private final List<String> strays = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private TwinFile manifestFile;
    private Manifest manifest;
    private Manifest.Snapshot snapshot = Manifest.Snapshot.NONE;
    private SegmentScan lastScan;
    private SegmentWriter lastSegment;

    JournalRecovery(final Disk disk, final JournalId id, final JournalReplay replay) {
        this.disk = disk;
        this.id = id;
        this.replay = replay;
    }

    /** Read everything. */
    void run() throws IOException {
        final List<String> names = disk.list();
        if (!names.contains(Manifest.FILE_NAME)) {
            throw new DamagedFileException(disk.path(Manifest.FILE_NAME), 0, "manifest of the journal is missing");
        }
        boolean isDone = false;
        try {
            manifestFile = TwinFile.open(disk, Manifest.FILE_NAME);
            manifest = Manifest.decode(manifestFile.content(), id, disk.path(Manifest.FILE_NAME));
            for (final String name : names) {
                lookAt(name);
            }
            snapshot = replaySnapshot();
            replaySegments();
            isDone = true;
        } finally {
            if (!isDone) {
                close();
            }
        }
    }

    /** Close the files, if no journal goes on with them. */
    @Override
    public void close() throws IOException {
        try {
            if (lastSegment != null) {
                lastSegment.close();
            }
        } finally {
            if (manifestFile != null) {
                manifestFile.close();
            }
        }
    }

    TwinFile manifestFile() {
        return manifestFile;
    }

    Manifest manifest() {
        return manifest;
    }

    /** The snapshot that was replayed. */
    Manifest.Snapshot snapshot() {
        return snapshot;
    }

    /** The segments that were replayed, the newest last. */
    List<Segment> segments() {
        return segments;
    }

    /** The newest segment, to go on with; what is not known to be forced is to be written again. */
    SegmentWriter lastSegment() {
        return lastSegment;
    }

    /** Whether the newest segment may be gone on with: there is nothing behind its end. */
    boolean mayGoOn() {
        return lastScan.isClean();
    }

    long nextSequence() {
        return lastScan.nextSequence();
    }

    /** The last sequence that is known to have been forced. */
    long forcedUpTo() {
        return lastScan.forcedUpTo();
    }

    /** Files that a crash left behind and that nothing names. */
    List<String> strays() {
        return strays;
    }

    /** What was damaged and did no harm, in words. */
    List<String> repairs() {
        return repairs;
    }

    private void lookAt(final String name) throws IOException {
        final long segment = Segment.numberOf(name);
        final long ofSnapshot = SnapshotLayout.numberOf(name);
        if (segment > manifest.lastSegment() + 1) {
            throw new DamagedFileException(
                    disk.path(name), 0, "manifest does not know this segment: lastSegment=" + manifest.lastSegment());
        }
        if (segment > manifest.lastSegment()) {
            checkHasNoBatch(name, segment);
            strays.add(name);
        } else if (segment >= 0) {
            if (segment < manifest.firstSegment()) {
                strays.add(name);
            }
        } else if (ofSnapshot >= 0) {
            if (ofSnapshot != manifest.newest().number()
                    && ofSnapshot != manifest.older().number()) {
                strays.add(name);
            }
        } else if (!name.equals(Manifest.FILE_NAME)) {
            throw new DamagedFileException(disk.path(name), 0, "file does not belong to a journal");
        }
    }

    // It was made ahead, and may have records already that the segment before it has too. Once a batch has ended in it,
    // the manifest must name it.
    private void checkHasNoBatch(final String name, final long number) throws IOException {
        try (DiskFile file = disk.open(name)) {
            if (file.length() > Segment.MAX_LENGTH) {
                throw new DamagedFileException(
                        disk.path(name),
                        Segment.MAX_LENGTH,
                        "segment has " + file.length() + " bytes, at most " + Segment.MAX_LENGTH);
            }
            final byte[] bytes = new byte[(int) file.length()];
            final int available = file.read(0, bytes, 0, bytes.length);
            final Checksum checksum = new Checksum(id, number);
            for (int i = Segment.HEADER_LENGTH; i < available; i += Frame.ALIGNMENT) {
                if (Frame.isValid(bytes, i, available, checksum) && !Frame.isRecord(bytes, i)) {
                    throw new DamagedFileException(
                            disk.path(name),
                            i,
                            "manifest is older than this segment: lastSegment=" + manifest.lastSegment());
                }
            }
        }
    }

    private Manifest.Snapshot replaySnapshot() throws IOException {
        if (!manifest.newest().exists()) {
            return Manifest.Snapshot.NONE;
        }
        try {
            return replay(manifest.newest());
        } catch (final DamagedFileException | IOException damage) {
            repairs.add("snapshot is damaged, the one before is used: " + damage.getMessage());
            return manifest.older().exists() ? replay(manifest.older()) : Manifest.Snapshot.NONE;
        }
    }

    private Manifest.Snapshot replay(final Manifest.Snapshot wanted) throws IOException {
        final String name = SnapshotLayout.name(wanted.number());
        if (!disk.list().contains(name)) {
            throw new DamagedFileException(disk.path(name), 0, "snapshot is missing");
        }
        try (SnapshotReader reader = new SnapshotReader(disk, id, wanted)) {
            reader.check();
            reader.replay(replay);
            return wanted;
        }
    }

    private void replaySegments() throws IOException {
        final long firstNumber = snapshot.exists() ? snapshot.segment() : manifest.firstSegment();
        for (long number = firstNumber; number <= manifest.lastSegment(); number++) {
            segments.add(readHeader(number));
        }
        final Segment first = segments.get(0);
        final boolean isMissingRecords = snapshot.exists()
                ? first.firstSequence() > snapshot.firstSequence()
                : manifest.newest().exists() && first.firstSequence() != 1;
        if (isMissingRecords) {
            throw new DamagedFileException(
                    disk.path(Segment.name(first.number())),
                    0,
                    "records before the segment are missing: firstSequence=" + first.firstSequence());
        }
        for (int i = 0; i < segments.size(); i++) {
            final boolean isLast = i + 1 == segments.size();
            replaySegment(segments.get(i), isLast ? -1 : segments.get(i + 1).firstSequence());
        }
        // A snapshot counts only when everything that it has is forced.
        if (lastScan.nextSequence() < snapshot.firstSequence()) {
            throw new DamagedFileException(
                    disk.path(Segment.name(manifest.lastSegment())),
                    lastScan.end(),
                    "the journal ends with sequence " + (lastScan.nextSequence() - 1)
                            + ", and the snapshot has everything up to sequence " + (snapshot.firstSequence() - 1));
        }
    }

    private Segment readHeader(final long number) throws IOException {
        final String path = disk.path(Segment.name(number));
        try (DiskFile file = open(number)) {
            final byte[] header = new byte[Segment.HEADER_LENGTH];
            final int available = file.read(0, header, 0, header.length);
            return Segment.readHeader(header, available, id, number, path);
        }
    }

    private DiskFile open(final long number) throws IOException {
        final String name = Segment.name(number);
        if (!disk.list().contains(name)) {
            throw new DamagedFileException(disk.path(name), 0, "segment is missing");
        }
        return disk.open(name);
    }

    private void replaySegment(final Segment segment, final long next) throws IOException {
        final String path = disk.path(Segment.name(segment.number()));
        final DiskFile file = open(segment.number());
        boolean isKept = false;
        try {
            final byte[] header = new byte[Segment.HEADER_LENGTH];
            file.read(0, header, 0, header.length);
            final int length = Segment.lengthIn(header);
            if (file.length() > length) {
                throw new DamagedFileException(path, length, "segment has " + file.length() + " bytes, not " + length);
            }
            // What the header says may be absurd: no more memory than the file has bytes.
            final byte[] bytes = new byte[(int) file.length()];
            final int available = file.read(0, bytes, 0, bytes.length);
            final Checksum checksum = new Checksum(id, segment.number());
            final SegmentScan scan =
                    new SegmentScan(bytes, available, length, path, checksum, disk.machineRun(), repairs);
            scan.run(segment.firstSequence(), next, replay, snapshot.firstSequence());
            if (next < 0) {
                isKept = true;
                lastScan = scan;
                lastSegment = new SegmentWriter(segment, file, bytes, checksum, endOfForced(bytes, scan), scan.end());
            }
        } finally {
            if (!isKept) {
                file.close();
            }
        }
    }

    private static int endOfForced(final byte[] bytes, final SegmentScan scan) {
        int position = Segment.HEADER_LENGTH;
        while (position < scan.end()
                && !(Frame.isRecord(bytes, position) && Frame.sequence(bytes, position) > scan.forcedUpTo())) {
            position = Frame.next(bytes, position);
        }
        return position;
    }
}

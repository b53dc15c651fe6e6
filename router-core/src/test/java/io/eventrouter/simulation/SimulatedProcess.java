package io.eventrouter.simulation;

import io.eventrouter.journal.Disk;
import io.eventrouter.journal.DiskFile;
import io.eventrouter.journal.SimulatedDisk;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The process that a router runs in: its disk, for as long as it lives. When the disk stops it in the middle of an
 * operation, or the simulation ends it, nothing that the router still does counts.
 */
final class SimulatedProcess {
    private boolean ended;

    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** The disk of the machine, as this process sees it. */
    Disk disk(final Disk ofMachine) {
        return new ProcessDisk(ofMachine);
    }

    private interface Operation<T> {
        T run() throws IOException;
    }

    private <T> T run(final Operation<T> operation) throws IOException {
        if (ended) {
            throw new IOException("the process has ended");
        }
        try {
            return operation.run();
        } catch (final SimulatedDisk.Stopped stopped) {
            ended = true;
            throw stopped;
        }
    }

    private void run(final IoAction action) throws IOException {
        run(() -> {
            action.run();
            return null;
        });
    }

    private interface IoAction {
        void run() throws IOException;
    }

    private final class ProcessDisk implements Disk {
        private final Disk disk;

        ProcessDisk(final Disk disk) {
            this.disk = disk;
        }

        @Override
        public Disk directory(final String name) throws IOException {
            return run(() -> new ProcessDisk(disk.directory(name)));
        }

        @Override
        public List<String> list() throws IOException {
            return run(disk::list);
        }

        @Override
        public DiskFile create(final String name, final long length) throws IOException {
            return run(() -> new ProcessFile(disk.create(name, length)));
        }

        @Override
        public DiskFile open(final String name) throws IOException {
            return run(() -> new ProcessFile(disk.open(name)));
        }

        @Override
        public void rename(final String from, final String to) throws IOException {
            run(() -> disk.rename(from, to));
        }

        @Override
        public void delete(final String name) throws IOException {
            run(() -> disk.delete(name));
        }

        @Override
        public void forceDirectory() throws IOException {
            run(disk::forceDirectory);
        }

        @Override
        public Closeable lock(final String name) throws IOException {
            final Closeable lock = run(() -> disk.lock(name));
            // The lock of a process that has ended is free, and may be another's.
            return () -> {
                if (!ended) {
                    lock.close();
                }
            };
        }

        @Override
        public long machineRun() {
            return disk.machineRun();
        }

        @Override
        public String path(final String name) {
            return disk.path(name);
        }
    }

    private final class ProcessFile implements DiskFile {
        private final DiskFile file;

        ProcessFile(final DiskFile file) {
            this.file = file;
        }

        @Override
        public long length() throws IOException {
            return run(file::length);
        }

        @Override
        public int read(final long position, final byte[] into, final int offset, final int length) throws IOException {
            return run(() -> file.read(position, into, offset, length));
        }

        @Override
        public void write(final long position, final byte[] from, final int offset, final int length)
                throws IOException {
            run(() -> file.write(position, from, offset, length));
        }

        @Override
        public void force() throws IOException {
            run(file::force);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

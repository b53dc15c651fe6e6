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
    Disk disk(final Disk ofMachine, final Machine machine) {
        return new ProcessDisk(ofMachine, machine);
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
        private final Machine machine;

        ProcessDisk(final Disk disk, final Machine machine) {
            this.disk = disk;
            this.machine = machine;
        }

        @Override
        public Disk directory(final String name) throws IOException {
            return run(() -> new ProcessDisk(disk.directory(name), machine));
        }

        @Override
        public List<String> list() throws IOException {
            return run(disk::list);
        }

        @Override
        public DiskFile create(final String name, final long length) throws IOException {
            return run(() -> new ProcessFile(disk.create(name, length), machine, name));
        }

        @Override
        public DiskFile open(final String name) throws IOException {
            return run(() -> new ProcessFile(disk.open(name), machine, name));
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
        private final String name;
        private final Machine machine;

        ProcessFile(final DiskFile file, final Machine machine, final String name) {
            this.file = file;
            this.name = name;
            this.machine = machine;
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
            if (machine.writes()) {
                run(() -> file.write(position, from, offset, length));
            }
        }

        @Override
        public void force() throws IOException {
            if (machine.forces(name)) {
                run(file::force);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

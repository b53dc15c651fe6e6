package io.eventrouter.journal;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A disk in memory, behind a page cache that a power cut empties: blocks of 512 bytes that were written and not forced
 * are then there or not, each for itself, and names that were not forced are undone from some point on.
 *
 * <p>It can be full, refuse writes and forces, and stop the world at any operation. Files are named by their path from
 * the root of the disk. One thread.
 */
public final class SimulatedDisk implements Disk {
    /** A block is written whole or not at all. */
    public static final int BLOCK_LENGTH = 512;

    private final Machine machine;
    private final String prefix;

    /** An empty disk without end. */
    public SimulatedDisk() {
        this(new Machine(), "");
    }

    private SimulatedDisk(final Machine machine, final String prefix) {
        this.machine = machine;
        this.prefix = prefix;
    }

    /**
     * The world stopped in the middle of an operation: nothing more can be done until {@link #kill} or
     * {@link #cutPower}.
     */
    public static final class Stopped extends Error {
        private static final long serialVersionUID = 1;

        Stopped(final long operation) {
            super("the process was stopped: operation=" + operation);
        }
    }

    /** What all directories of a disk share. */
    private static final class Machine {
        final Map<String, Content> names = new TreeMap<>();
        final Map<String, Content> forcedNames = new TreeMap<>();
        final List<Naming> unforcedNamings = new ArrayList<>();
        final List<String> locks = new ArrayList<>();
        long capacity = Long.MAX_VALUE;
        boolean failsWrites;
        boolean failsForces;
        boolean ignoresForces;
        long operations;
        long stopAt = Long.MAX_VALUE;
        int process;
        int openFiles;
        long run = 1;
    }

    /** A name that got a content, or null if it lost its own. */
    private record Naming(String name, Content content) {
        void apply(final Map<String, Content> names) {
            if (content == null) {
                names.remove(name);
            } else {
                names.put(name, content);
            }
        }
    }

    /** The bytes of a file, as the process sees them and as the disk has them. */
    private static final class Content {
        byte[] seen = new byte[0];
        byte[] forced = new byte[0];
        final BitSet unforced = new BitSet();

        void write(final long position, final byte[] from, final int offset, final int length) {
            final int end = (int) position + length;
            if (end > seen.length) {
                seen = Arrays.copyOf(seen, end);
            }
            System.arraycopy(from, offset, seen, (int) position, length);
            if (length > 0) {
                unforced.set((int) position / BLOCK_LENGTH, (end - 1) / BLOCK_LENGTH + 1);
            }
        }

        void force() {
            unforced.stream().forEach(this::writeBack);
            forced = Arrays.copyOf(forced, seen.length);
            unforced.clear();
        }

        void writeBack(final int block) {
            final int start = block * BLOCK_LENGTH;
            final int end = Math.min(start + BLOCK_LENGTH, seen.length);
            if (forced.length < end) {
                forced = Arrays.copyOf(forced, end);
            }
            System.arraycopy(seen, start, forced, start, end - start);
        }

        Content copy() {
            final Content copy = new Content();
            copy.seen = seen.clone();
            copy.forced = forced.clone();
            copy.unforced.or(unforced);
            return copy;
        }
    }

    // ---- What tests do to it ----

    /** From here on there is room for so many bytes in all files together, whatever there are already. */
    public void capacity(final long bytes) {
        machine.capacity = bytes;
    }

    /** Bytes in all files. */
    public long usedBytes() {
        return machine.names.values().stream()
                .mapToLong(content -> content.seen.length)
                .sum();
    }

    /** Whether writes, creations and deletions fail, after half of the bytes were written. */
    public void failWrites(final boolean fail) {
        machine.failsWrites = fail;
    }

    /** Whether forces fail, and drop what was to be forced: the process still sees it, and a power cut takes it. */
    public void failForces(final boolean fail) {
        machine.failsForces = fail;
    }

    /** Whether forces do nothing, and say that all is well. */
    public void ignoreForces(final boolean ignore) {
        machine.ignoresForces = ignore;
    }

    /** How many files the process has open. */
    public int openFiles() {
        return machine.openFiles;
    }

    /** Operations so far that change something. */
    public long operations() {
        return machine.operations;
    }

    /** Stop the process in the middle of that operation, counted from now on: 1 is the next. */
    public void stopAt(final long operation) {
        machine.stopAt = machine.operations + operation;
    }

    /** The process ends: what it has written is there. Its locks are free. */
    public void kill() {
        machine.process++;
        machine.openFiles = 0;
        machine.stopAt = Long.MAX_VALUE;
        machine.locks.clear();
    }

    /** The power is cut; asked for each block and name that was not forced, whether it reached the disk. */
    public void cutPower(final BooleanSupplier reachedDisk) {
        kill();
        machine.run++;
        for (final Naming naming : machine.unforcedNamings) {
            // A file system keeps its changes of names in order.
            if (!reachedDisk.getAsBoolean()) {
                break;
            }
            naming.apply(machine.forcedNames);
        }
        machine.unforcedNamings.clear();
        machine.names.clear();
        machine.names.putAll(machine.forcedNames);
        for (final Content content : machine.names.values()) {
            content.unforced.stream()
                    .filter(block -> reachedDisk.getAsBoolean())
                    .forEach(content::writeBack);
            content.unforced.clear();
            content.seen = content.forced.clone();
        }
    }

    /** How many blocks are not forced. */
    public int unforcedBlocks() {
        return machine.names.values().stream()
                .mapToInt(content -> content.unforced.cardinality())
                .sum();
    }

    /** Another disk with the same content, on a machine of its own that runs for as long, and without faults. */
    public SimulatedDisk copy() {
        final Machine copy = new Machine();
        final Map<Content, Content> copies = new IdentityHashMap<>();
        machine.names.forEach((name, content) -> copy.names.put(name, copies.computeIfAbsent(content, Content::copy)));
        machine.forcedNames.forEach(
                (name, content) -> copy.forcedNames.put(name, copies.computeIfAbsent(content, Content::copy)));
        for (final Naming naming : machine.unforcedNamings) {
            final Content content =
                    naming.content == null ? null : copies.computeIfAbsent(naming.content, Content::copy);
            copy.unforcedNamings.add(new Naming(naming.name, content));
        }
        copy.run = machine.run;
        return new SimulatedDisk(copy, "");
    }

    /** All files, by their path from the root of the disk. */
    public List<String> files() {
        return List.copyOf(machine.names.keySet());
    }

    /** What is in a file, by its path. */
    public byte[] content(final String path) {
        return machine.names.get(path).seen.clone();
    }

    /** Put a file there, forced, or take it away if there are no bytes. */
    public void put(final String path, final byte[] bytes) {
        if (bytes == null) {
            machine.names.remove(path);
            machine.forcedNames.remove(path);
            return;
        }
        final Content content = new Content();
        content.seen = bytes.clone();
        content.forced = bytes.clone();
        machine.names.put(path, content);
        machine.forcedNames.put(path, content);
    }

    // ---- What it does ----

    @Override
    public Disk directory(final String name) {
        return new SimulatedDisk(machine, prefix + name + "/");
    }

    @Override
    public List<String> list() {
        return machine.names.keySet().stream()
                .filter(path -> path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0)
                .map(path -> path.substring(prefix.length()))
                .toList();
    }

    @Override
    public DiskFile create(final String name, final long length) throws IOException {
        if (machine.names.containsKey(path(name))) {
            throw new IOException("there is such a file: " + path(name));
        }
        if (usedBytes() + length > machine.capacity) {
            throw new OutOfSpaceException("disk is full: file=" + path(name) + ", neededBytes=" + length, null);
        }
        final boolean isStopped = count();
        final Content content = new Content();
        content.seen = new byte[(int) length];
        content.forced = new byte[(int) length];
        if (!isStopped) {
            checkWrites();
        }
        change(new Naming(path(name), content));
        stopIf(isStopped);
        return new SimulatedFile(path(name), content);
    }

    @Override
    public DiskFile open(final String name) throws IOException {
        final Content content = machine.names.get(path(name));
        if (content == null) {
            throw new FileNotFoundException(path(name));
        }
        return new SimulatedFile(path(name), content);
    }

    @Override
    public void delete(final String name) throws IOException {
        if (!machine.names.containsKey(path(name))) {
            return;
        }
        final boolean isStopped = count();
        if (!isStopped) {
            checkWrites();
        }
        change(new Naming(path(name), null));
        stopIf(isStopped);
    }

    @Override
    public void forceDirectory() throws IOException {
        stopIf(count());
        checkForces();
        if (machine.ignoresForces) {
            return;
        }
        machine.unforcedNamings.clear();
        machine.forcedNames.clear();
        machine.forcedNames.putAll(machine.names);
    }

    @Override
    public Closeable lock(final String name) {
        if (machine.locks.contains(path(name))) {
            throw new IllegalStateException("another router uses the data directory: " + prefix);
        }
        machine.locks.add(path(name));
        return () -> machine.locks.remove(path(name));
    }

    @Override
    public long machineRun() {
        return machine.run;
    }

    @Override
    public String path(final String name) {
        return prefix + name;
    }

    private void change(final Naming naming) {
        naming.apply(machine.names);
        machine.unforcedNamings.add(naming);
    }

    // Returns whether the process stops in the middle of this operation.
    private boolean count() {
        if (machine.operations >= machine.stopAt) {
            throw new Stopped(machine.operations);
        }
        return ++machine.operations >= machine.stopAt;
    }

    private void stopIf(final boolean isStopped) {
        if (isStopped) {
            throw new Stopped(machine.operations);
        }
    }

    private void checkWrites() throws IOException {
        if (machine.failsWrites) {
            throw new IOException("simulated failure of a write");
        }
    }

    private void checkForces() throws IOException {
        if (machine.failsForces) {
            throw new IOException("simulated failure of a force");
        }
    }

    /** An open file, of the process that opened it. */
    private final class SimulatedFile implements DiskFile {
        private final String path;
        private final Content content;
        private final int process = machine.process;
        private boolean isClosed;

        SimulatedFile(final String path, final Content content) {
            this.path = path;
            this.content = content;
            machine.openFiles++;
        }

        @Override
        public long length() throws IOException {
            checkOpen();
            return content.seen.length;
        }

        @Override
        public int read(final long position, final byte[] into, final int offset, final int length) throws IOException {
            checkOpen();
            final int count = (int) Math.max(0, Math.min(length, content.seen.length - position));
            if (count > 0) {
                System.arraycopy(content.seen, (int) position, into, offset, count);
            }
            return count;
        }

        @Override
        public void write(final long position, final byte[] from, final int offset, final int length)
                throws IOException {
            checkOpen();
            final long growth = Math.max(0, position + length - content.seen.length);
            final boolean isFull = growth > 0 && usedBytes() + growth > machine.capacity;
            final boolean isStopped = count();
            final boolean isPartial = isStopped || isFull || machine.failsWrites;
            content.write(position, from, offset, isPartial ? length / 2 : length);
            stopIf(isStopped);
            checkWrites();
            if (isFull) {
                throw new OutOfSpaceException("disk is full: file=" + path + ", neededBytes=" + growth, null);
            }
        }

        @Override
        public void force() throws IOException {
            checkOpen();
            stopIf(count());
            if (machine.failsForces) {
                content.unforced.clear();
            }
            checkForces();
            if (!machine.ignoresForces) {
                content.force();
            }
        }

        @Override
        public void close() {
            if (!isClosed && process == machine.process) {
                machine.openFiles--;
            }
            isClosed = true;
        }

        private void checkOpen() throws IOException {
            if (isClosed || process != machine.process) {
                throw new IOException("file is closed, or its process has ended: " + path);
            }
        }
    }
}

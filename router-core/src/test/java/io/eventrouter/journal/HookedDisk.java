package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A disk on which tests can stop a force or the closing of a file, or change what is read. Any thread. */
public final class HookedDisk implements Disk {
    /** Called before a file is forced. */
    public interface ForceHook {
        /** Return to let the force go on. */
        void beforeForce(String path) throws IOException;
    }

    /** Called before a file is closed. */
    public interface CloseHook {
        /** Return to let it be closed. */
        void beforeClose(String path) throws IOException;
    }

    /** Called after something was read. */
    public interface ReadHook {
        /** Change the bytes. */
        void afterRead(String path, byte[] bytes, int offset, int length);
    }

    /** The hooks of all directories of a disk. */
    private static final class Hooks {
        private volatile ForceHook force = path -> {};
        private volatile CloseHook close = path -> {};
        private volatile ReadHook read = (path, bytes, offset, length) -> {};
    }

    private final Disk disk;
    private final Hooks hooks;

    /** Hooks on a disk, which do nothing yet. */
    public HookedDisk(final Disk disk) {
        this(disk, new Hooks());
    }

    private HookedDisk(final Disk disk, final Hooks hooks) {
        this.disk = disk;
        this.hooks = hooks;
    }

    /** What to do before a force. */
    public void onForce(final ForceHook hook) {
        hooks.force = hook;
    }

    /** What to do before a file is closed. */
    public void onClose(final CloseHook hook) {
        hooks.close = hook;
    }

    /** What to do after a read. */
    public void onRead(final ReadHook hook) {
        hooks.read = hook;
    }

    @Override
    public Disk directory(final String name) throws IOException {
        return new HookedDisk(disk.directory(name), hooks);
    }

    @Override
    public List<String> list() throws IOException {
        return disk.list();
    }

    @Override
    public DiskFile create(final String name, final long length) throws IOException {
        return new HookedFile(disk.create(name, length), path(name));
    }

    @Override
    public DiskFile open(final String name) throws IOException {
        return new HookedFile(disk.open(name), path(name));
    }

    @Override
    public void delete(final String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public void forceDirectory() throws IOException {
        disk.forceDirectory();
    }

    @Override
    public Closeable lock(final String name) throws IOException {
        return disk.lock(name);
    }

    @Override
    public long machineRun() {
        return disk.machineRun();
    }

    @Override
    public String path(final String name) {
        return disk.path(name);
    }

    private final class HookedFile implements DiskFile {
        private final DiskFile file;
        private final String path;

        HookedFile(final DiskFile file, final String path) {
            this.file = file;
            this.path = path;
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public int read(final long position, final byte[] into, final int offset, final int length) throws IOException {
            final int read = file.read(position, into, offset, length);
            hooks.read.afterRead(path, into, offset, read);
            return read;
        }

        @Override
        public void write(final long position, final byte[] from, final int offset, final int length)
                throws IOException {
            file.write(position, from, offset, length);
        }

        @Override
        public void force() throws IOException {
            hooks.force.beforeForce(path);
            file.force();
        }

        @Override
        public void close() throws IOException {
            hooks.close.beforeClose(path);
            file.close();
        }
    }
}

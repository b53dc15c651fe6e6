package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The files of one directory: the seam between what is kept and what keeps it. Tests put a failing disk here.
 *
 * <p>What an operation did is seen by later ones at once, but a power cut may undo it: contents until
 * {@link DiskFile#force()}, names until {@link #forceDirectory()}. The end of the process undoes nothing.
 *
 * <p><b>Threading:</b> any thread; one at a time for one file.
 */
public interface Disk {
    /**
     * A directory in this one, which is made if it is not there.
     *
     * @param name of the directory.
     * @return its files.
     * @throws IOException if it cannot be made.
     */
    Disk directory(String name) throws IOException;

    /**
     * What is in the directory, but for directories.
     *
     * @return names of files, in any order.
     * @throws IOException if the directory cannot be read.
     */
    List<String> list() throws IOException;

    /**
     * Make a file of zeros that has its room on the disk: writing into it needs no more. Its content is forced.
     *
     * @param name that is not taken.
     * @param length in bytes; writes beyond it make the file longer, and then need room.
     * @return the file, open.
     * @throws OutOfSpaceException if there is not enough room; no file is left behind.
     * @throws IOException if the file cannot be made; no file is left behind if that could be helped.
     */
    DiskFile create(String name, long length) throws IOException;

    /**
     * Open a file.
     *
     * @param name of a file that is there.
     * @return the file.
     * @throws IOException if it is not there or cannot be opened for reading and writing.
     */
    DiskFile open(String name) throws IOException;

    /**
     * Delete a file, if it is there.
     *
     * @param name of the file.
     * @throws IOException if it cannot be deleted.
     */
    void delete(String name) throws IOException;

    /**
     * Make everything that was done to names outlast a power cut.
     *
     * @throws IOException if that is not certain.
     */
    void forceDirectory() throws IOException;

    /**
     * Take this directory for one user. The end of the process gives it back too.
     *
     * @param name of the file that stands for it.
     * @return gives it back.
     * @throws IllegalStateException if somebody has it, in this process or another.
     * @throws IOException if the file cannot be made.
     */
    Closeable lock(String name) throws IOException;

    /**
     * Names the run of the machine since its power came on. As long as it is the same, what was written and not forced
     * is still there.
     *
     * @return a number, another one each time if it cannot be found out.
     */
    long machineRun();

    /**
     * Where a file is, for messages.
     *
     * @param name of the file.
     * @return its path.
     */
    String path(String name);
}

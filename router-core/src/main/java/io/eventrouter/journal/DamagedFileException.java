package io.eventrouter.journal;

/**
 * A file is not what was written, and nothing intact can take its place. Where this refuses opening, nothing that
 * matters has changed; a file can also be found so when it is read later. The message has file, offset and reason.
 */
public final class DamagedFileException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;

    /**
     * A damaged, missing or foreign file.
     *
     * @param file path of the file.
     * @param offset of the damage in the file, 0 for all of it.
     * @param reason what was expected, and what was found.
     */
    public DamagedFileException(final String file, final long offset, final String reason) {
        super(reason + ": file=" + file + ", offset=" + offset);
        this.file = file;
        this.offset = offset;
    }

    /**
     * Which file.
     *
     * @return its path.
     */
    public String file() {
        return file;
    }

    /**
     * Where in the file.
     *
     * @return the offset in bytes.
     */
    public long offset() {
        return offset;
    }
}

package io.eventrouter.loadgen.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Keeps why a stream could not be written, which a print stream in front of it keeps to itself. After a failure it
 * takes nothing any more, so that there is no hole in what was written.
 *
 * <p><b>Threading:</b> one thread at a time writes, any may ask.
 */
public final class FailureKeepingStream extends OutputStream {
    private final OutputStream out;
    private volatile IOException failure;

    /**
     * A stream that has not failed.
     *
     * @param out takes what is written.
     */
    public FailureKeepingStream(final OutputStream out) {
        this.out = out;
    }

    /**
     * Why it could not be written.
     *
     * @return nothing if it could.
     */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void write(final int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            out.write(bytes, offset, length);
        } catch (final IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (final IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }
}

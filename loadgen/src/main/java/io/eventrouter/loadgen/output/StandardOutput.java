package io.eventrouter.loadgen.output;

import io.eventrouter.loadgen.input.FileComplaint;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The standard output of the process. Java's own says nothing when what is printed gets lost, such as on a full disk.
 */
public final class StandardOutput {
    // Java 19 and newer, older ones on a terminal, older ones elsewhere.
    private static final List<String> CHARSETS = List.of("stdout.encoding", "sun.stdout.encoding", "native.encoding");

    private final FailureKeepingStream stream;

    StandardOutput(final OutputStream out) {
        this.stream = new FailureKeepingStream(out);
    }

    /**
     * Print to an output that keeps its failure, in place of Java's own.
     *
     * @return the output.
     */
    public static StandardOutput install() {
        final StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(new BufferedOutputStream(output.stream), true, charset()));
        return output;
    }

    /**
     * Say so if something that was printed got lost. A reader who has seen enough, such as {@code head}, loses nothing.
     *
     * @param status that the process is to end with.
     * @param failed status instead, if that one says that all is well.
     * @param err takes the complaint.
     * @return the status to end with.
     */
    public int checked(final int status, final int failed, final PrintStream err) {
        System.out.flush();
        final IOException failure = stream.failure().orElse(null);
        if (failure == null || isReaderGone(failure)) {
            return status;
        }
        err.println("the standard output cannot be written: " + FileComplaint.describe(failure));
        return status == 0 ? failed : status;
    }

    // Java has nothing but the words of the system.
    private static boolean isReaderGone(final IOException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    private static Charset charset() {
        return CHARSETS.stream()
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .filter(Charset::isSupported)
                .map(Charset::forName)
                .findFirst()
                .orElseGet(Charset::defaultCharset);
    }
}

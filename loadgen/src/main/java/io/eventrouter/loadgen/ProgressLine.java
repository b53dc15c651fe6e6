package io.eventrouter.loadgen;

import java.io.Console;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * One line on a terminal that is written over and over; nothing at all where nobody watches.
 *
 * <p><b>Threading:</b> any thread.
 */
final class ProgressLine {
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    // Set by the script, which can tell the terminal behind the error output; the console needs all of them.
    private static final String TERMINAL_PROPERTY = "loadgen.terminal";
    private static final String ERASE = "\r\u001B[K";

    private final PrintStream out;
    private final boolean isWatched;
    private long shownNs = System.nanoTime() - INTERVAL_NS;
    private boolean isShown;
    private boolean isEnded;

    ProgressLine(final PrintStream out) {
        this.out = out;
        this.isWatched = isTerminal();
    }

    /** Whether there is a terminal. */
    boolean isWatched() {
        return isWatched;
    }

    synchronized void show(final String text) {
        final long nowNs = System.nanoTime();
        if (isWatched && !isEnded && nowNs - shownNs >= INTERVAL_NS) {
            shownNs = nowNs;
            isShown = true;
            out.print(ERASE + text);
            out.flush();
        }
    }

    /** Make way for other text. */
    synchronized void erase() {
        if (isShown) {
            isShown = false;
            out.print(ERASE);
            out.flush();
        }
    }

    /** Let the line stand and show nothing any more. */
    synchronized void end() {
        isEnded = true;
        if (isShown) {
            isShown = false;
            out.println();
        }
    }

    private static boolean isTerminal() {
        final String said = System.getProperty(TERMINAL_PROPERTY);
        return said == null ? isTerminal(System.console()) : Boolean.parseBoolean(said);
    }

    // Since Java 22 there is a console even without a terminal, and a method that tells.
    private static boolean isTerminal(final Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (final ReflectiveOperationException e) {
            return true;
        }
    }
}

package io.eventrouter.loadgen.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.eventrouter.event.EventDraft;
import io.eventrouter.loadgen.feed.FirstFailure;
import io.eventrouter.loadgen.feed.RouterFeed;
import io.eventrouter.loadgen.fleet.FleetDirectory;
import io.eventrouter.loadgen.input.InvalidElementException;
import io.eventrouter.loadgen.input.LineReader;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonComplaint;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads a trace and feeds a router with it, line by line, as fast as either can. */
public final class TraceReplay {
    // A power of two less one: how many lines pass between two looks at failures and two signs of progress.
    private static final int CHECK_MASK = 0x3FFF;

    /** Hears how far a replay is. */
    public interface Progress {
        /**
         * Some lines have been replayed.
         *
         * @param lines so far.
         * @param percent of the trace; -1 if its size is not known.
         */
        void onLines(long lines, int percent);
    }

    private final TextSource source;
    private final PublishLines publishes;
    private final HookResponseLines hookResponses;
    private final ControlLines controls;
    private final RouterFeed feed;
    private final EventDraft draft = new EventDraft();
    private final FirstFailure failure;
    private final TraceLineParser parser = new TraceLineParser();

    private long lines;
    private long events;
    private long responses;
    private long commands;
    private long wrong;

    /**
     * A replay that has not begun.
     *
     * @param source of the trace.
     * @param directory of the fleet that it refers to.
     * @param feed into the router.
     * @param failure takes and tells what goes wrong in the router.
     */
    public TraceReplay(
            final TextSource source,
            final FleetDirectory directory,
            final RouterFeed feed,
            final FirstFailure failure) {
        this.source = source;
        this.publishes = new PublishLines(directory);
        this.hookResponses = new HookResponseLines(directory);
        this.controls = new ControlLines(directory, feed);
        this.feed = feed;
        this.failure = failure;
    }

    /**
     * Feed the whole trace into the router.
     *
     * @param onError what happens at a line that is wrong.
     * @param complaints takes what is wrong with the lines that are passed over.
     * @param progress is told now and then how far it is.
     * @return what the trace held.
     * @throws io.eventrouter.loadgen.input.BadInputException if the file cannot be read.
     * @throws io.eventrouter.loadgen.feed.ReplayFailedException if something failed in the router.
     */
    public TraceCounts run(final OnError onError, final Consumer<String> complaints, final Progress progress) {
        final long size = source.sizeOrUnknown();
        try (LineReader reader = new LineReader(source)) {
            while (reader.next()) {
                if (!reader.isBlank()) {
                    lines++;
                    final String complaint = complaintAbout(reader);
                    if (complaint != null) {
                        wrong++;
                        if (onError == OnError.STOP) {
                            return counts(complaint);
                        }
                        complaints.accept(complaint);
                    }
                }
                if ((reader.lineNumber() & CHECK_MASK) == 0) {
                    failure.throwIfReported();
                    progress.onLines(reader.lineNumber(), percent(reader.bytesTaken(), size));
                }
            }
        } catch (final IOException e) {
            throw source.unreadable(e);
        }
        return counts(null);
    }

    // A trace may grow meanwhile.
    private static int percent(final long bytes, final long size) {
        return size <= 0 ? -1 : (int) Math.min(100, 100.0 * bytes / size);
    }

    private TraceCounts counts(final String stop) {
        return new TraceCounts(lines, events, responses, commands, wrong, stop);
    }

    private String complaintAbout(final LineReader reader) throws IOException {
        try {
            replay(reader);
            return null;
        } catch (final InvalidElementException e) {
            return source.name() + ":" + reader.lineNumber() + ": " + e.getMessage();
        } catch (final JsonProcessingException e) {
            return source.name() + ":" + reader.lineNumber() + ": not readable as JSON: " + JsonComplaint.describe(e);
        } catch (final IllegalArgumentException e) {
            // What the router's own types refuse.
            return source.name() + ":" + reader.lineNumber() + ": " + e.getMessage();
        } catch (final StackOverflowError e) {
            return source.name() + ":" + reader.lineNumber() + ": is nested too deeply";
        }
    }

    private void publish(final Fields line, final long lineNumber) {
        publishes.fill(draft, line, lineNumber);
        publishes.publish(feed, draft, line);
    }

    private void replay(final LineReader reader) throws IOException {
        final Fields line = parser.parse(reader);
        final String type = line.textOrNull("type");
        if (type == null) {
            publish(line, reader.lineNumber());
            events++;
        } else if (type.equals("hook-response")) {
            hookResponses.publish(feed, hookResponses.fill(draft, line, reader.lineNumber()), draft, line);
            responses++;
        } else {
            controls.carryOut(type, line);
            commands++;
        }
    }
}

package io.eventrouter.loadgen.replay;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tidies up if the process is told to end, such as with Ctrl-C, before a replay is through. */
final class Interruption {
    private final Thread hook;

    private Interruption(final Thread hook) {
        this.hook = hook;
    }

    /** Watch over a replay until {@link #unwatch()}; files may be null. */
    static Interruption watch(final ReplayListener listener, final OutputFile... files) {
        final List<OutputFile> outputs =
                Stream.of(files).filter(Objects::nonNull).collect(Collectors.toList());
        final Thread hook = new Thread(
                () -> {
                    outputs.forEach(OutputFile::removeIfUnused);
                    listener.onInterrupt(outputs.stream().map(OutputFile::name).collect(Collectors.toList()));
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    void unwatch() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // It runs already.
        }
    }
}

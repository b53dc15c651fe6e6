package io.eventrouter.benchmarks.runner;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands in the list of commands; {@link Benchmarks#main} hands its arguments to JMH before they are looked at. */
@Command(
        name = JmhCommand.NAME,
        header = "Hand everything that follows to JMH: jmh WholePath -prof gc, or jmh -h for JMH's own help.",
        description = "",
        exitCodeList = {
            "0:JMH is done",
            "1:JMH could not use an argument, found no benchmark, or one failed with -foe true"
        },
        footer = {"", "Example:", "  benchmarks jmh WholePath -p devices=100000 -prof gc"})
final class JmhCommand implements Callable<Integer> {
    static final String NAME = "jmh";

    @Override
    public Integer call() {
        throw new IllegalStateException("JMH's arguments are handed over before commands are looked at");
    }
}

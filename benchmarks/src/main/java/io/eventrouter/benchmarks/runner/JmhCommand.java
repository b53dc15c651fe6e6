package io.eventrouter.benchmarks.runner;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stands in the list of commands; {@link Benchmarks#main} hands its arguments to JMH before they are looked at. */
@Command(
        name = JmhCommand.NAME,
        header = "Hand everything that follows to JMH: jmh WholePath -prof gc, or jmh -h for JMH's own help.",
        description = "",
        exitCodeList = {"0:JMH says so", "1:something failed, as JMH sees it"})
final class JmhCommand implements Callable<Integer> {
    static final String NAME = "jmh";

    @Override
    public Integer call() {
        throw new IllegalStateException("JMH's arguments are handed over before commands are looked at");
    }
}

package io.eventrouter.loadgen;

import io.eventrouter.loadgen.demo.Demo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows in a few seconds what the router does, with a fleet that ships with the program. */
@Command(
        name = "demo",
        header = "See in a few seconds what the router does, with a small fleet that ships with the program.",
        description = {
            "",
            "Routes one morning of greenhouse controllers and bird feeders under the rules before and after March 2023,"
                    + " tells what went where and what it cost whom, and how fast the router is on this machine.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {"", "Exit status: 0 fine, 1 anything else."})
final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        Demo.run(System.out);
        return ExitStatus.FINE;
    }
}

package io.eventrouter.loadgen.demo;

import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.replay.Replay;
import io.eventrouter.loadgen.replay.ReplayListener;
import io.eventrouter.loadgen.replay.ReplayPlan;
import io.eventrouter.loadgen.replay.ReplayResult;
import io.eventrouter.loadgen.scope.Policies;
import io.eventrouter.loadgen.trace.OnError;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.io.PrintStream;

/** Routes the fleet that ships with the program under the rules of both eras, and then as fast as it can. */
public final class Demo {
    private static final TextSource FLEET = TextSource.ofResource("demo/fleet.json");
    private static final TextSource TRACE = TextSource.ofResource("demo/trace.ndjson");

    private Demo() {}

    /**
     * Run the demo.
     *
     * @param out takes the story.
     */
    public static void run(final PrintStream out) {
        final ReplayResult before = replay(Era.BEFORE_2023_03);
        final ReplayResult after = replay(Era.AFTER_2023_03);
        new DemoReport(DemoNames.read(FLEET), before, after).print(out);
        DemoRate.measure(FLEET, TRACE).print(out);
    }

    private static ReplayResult replay(final Era era) {
        return Replay.run(
                new ReplayPlan(FLEET, TRACE, null, null, new Policies(era, ProductScope.ALL), OnError.STOP),
                ReplayListener.NONE);
    }
}

package io.eventrouter.loadgen.replay;

import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.scope.Policies;
import io.eventrouter.loadgen.trace.OnError;

/**
 * What is to be replayed, and how.
 *
 * @param fleet the file with the fleet.
 * @param trace the file with what happens in it.
 * @param deliveries name of the file for deliveries; null for none.
 * @param usage name of the file for usage; null for none.
 * @param policies that hold.
 * @param onError what happens at a line that is wrong.
 */
public record ReplayPlan(
        TextSource fleet, TextSource trace, String deliveries, String usage, Policies policies, OnError onError) {}

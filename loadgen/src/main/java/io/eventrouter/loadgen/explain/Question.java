package io.eventrouter.loadgen.explain;

import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.scope.Policies;
import java.util.List;

/**
 * What somebody wants to know.
 *
 * @param fleet the file with the fleet.
 * @param event one line of a trace: a publish or an answer of an integration.
 * @param paused accounts that are paused.
 * @param policies of the router.
 * @param about the one subscriber to tell of, such as {@code device:<id>}; null for all that are near.
 * @param keptOfGroup how many subscribers with one reason to list.
 */
public record Question(
        TextSource fleet, String event, List<AccountId> paused, Policies policies, String about, int keptOfGroup) {}

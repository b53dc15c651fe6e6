package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What changes of owner, membership, presence and pause do to the next event (docs/routing-rules.md, 1, 4, 5, 6). */
class OwnershipRulesTest {
    private static final int X = 1;
    private static final int Y = 2;

    @ParameterizedTest
    @EnumSource
    void shouldNotDeliverToFormerOwnerAfterUnclaim(final Implementation implementation) {
        try (RuleBench bench = twoUsers(implementation).device("p").device("s", "e")) {
            bench.claim("p", "U").claim("s", "U");
            assertEquals(Set.of("s"), bench.receivers(bench.publish("p", "e", 1)));
            bench.accept(new Command.Unclaim(bench.id("p")));
            assertEquals(Set.of(), bench.receivers(bench.publish("p", "e", 1)));
            assertEquals(new Operations(1, 1), bench.paidByUser("U"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveSubscriptionsWithTheDeviceToItsNewOwner(final Implementation implementation) {
        try (RuleBench bench = twoUsers(implementation).device("u").device("v").device("s", "e")) {
            bench.claim("u", "U").claim("v", "V").claim("s", "U").claim("s", "V");
            assertEquals(Set.of(), bench.receivers(bench.publish("u", "e", 1)));
            assertEquals(Set.of("s"), bench.receivers(bench.publish("v", "e", 1)));
            assertEquals(new Operations(1, 0), bench.paidByUser("U"));
            assertEquals(new Operations(1, 1), bench.paidByUser("V"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveADeviceFromOneProductToAnother(final Implementation implementation) {
        try (RuleBench bench = twoUsers(implementation).device("x").device("y").device("s", "e")) {
            bench.join("x", X).join("y", Y).join("s", X).join("s", Y);
            assertEquals(Set.of(), bench.receivers(bench.publish("x", "e", 1)));
            assertEquals(Set.of("s"), bench.receivers(bench.publish("y", "e", 1)));
            assertEquals(new Operations(1, 0), bench.paidByUser("U"));
            assertEquals(new Operations(1, 1), bench.paidByUser("V"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepQuarantineWhenADeviceIsAddedAgainAndEndItWhenItIsRemoved(final Implementation implementation) {
        try (RuleBench bench = twoUsers(implementation).device("p").device("s", "e")) {
            bench.join("p", X).join("s", X);
            bench.accept(new Command.SetDeviceFlags(bench.id("s"), true, null, null));
            assertEquals(Set.of(), bench.receivers(bench.publish("p", "e", 1)));
            bench.join("s", X);
            assertEquals(Set.of(), bench.receivers(bench.publish("p", "e", 1)));
            bench.accept(new Command.RemoveFromProduct(bench.id("s"))).join("s", X);
            assertEquals(Set.of("s"), bench.receivers(bench.publish("p", "e", 1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverOnceThroughTwoScopesAndTwoPrefixes(final Implementation implementation) {
        try (RuleBench bench = twoUsers(implementation).device("p").device("s", "e", "ev", "event")) {
            bench.claim("p", "U").claim("s", "U").join("p", X).join("s", X);
            assertEquals(1, bench.publish("p", "event", 1).deliveries().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepSubscriptionsOfAnOfflineDeviceUntilItsSessionEnds(final Implementation implementation) {
        try (RuleBench bench = twoUsers(implementation).device("p").device("s", "e")) {
            bench.claim("p", "U").claim("s", "U");
            bench.accept(new Command.GoOffline(bench.id("s")));
            assertEquals(Set.of(), bench.receivers(bench.publish("p", "e", 1)));
            bench.accept(new Command.GoOnline(bench.id("s")));
            assertEquals(Set.of("s"), bench.receivers(bench.publish("p", "e", 1)));
            bench.accept(new Command.EndSession(bench.id("s"))).accept(new Command.GoOnline(bench.id("s")));
            assertEquals(Set.of(), bench.receivers(bench.publish("p", "e", 1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDropEventsOfAPausedAccountAndDeliverNothingToItsDevices(final Implementation implementation) {
        try (RuleBench bench = twoUsers(implementation).device("u", "e").device("v", "e")) {
            bench.join("u", X).claim("u", "V").claim("v", "V");
            bench.accept(new Command.PauseAccount(AccountId.user(bench.id("U"))));
            assertEquals(Set.of(), bench.receivers(bench.publish("u", "e", 1)));
            assertEquals(Set.of("v"), bench.receivers(bench.publish("v", "e", 1)));
            assertEquals(Set.of("v"), bench.receivers(bench.publishHook("u", "e", 1)));
            assertEquals(Operations.NONE, bench.paidByUser("U"));
            bench.accept(new Command.ResumeAccount(AccountId.user(bench.id("U"))));
            assertEquals(Set.of("u", "v"), bench.receivers(bench.publish("u", "e", 1)));
            assertEquals(new Operations(1, 1), bench.paidByUser("U"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDropCallsOfAPausedAccountButNoSystemEvents(final Implementation implementation) {
        try (RuleBench bench = twoUsers(implementation)) {
            bench.accept(new Command.OpenStream(EventStream.of("ofUser", ScopeId.owner(bench.id("U")))));
            bench.accept(new Command.OpenStream(EventStream.of("ofProduct", ScopeId.product(X))));
            bench.accept(new Command.PauseAccount(AccountId.user(bench.id("U"))));

            assertEquals(Set.of(), bench.receivers(bench.publish(Publication.byUser(bench.id("U"), "e", 1))));
            assertEquals(Set.of(), bench.receivers(bench.publish(Publication.toProduct(X, null, "e", 1))));
            assertEquals(
                    Set.of("ofUser"), bench.receivers(bench.publish(Publication.byUser(bench.id("U"), "spark/e", 1))));
            assertEquals(
                    Set.of("ofProduct"), bench.receivers(bench.publish(Publication.toProduct(X, null, "spark/e", 1))));
            assertEquals(Operations.NONE, bench.paidByUser("U"));
        }
    }

    /** A customer whose id a device has too: publishers know the id, and only routing can tell that it is no user's. */
    @ParameterizedTest
    @EnumSource
    void shouldRefuseCallsOfAnIdThatIsRegisteredButNotAsAUser(final Implementation implementation) {
        try (RuleBench bench = twoUsers(implementation).customer("C", X).device("C", "e")) {
            bench.claim("C", "C").join("C", X);

            for (final Publication call : List.of(
                    Publication.byUser(bench.id("C"), "e", 1),
                    Publication.toProduct(X, bench.id("C"), "e", 1),
                    Publication.toProduct(X, bench.id("C"), "spark/e", 1))) {
                final Outcome outcome = bench.publish(call);
                assertEquals(Set.of("UNKNOWN_USER"), outcome.refusals(), call::toString);
                assertEquals(Set.of(), bench.receivers(outcome), call::toString);
            }
            assertEquals(Operations.NONE, bench.paidByUser("U"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldChargeReportedAttemptsToTheAccountInForceAtTheReport(final Implementation implementation) {
        try (RuleBench bench = twoUsers(implementation).device("d", "e").claim("d", "U")) {
            bench.publish("d", "e", 2_000);
            bench.claim("d", "V");
            bench.perform(new Step.Report(bench.id("d"), 2, AttemptOutcome.FAILED));
            assertEquals(new Operations(2, 2), bench.paidByUser("U"));
            assertEquals(new Operations(0, 4), bench.paidByUser("V"));
            assertEquals(Set.of(), bench.receivers(bench.publish("d", "e", 1)));
        }
    }

    private static RuleBench twoUsers(final Implementation implementation) {
        return new RuleBench(implementation, Policies.of(Era.AFTER_2023_03, ProductScope.ALL))
                .user("U")
                .user("V")
                .productOfUser(X, "U")
                .productOfUser(Y, "V");
    }
}

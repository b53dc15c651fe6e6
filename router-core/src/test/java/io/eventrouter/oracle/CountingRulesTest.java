package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.HookTopics;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import io.eventrouter.status.RouterCounter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Worked examples of docs/routing-rules.md, section 5: what a fleet pays for one event, counted by hand. */
class CountingRulesTest {
    private static final int X = 30301;
    private static final Policies AFTER = Policies.of(Era.AFTER_2023_03, ProductScope.ALL);

    @ParameterizedTest
    @EnumSource
    void shouldCountOnePublishWhenNobodySubscribedToTheAnswer(final Implementation implementation) {
        try (RuleBench bench = sandboxWithHook(implementation).device("d").claim("d", "U")) {
            bench.publish("d", "w", 200);
            bench.respond(HookTopics.SANDBOX_DEFAULT, "d", "w", 1_300);
            assertEquals(new Operations(1, 0), bench.paidByUser("U"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountEveryChunkOfAnAnswer(final Implementation implementation) {
        try (RuleBench bench =
                sandboxWithHook(implementation).device("d", "hook-response/w").claim("d", "U")) {
            bench.publish("d", "w", 200);
            bench.respond(HookTopics.SANDBOX_DEFAULT, "d", "w", 1_300);
            assertEquals(new Operations(1, 3), bench.paidByUser("U"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountAnAnswerForEveryDeviceThatHearsIt(final Implementation implementation) {
        try (RuleBench bench = sandboxWithHook(implementation)) {
            for (int i = 0; i < 50; i++) {
                bench.device("d" + i, "hook-response/w").claim("d" + i, "U");
            }
            bench.publish("d7", "w", 200);
            bench.respond(HookTopics.SANDBOX_DEFAULT, "d7", "w", 200);
            assertEquals(new Operations(1, 50), bench.paidByUser("U"));
        }
    }

    @ParameterizedTest
    @CsvSource({"ORACLE, AFTER_2023_03", "ROUTER, AFTER_2023_03", "ORACLE, BEFORE_2023_03", "ROUTER, BEFORE_2023_03"})
    void shouldCountAFleetOfUnclaimedDevices(final Implementation implementation, final Era era) {
        try (RuleBench bench = product(implementation, Policies.of(era, ProductScope.ALL))) {
            for (int i = 0; i < 100; i++) {
                bench.device("d" + i, "alert").join("d" + i, X);
            }
            for (int i = 0; i < 10; i++) {
                bench.accept(new Command.GoOffline(bench.id("d" + i)));
            }
            for (int i = 10; i < 15; i++) {
                bench.answer("d" + i, AttemptOutcome.FAILED);
            }
            final boolean isAfter = era == Era.AFTER_2023_03;
            bench.publish("d99", "alert", 20);
            assertEquals(isAfter ? 101 : 1, bench.paidByOrganization("O").total());
            bench.publish("d99", "alert", 20);
            assertEquals(isAfter ? 101 + 86 : 2, bench.paidByOrganization("O").total());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountNothingForWhatTheHandlerDoesNotAttempt(final Implementation implementation) {
        try (RuleBench bench = product(implementation, AFTER).user("ops")) {
            for (int i = 0; i < 10; i++) {
                bench.device("d" + i, "alert").join("d" + i, X);
            }
            bench.claim("d0", "ops").claim("d1", "ops");
            bench.answer("d1", AttemptOutcome.NOT_ATTEMPTED).answer("d9", AttemptOutcome.NOT_ATTEMPTED);
            final Outcome outcome = bench.publish("d0", "alert", 1_025);
            assertEquals(2, outcome.counted(RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED));
            assertEquals(8, outcome.counted(RouterCounter.DELIVERIES_TO_DEVICES));
            assertEquals(new Operations(2, 8 * 2), bench.paidByOrganization("O"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ORACLE, BEFORE_2023_03, ALL, 61",
        "ROUTER, BEFORE_2023_03, ALL, 61",
        "ORACLE, AFTER_2023_03, ALL, 101",
        "ROUTER, AFTER_2023_03, ALL, 101",
        "ORACLE, AFTER_2023_03, UNCLAIMED_ONLY, 101",
        "ROUTER, AFTER_2023_03, UNCLAIMED_ONLY, 101"
    })
    void shouldCountAMixedFleet(
            final Implementation implementation, final Era era, final ProductScope scope, final long operations) {
        try (RuleBench bench = product(implementation, Policies.of(era, scope)).user("ops")) {
            for (int i = 0; i < 100; i++) {
                bench.device("d" + i, "cfg/").join("d" + i, X);
                if (i < 60) {
                    bench.claim("d" + i, "ops");
                }
            }
            bench.publish("d0", "cfg/x", 20);
            assertEquals(operations, bench.paidByOrganization("O").total());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ORACLE, BEFORE_2023_03, ALL, 2",
        "ROUTER, BEFORE_2023_03, ALL, 2",
        "ORACLE, AFTER_2023_03, ALL, 101",
        "ROUTER, AFTER_2023_03, ALL, 101",
        "ORACLE, AFTER_2023_03, UNCLAIMED_ONLY, 2",
        "ROUTER, AFTER_2023_03, UNCLAIMED_ONLY, 2"
    })
    void shouldCountAFleetOfCustomers(
            final Implementation implementation, final Era era, final ProductScope scope, final long operations) {
        try (RuleBench bench = product(implementation, Policies.of(era, scope))) {
            for (int i = 0; i < 100; i++) {
                bench.customer("c" + i, X).device("d" + i, "s").join("d" + i, X).claim("d" + i, "c" + i);
            }
            bench.publish("d3", "state", 20);
            assertEquals(operations, bench.paidByOrganization("O").total());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountLargeEventsByTheKibibyte(final Implementation implementation) {
        try (RuleBench bench = product(implementation, AFTER).device("camera").join("camera", X)) {
            for (int i = 0; i < 3; i++) {
                bench.device("d" + i, "jpeg").join("d" + i, X);
            }
            bench.publish("camera", "jpeg", 5_000);
            assertEquals(new Operations(5, 15), bench.paidByOrganization("O"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountApiCallsForReceiversOnly(final Implementation implementation) {
        try (RuleBench bench = product(implementation, AFTER)) {
            for (int i = 0; i < 100; i++) {
                bench.device("d" + i, "cfg").join("d" + i, X);
            }
            bench.publish(Publication.toProduct(X, null, "cfg", 300));
            assertEquals(new Operations(0, 100), bench.paidByOrganization("O"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldChargeTheProductAndNotTheClaimer(final Implementation implementation) {
        try (RuleBench bench = product(implementation, AFTER).user("Ann")) {
            bench.device("d", "hook-response/").join("d", X).claim("d", "Ann");
            bench.accept(new Command.PutIntegration(Integration.ofUser("w", bench.id("Ann"), "w")));
            assertEquals(Set.of("w"), bench.receivers(bench.publish("d", "w", 20)));
            bench.respond(HookTopics.SANDBOX_DEFAULT, "d", "w", 20);
            assertEquals(new Operations(1, 1), bench.paidByOrganization("O"));
            assertEquals(Operations.NONE, bench.paidByUser("Ann"));
            assertEquals(
                    Set.of(new Usage.Row(AccountId.organization(bench.id("O")), X, bench.id("d"))),
                    bench.usage().rows().keySet());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFireSandboxAndProductIntegrationForOnePublish(final Implementation implementation) {
        try (RuleBench bench = product(implementation, AFTER).user("Ann").device("d")) {
            bench.join("d", X).claim("d", "Ann");
            bench.subscribe("d", bench.id("d") + "/hook-response/", "hook-response/");
            bench.accept(new Command.PutIntegration(Integration.ofUser("sandbox", bench.id("Ann"), "x")));
            bench.accept(new Command.PutIntegration(Integration.ofProduct("product", X, "x")));
            assertEquals(Set.of("product", "sandbox"), bench.receivers(bench.publish("d", "x", 20)));
            assertEquals(new Operations(1, 0), bench.paidByOrganization("O"));
            bench.respond(HookTopics.PRODUCT_DEFAULT, "d", "x", 20);
            bench.respond(HookTopics.SANDBOX_DEFAULT, "d", "x", 20);
            assertEquals(new Operations(1, 2), bench.paidByOrganization("O"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountNothingForStreamsIntegrationsAndLogic(final Implementation implementation) {
        try (RuleBench bench = product(implementation, AFTER).device("d").join("d", X)) {
            for (int i = 0; i < 20; i++) {
                bench.accept(new Command.OpenStream(EventStream.of("s" + i, ScopeId.product(X))));
            }
            for (int i = 0; i < 3; i++) {
                bench.accept(new Command.PutIntegration(Integration.ofProduct("w" + i, X, "e")));
            }
            for (int i = 0; i < 2; i++) {
                bench.accept(new Command.PutLogicFunction(
                        new LogicFunction("l" + i, true, List.of(new LogicFunction.Trigger(X, "e", true)))));
            }
            assertEquals(25, bench.receivers(bench.publish("d", "e", 20)).size());
            assertEquals(new Operations(1, 0), bench.paidByOrganization("O"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "800, 1", "1023, 1", "1024, 1", "1025, 2", "1300, 2", "2048, 2", "2049, 3", "16384, 16"
    })
    void shouldCountStartedKibibytes(final int length, final long operations) {
        for (final Implementation implementation : Implementation.values()) {
            try (RuleBench bench =
                    product(implementation, AFTER).device("d", "e").join("d", X)) {
                bench.publish("d", "e", length);
                assertEquals(new Operations(operations, operations), bench.paidByOrganization("O"));
            }
        }
    }

    private static RuleBench sandboxWithHook(final Implementation implementation) {
        final RuleBench bench = new RuleBench(implementation, AFTER).user("U");
        return bench.accept(new Command.PutIntegration(Integration.ofUser("w", bench.id("U"), "w")));
    }

    private static RuleBench product(final Implementation implementation, final Policies policies) {
        return new RuleBench(implementation, policies).organization("O").productOfOrganization(X, "O");
    }
}

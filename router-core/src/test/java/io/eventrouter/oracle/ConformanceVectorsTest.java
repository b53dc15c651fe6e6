package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.HookTopics;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One fleet with every kind of member, events of each kind, and who receives and pays for them, by hand. */
class ConformanceVectorsTest {
    private static final int X = 30301;
    private static final Policies AFTER = Policies.of(Era.AFTER_2023_03, ProductScope.ALL);
    private static final Map<String, Policies> POLICIES = Map.of(
            "after", AFTER,
            "before", Policies.of(Era.BEFORE_2023_03, ProductScope.ALL),
            "unclaimed only", Policies.of(Era.AFTER_2023_03, ProductScope.UNCLAIMED_ONLY));

    /** Who publishes, what, under which policies; what the organization pays, what user U pays, and who receives. */
    private static final String VECTORS = """
            d1      | temp        | after          | 4 | 2 | d1 d2 d3 d4 d6 wU wX wO L sU sX sO
            d1      | temp        | before         | 2 | 2 | d1 d4 d6 wU wX wO L sU sX sO
            d1      | temp        | unclaimed only | 3 | 2 | d1 d2 d4 d6 wU wX wO L sU sX sO
            d2      | temp        | after          | 4 | 0 | d1 d2 d3 wX wO L sX sO
            d2      | temp        | before         | 1 | 0 | wX wO L sX sO
            d4      | t           | after          | 1 | 3 | d1 d4 d6 wU wU4 sU
            d5      | t           | after          | 0 | 0 | nobody
            d6      | temp        | after          | 1 | 3 | d1 d4 d6 wU sU
            user    | temp        | after          | 1 | 2 | d1 d4 d6 wU sU
            product | temp        | after          | 3 | 0 | d1 d2 d3 wX wO L sX sO
            d1      | Temp        | after          | 1 | 0 | sU sX sO
            d1      | temperature | after          | 4 | 2 | d1 d2 d3 d4 d6 wU wX wO sU sX sO
            d1      | sparkle     | after          | 0 | 0 | nobody
            """;

    @ParameterizedTest(name = "{0} {1}, {2}, {6}")
    @MethodSource("vectors")
    void shouldRouteAndCharge(
            final String source,
            final String name,
            final Policies policies,
            final String receivers,
            final long paidByOrganization,
            final long paidByUser,
            final Implementation implementation) {
        try (RuleBench bench = fleet(implementation, policies)) {
            final Outcome outcome = bench.publish(event(bench, source, name));
            assertEquals(words(receivers), bench.receivers(outcome));
            assertEquals(paidByOrganization, bench.paidByOrganization("O").total());
            assertEquals(paidByUser, bench.paidByUser("U").total());
            assertEquals(0, bench.paidByUser("V").total());
        }
    }

    static Stream<Arguments> vectors() {
        return VECTORS.lines()
                .map(line -> line.split("\\s*\\|\\s*"))
                .flatMap(cells -> Stream.of(Implementation.values())
                        .map(implementation -> Arguments.of(
                                cells[0],
                                cells[1],
                                POLICIES.get(cells[2]),
                                cells[5],
                                Long.parseLong(cells[3]),
                                Long.parseLong(cells[4]),
                                implementation)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldDoubleTheChargeOfOneByteMoreThanOneOperationCovers(final Implementation implementation) {
        try (RuleBench bench = fleet(implementation, AFTER)) {
            bench.accept(new Command.SetMaxEventSize(bench.id("d2"), 1_024));
            final Outcome outcome = bench.publish("d1", "t", 1_025);
            assertEquals(words("d1 d3 d4 d6 wU sU sX sO"), bench.receivers(outcome));
            assertEquals(new Operations(2, 4), bench.paidByOrganization("O"));
            assertEquals(new Operations(0, 4), bench.paidByUser("U"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverAnAnswerInChunksToTheDeviceThatItIsFor(final Implementation implementation) {
        try (RuleBench bench = fleet(implementation, AFTER)) {
            bench.subscribe("d2", bench.id("d2") + "/hook-response/");
            final Outcome outcome = bench.respond(HookTopics.PRODUCT_DEFAULT, "d2", "temp", 1_200);
            assertEquals(words("d2 sX sO"), bench.receivers(outcome));
            final String topic = bench.id("d2") + "/hook-response/temp/";
            assertEquals(
                    List.of(topic + "0", topic + "1", topic + "2"),
                    outcome.deliveries().stream()
                            .filter(delivery -> delivery.recipient().startsWith("device:"))
                            .map(Handed::name)
                            .toList());
            assertEquals(new Operations(0, 3), bench.paidByOrganization("O"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSkipAnOfflineDevice(final Implementation implementation) {
        try (RuleBench bench = fleet(implementation, AFTER)) {
            bench.accept(new Command.GoOffline(bench.id("d3")));
            final Outcome outcome = bench.publish("d1", "temp", 4);
            assertEquals(words("d1 d2 d4 d6 wU wX wO L sU sX sO"), bench.receivers(outcome));
            assertEquals(new Operations(1, 2), bench.paidByOrganization("O"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldChargeASecondAttempt(final Implementation implementation) {
        try (RuleBench bench = fleet(implementation, AFTER)) {
            bench.answer("d2", AttemptOutcome.ACKNOWLEDGED_SECOND).publish("d1", "temp", 4);
            assertEquals(new Operations(1, 4), bench.paidByOrganization("O"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldChargeThreeFailedAttemptsAndGoOffline(final Implementation implementation) {
        try (RuleBench bench = fleet(implementation, AFTER)) {
            bench.answer("d2", AttemptOutcome.FAILED).publish("d1", "temp", 4);
            assertEquals(new Operations(1, 5), bench.paidByOrganization("O"));
            final Outcome next = bench.publish("d1", "temp", 4);
            assertEquals(words("d1 d3 d4 d6 wU wX wO L sU sX sO"), bench.receivers(next));
            assertEquals(new Operations(2, 7), bench.paidByOrganization("O"));
        }
    }

    private static RuleBench fleet(final Implementation implementation, final Policies policies) {
        final RuleBench bench = new RuleBench(implementation, policies)
                .user("U")
                .user("V")
                .organization("O")
                .productOfOrganization(X, "O");
        bench.device("d1", "t").claim("d1", "U").join("d1", X);
        bench.device("d2", "t").join("d2", X);
        bench.device("d3", "t").claim("d3", "V").join("d3", X);
        bench.device("d4", "t").claim("d4", "U");
        bench.device("d5", "t");
        bench.device("d6", "t").claim("d6", "U").join("d6", X);
        bench.accept(new Command.SetDeviceFlags(bench.id("d6"), true, null, null));
        final Integration ofUser = Integration.ofUser("wU", bench.id("U"), "t");
        final Integration ofOrganization = Integration.ofOrganization("wO", bench.id("O"), List.of(X), "temp");
        bench.accept(new Command.PutIntegration(ofUser));
        bench.accept(new Command.PutIntegration(
                Integration.ofUser("wU4", bench.id("U"), "t").limitedTo(bench.id("d4"))));
        bench.accept(new Command.PutIntegration(Integration.ofProduct("wX", X, "te")));
        bench.accept(new Command.PutIntegration(ofOrganization));
        bench.accept(new Command.PutLogicFunction(
                new LogicFunction("L", true, List.of(new LogicFunction.Trigger(X, "temp", true)))));
        bench.accept(new Command.OpenStream(EventStream.of("sU", ScopeId.owner(bench.id("U")))));
        bench.accept(new Command.OpenStream(EventStream.of("sX", ScopeId.product(X))));
        bench.accept(new Command.OpenStream(EventStream.of("sO", ScopeId.organization(bench.id("O")))));
        return bench;
    }

    private static Publication event(final RuleBench bench, final String source, final String name) {
        switch (source) {
            case "user":
                return Publication.byUser(bench.id("U"), name, 4);
            case "product":
                return Publication.toProduct(X, bench.id("U"), name, 4);
            default:
                return Publication.byDevice(bench.id(source), name, 4);
        }
    }

    private static Set<String> words(final String text) {
        return text.equals("nobody") ? Set.of() : new TreeSet<>(List.of(text.split(" ")));
    }
}

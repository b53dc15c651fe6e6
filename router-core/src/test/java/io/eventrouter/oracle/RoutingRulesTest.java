package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The truth table of docs/routing-rules.md, cell by cell: who receives an event of whom. Its values were written by
 * hand, so that the router and the oracle cannot share a misunderstanding unnoticed.
 */
class RoutingRulesTest {
    private static final int X = 30301;
    private static final String NAME = "e";

    private static final List<Policies> POLICIES = List.of(
            Policies.of(Era.BEFORE_2023_03, ProductScope.ALL),
            Policies.of(Era.AFTER_2023_03, ProductScope.ALL),
            Policies.of(Era.AFTER_2023_03, ProductScope.UNCLAIMED_ONLY),
            Policies.of(Era.AFTER_2023_03, ProductScope.HOOK_AND_API_ONLY));

    /**
     * Who may receive. A device "own" has the owner of the publisher and "other" another one; "InX" is a member of
     * product X. The function and the stream of X are the product's, and the organization owns and lists it.
     */
    private static final List<String> COLUMNS = List.of(
            "freeInX",
            "ownInX",
            "ownOutside",
            "otherInX",
            "stray",
            "hookU",
            "hookV",
            "hookX",
            "hookO",
            "logicX",
            "streamOwner",
            "streamX");

    /**
     * One letter: yes or no under all policies. Four letters: before March 2023; after it with product scope all,
     * unclaimed only, hook and API only. A dash: does not exist, not tried.
     *
     * <p>A row is named by the origin of the event and by what is true of the device behind it.
     */
    private static final String TABLE = """
            DEVICE                       N    -    -    N    N - N N N N - N
            DEVICE/U                     N    Y    Y    N    N Y N N N N Y N
            DEVICE/X                     NYYN -    -    NYNN N - N Y Y Y - Y
            DEVICE/U/X                   NYYN Y    Y    NYNN N Y N Y Y Y Y Y
            DEVICE/C/X                   NYYN Y    -    NYNN N N N Y Y Y Y Y
            DEVICE/U/X/development       NYYN Y    Y    NYNN N Y N Y Y Y Y Y
            DEVICE/C/X/development       NYYN Y    -    NYNN N N N Y Y Y Y Y
            DEVICE/U/X/quarantined       N    Y    Y    N    N Y N N N N Y N
            DEVICE/U/X/denied            N    Y    Y    N    N Y N N N N Y N
            DEVICE/X/quarantined         N    -    -    N    N - N N N N - N
            DEVICE/X/denied              N    -    -    N    N - N N N N - N
            API_USER/U                   N    Y    Y    N    N Y N N N N Y N
            API_PRODUCT/U                NYYY Y    YNNN NYYY N N N Y Y Y N Y
            LOGIC/U                      -YYY -YYY -NNN -YYY N N N Y Y Y N Y
            LOGIC_AS_DEVICE/X            -YYY -    -    -YYY N - N Y Y Y - Y
            LOGIC_AS_DEVICE/U/X          -YYY Y    Y    -YYY N Y N Y Y Y Y Y
            LOGIC_AS_DEVICE/C/X          -YYY Y    -    -YYY N N N Y Y Y Y Y
            HOOK/U                       N    Y    Y    N    N N N N N N Y N
            HOOK/U/X                     NYYY Y    Y    NYYY N N N N N -YYY Y NYYY
            HOOK/C/X                     NYYY Y    -    NYYY N N N N N -YYY Y NYYY
            HOOK/X                       NYYY -    -    NYYY N N N N N -YYY - NYYY
            """;

    @ParameterizedTest(name = "{0} to {1}, {2}, {3}: {4}")
    @MethodSource("cells")
    void shouldFollowTheTruthTable(
            final String row,
            final String column,
            final Policies policies,
            final Implementation implementation,
            final boolean isReceived) {
        try (RuleBench bench = new RuleBench(implementation, policies)) {
            registerScopes(bench);
            registerPublisher(bench, List.of(row.split("/")));
            registerReceivers(bench, row.contains("/C") ? "C" : "U");
            final Outcome outcome = bench.publish(event(bench, EventOrigin.valueOf(row.split("/")[0])));
            assertEquals(isReceived, bench.receivers(outcome).contains(column), outcome.deliveries()::toString);
        }
    }

    static Stream<Arguments> cells() {
        final List<Arguments> cells = new ArrayList<>();
        for (final String line : TABLE.lines().toList()) {
            final String[] words = line.trim().split("\\s+");
            for (int i = 0; i < COLUMNS.size(); i++) {
                addCells(cells, words[0], COLUMNS.get(i), words[i + 1]);
            }
        }
        return cells.stream();
    }

    private static void addCells(
            final List<Arguments> cells, final String row, final String column, final String letters) {
        for (int i = 0; i < POLICIES.size(); i++) {
            final char letter = letters.charAt(letters.length() == 1 ? 0 : i);
            if (letter != '-') {
                for (final Implementation implementation : Implementation.values()) {
                    cells.add(Arguments.of(row, column, POLICIES.get(i), implementation, letter == 'Y'));
                }
            }
        }
    }

    private static void registerScopes(final RuleBench bench) {
        bench.user("U")
                .user("V")
                .organization("O")
                .productOfOrganization(X, "O")
                .customer("C", X);
    }

    private static void registerPublisher(final RuleBench bench, final List<String> traits) {
        bench.device("P");
        if (traits.contains("U") || traits.contains("C")) {
            bench.claim("P", traits.contains("U") ? "U" : "C");
        }
        if (traits.contains("X")) {
            bench.join("P", X);
        }
        bench.accept(new Command.SetDeviceFlags(
                bench.id("P"),
                traits.contains("quarantined"),
                traits.contains("denied"),
                traits.contains("development")));
    }

    private static void registerReceivers(final RuleBench bench, final String owner) {
        bench.device("freeInX", NAME).join("freeInX", X);
        bench.device("ownInX", NAME).join("ownInX", X).claim("ownInX", owner);
        bench.device("ownOutside", NAME).claim("ownOutside", owner);
        bench.device("otherInX", NAME).join("otherInX", X).claim("otherInX", "V");
        bench.device("stray", NAME);
        bench.accept(new Command.PutIntegration(Integration.ofUser("hookU", bench.id("U"), NAME)));
        bench.accept(new Command.PutIntegration(Integration.ofUser("hookV", bench.id("V"), NAME)));
        bench.accept(new Command.PutIntegration(Integration.ofProduct("hookX", X, NAME)));
        bench.accept(new Command.PutIntegration(Integration.ofOrganization("hookO", bench.id("O"), List.of(X), NAME)));
        bench.accept(new Command.PutLogicFunction(
                new LogicFunction("logicX", true, List.of(new LogicFunction.Trigger(X, NAME, true)))));
        openStream(bench, "streamOwner", ScopeId.owner(bench.id(owner)));
        openStream(bench, "streamX", ScopeId.product(X));
    }

    private static void openStream(final RuleBench bench, final String id, final ScopeId scope) {
        bench.accept(new Command.OpenStream(EventStream.of(id, scope)));
    }

    private static Publication event(final RuleBench bench, final EventOrigin origin) {
        final EntityId device = bench.id("P");
        final EntityId user = bench.id("U");
        switch (origin) {
            case API_USER:
                return Publication.byUser(user, NAME, 10);
            case API_PRODUCT:
                return Publication.toProduct(X, user, NAME, 10);
            case LOGIC:
                return Publication.byLogic(X, NAME, 10);
            default:
                return Publication.of(origin, device, NAME, 10);
        }
    }
}

package io.eventrouter.loadgen.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.scope.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that the router does not confirm is not printed. */
class RoundCheckTest {
    private static final List<Behaviour> HOURLY =
            List.of(new Behaviour("t", new Frequency(1, 3600), 9, PublisherSelection.parse("all")));
    private static final ResponseSizes RESPONSES = new ResponseSizes(Map.of(), 600);

    @TempDir
    private Path directory;

    private TextSource source;
    private FleetState fleet;
    private TriggeredIntegrations integrations;

    @BeforeEach
    void writeFleet() throws IOException {
        final Path file = Files.writeString(
                directory.resolve("fleet.json"),
                "{\"users\":[{\"id\":\"597771d1f92bae142dbb7559\"}],\"devices\":[{\"id\":\"e00fce68aabbccdd00000001\","
                        + "\"user_id\":\"597771d1f92bae142dbb7559\",\"subscriptions\":[\"hook\"]}],\"integrations\":[{\"id\":"
                        + "\"h\",\"event\":\"t\",\"user\":\"597771d1f92bae142dbb7559\"}]}");
        source = TextSource.ofFile(file.toString());
        fleet = FleetPlanner.load(source);
        integrations = new TriggeredIntegrations(fleet);
    }

    @Test
    void confirmsWhatIsRight() {
        assertDoesNotThrow(() -> check(round()));
    }

    @Test
    void noticesAnOperationTooManyAndADeliveryTooFew() {
        final MonthFigures round = round();
        final TreeMap<Payer, Costs> costs = new TreeMap<>(round.costs());
        costs.replaceAll((payer, cost) -> cost.plus(new Costs(1, 0, 0, 0)));

        assertComplaint(
                "data operations",
                new MonthFigures(costs, round.shares(), round.events(), round.deliveries(), round.unroutable()));
        assertComplaint(
                "deliveries: router=2, plan=1",
                new MonthFigures(round.costs(), round.shares(), round.events(), 1, round.unroutable()));
        assertComplaint(
                "events routed: router=3, plan=4",
                new MonthFigures(round.costs(), round.shares(), 4, round.deliveries(), round.unroutable()));
    }

    private void assertComplaint(final String words, final MonthFigures wrong) {
        final String message =
                assertThrows(ReplayFailedException.class, () -> check(wrong)).getMessage();
        assertTrue(message.startsWith("internal error: the router and the plan do not agree"), message);
        assertTrue(message.contains(words), message);
    }

    private MonthFigures round() {
        return new MonthArithmetic(fleet, new FanOutIndex(fleet), integrations, RESPONSES, Policies.ALL.get(1))
                .run(HOURLY, behaviour -> 1, Long.MAX_VALUE);
    }

    private void check(final MonthFigures round) {
        new RoundCheck(fleet, integrations, RESPONSES, Policies.ALL.get(1))
                .require(source, HOURLY, Long.MAX_VALUE, round);
    }
}

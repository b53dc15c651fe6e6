package io.eventrouter.loadgen.explain;

import io.eventrouter.loadgen.fleet.FleetDirectory;
import io.eventrouter.loadgen.fleet.FleetState;
import java.util.List;

/**
 * Everything there is to tell about one line of a trace.
 *
 * @param question that was asked.
 * @param directory of the fleet, which knows what its people are called.
 * @param fleet after the event.
 * @param events one explanation for a publish, and one for each chunk of an answer.
 * @param forecasts what the answers of the integrations that fire would do.
 * @param disagreements between the explanation and the router; empty if all is well.
 */
public record Answer(
        Question question,
        FleetDirectory directory,
        FleetState fleet,
        List<Explanation> events,
        List<AnswerForecast> forecasts,
        List<String> disagreements) {}

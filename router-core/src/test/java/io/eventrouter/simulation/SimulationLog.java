package io.eventrouter.simulation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A simulation from beginning to end: run again, it does the same again. As text it is one line for the settings and
 * one for each action; lines that begin with {@code #} say something to the reader.
 *
 * @param settings of the start.
 * @param actions in order.
 */
record SimulationLog(SimulationSettings settings, List<Action> actions) {
    SimulationLog withActions(final List<Action> others) {
        return new SimulationLog(settings, List.copyOf(others));
    }

    String text() {
        return Stream.concat(Stream.of(settings), actions.stream())
                .map(RecordText::write)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    static SimulationLog parse(final String text) {
        final List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        return new SimulationLog(
                RecordText.read(SimulationSettings.class, lines.get(0)),
                lines.stream()
                        .skip(1)
                        .map(line -> RecordText.read(Action.class, line))
                        .toList());
    }
}

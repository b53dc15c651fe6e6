package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.page.DataTable;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.Tone;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One page about results of runs, searches and sweeps, which compares those of a kind. */
public final class LoadReport {
    private static final String IN_PROCESS = "The router ran in the same process as the load generator and shared its"
            + " cores. Latencies count from the time at which an event was due, not from when it was sent, so a queue"
            + " in front of the router is part of them.";

    private final Results results;
    private final List<ResultHead> heads;

    private LoadReport(final Results results) {
        this.results = results;
        this.heads = results.heads();
    }

    /**
     * The page about some results.
     *
     * @param directories of the results, as the user named them; at least one.
     * @return the page.
     * @throws io.eventrouter.loadgen.input.BadInputException if a directory or a file in it is missing or wrong.
     */
    public static Page of(final List<String> directories) {
        return new LoadReport(Results.read(directories)).page();
    }

    private Page page() {
        final Page page = new Page(title());
        about(page);
        new SearchSection(results.searches()).write(page);
        new SweepSection(results.sweeps()).write(page);
        new RunSection(results.runs()).write(page);
        confirmations(page);
        page.heading("Environment");
        warnOfDifferences(page);
        facts(page);
        page.note(IN_PROCESS);
        return page.footer("Made by loadgen report from "
                + heads.stream().map(ResultHead::directory).collect(Collectors.joining(", ")) + ".");
    }

    private String title() {
        final Set<String> scenarios =
                heads.stream().map(ResultHead::scenario).collect(Collectors.toCollection(LinkedHashSet::new));
        return "Load report: " + String.join(", ", scenarios);
    }

    private void about(final Page page) {
        final Set<String> abouts = new LinkedHashSet<>();
        heads.stream().map(ResultHead::about).filter(about -> !about.isBlank()).forEach(abouts::add);
        if (abouts.size() == 1) {
            page.paragraph(abouts.iterator().next());
        } else if (!abouts.isEmpty()) {
            page.list(heads.stream()
                    .filter(head -> !head.about().isBlank())
                    .map(head -> head.label() + ": " + head.about())
                    .toList());
        }
    }

    private void confirmations(final Page page) {
        final List<ReportedRun> confirmations = results.searches().stream()
                .map(ReportedSearch::confirmation)
                .filter(run -> run != null)
                .toList();
        new RunSection(confirmations).writeDetails(page, "Confirming run: ");
    }

    private void warnOfDifferences(final Page page) {
        final List<String> differing = new ArrayList<>();
        for (final String name : List.of("CPU", "Processors", "Memory", "Java")) {
            if (heads.stream()
                            .map(head -> head.environment().get(name))
                            .distinct()
                            .count()
                    > 1) {
                differing.add(name);
            }
        }
        if (!differing.isEmpty()) {
            page.verdict(
                    Tone.UNCERTAIN,
                    "Not measured alike",
                    "The results differ in " + String.join(", ", differing)
                            + ", so differences between them need not come from the load.");
        }
    }

    private void facts(final Page page) {
        if (heads.size() == 1) {
            page.facts(heads.get(0).environment());
            page.subheading("Setup").facts(heads.get(0).setup());
            return;
        }
        final DataTable table = new DataTable("Machine, program and setup").text("");
        heads.forEach(head -> table.text(head.label()));
        rows(table, heads.stream().map(ResultHead::environment).toList());
        rows(table, heads.stream().map(ResultHead::setup).toList());
        page.table(table);
    }

    private static void rows(final DataTable table, final List<Map<String, String>> facts) {
        final Set<String> names = new LinkedHashSet<>();
        facts.forEach(of -> names.addAll(of.keySet()));
        for (final String name : names) {
            final List<String> cells = new ArrayList<>(List.of(name));
            facts.forEach(of -> cells.add(of.getOrDefault(name, "")));
            table.row(cells.toArray(new String[0]));
        }
    }
}

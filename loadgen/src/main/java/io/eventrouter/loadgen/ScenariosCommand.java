package io.eventrouter.loadgen;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import io.eventrouter.loadgen.scenario.ShippedScenarios;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the scenarios that ship with the program, or prints one. */
@Command(
        name = "scenarios",
        header = "List the scenarios that ship with the program, or print one to begin a file of your own with.",
        description = "",
        parameterListHeading = "Parameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Exit status: 0 fine, 2 there is no such scenario, 1 anything else.",
            "",
            "Example:",
            "  loadgen scenarios developer-sandbox > mine.yaml"
        })
final class ScenariosCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Print this one.")
    private String name;

    @Override
    public Integer call() {
        if (name != null) {
            System.out.print(ScenarioFile.load(name).text());
            return ExitStatus.FINE;
        }
        for (final String shipped : ShippedScenarios.names()) {
            final ScenarioFile file = ScenarioFile.load(shipped);
            System.out.println(
                    shipped + " (" + Figures.count(file.scenario().fleet().deviceCount(), "device") + ")");
            System.out.println("    " + file.scenario().about());
        }
        return ExitStatus.FINE;
    }
}

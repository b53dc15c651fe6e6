package io.eventrouter.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** An annotation processor that silently did not run leaves a jar without benchmarks behind a green build. */
class BenchmarkListTest {
    @Test
    void shouldListEveryBenchmark() {
        final Set<String> names = new TreeSet<>();
        BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .forEach(benchmark -> names.add(benchmark.getUsername()));

        assertEquals(
                Set.of(
                        "io.eventrouter.benchmarks.MatchingBenchmark.matchOneScope",
                        "io.eventrouter.benchmarks.WholePathBenchmark.publishOneAtATime",
                        "io.eventrouter.benchmarks.WholePathBenchmark.publishSixteenAtATime"),
                names);
    }
}

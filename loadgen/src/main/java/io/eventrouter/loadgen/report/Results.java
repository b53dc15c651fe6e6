package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.TextSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** All results that one page shows, by kind, in the order in which they were named. */
record Results(List<ReportedRun> runs, List<ReportedSearch> searches, List<ReportedSweep> sweeps) {
    private static final List<String> FILES = List.of(ReportedRun.FILE, ReportedSearch.FILE, ReportedSweep.FILE);

    /** A directory of a result, before it is read. */
    private record Place(String name, Path directory, String file, String scenario) {}

    /**
     * Read directories.
     *
     * @param names of the directories, as the user gave them.
     * @return what is in them.
     * @throws BadInputException if one is missing or something in it is.
     */
    static Results read(final List<String> names) {
        final List<Place> places = names.stream().map(Results::place).toList();
        final List<String> labels = labels(places);
        final Results results = new Results(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < places.size(); i++) {
            final Place place = places.get(i);
            switch (place.file) {
                case ReportedRun.FILE -> results.runs.add(ReportedRun.read(place.directory, labels.get(i), place.name));
                case ReportedSearch.FILE ->
                    results.searches.add(ReportedSearch.read(place.directory, labels.get(i), place.name));
                default -> results.sweeps.add(ReportedSweep.read(place.directory, labels.get(i), place.name));
            }
        }
        return results;
    }

    /** What all results begin with. */
    List<ResultHead> heads() {
        return Stream.of(
                        runs.stream().map(ReportedRun::head),
                        searches.stream().map(ReportedSearch::head),
                        sweeps.stream().map(ReportedSweep::head))
                .flatMap(heads -> heads)
                .toList();
    }

    private static Place place(final String name) {
        final Path directory = TextSource.ofFile(name).path();
        if (!Files.exists(directory)) {
            throw new BadInputException(name + ": no such directory");
        }
        if (!Files.isDirectory(directory)) {
            throw new BadInputException(name + ": must be the directory of a run, search or sweep, not a file");
        }
        final String file = FILES.stream()
                .filter(candidate -> Files.exists(directory.resolve(candidate)))
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        name + ": holds no result of loadgen, none of " + String.join(", ", FILES) + " is in it"));
        final String scenario = ResultFile.read(
                directory.resolve(file), fields -> fields.object("scenario").text("name"));
        return new Place(name, directory, file, scenario);
    }

    /** The shortest names that tell the results apart: of their scenarios, of their directories, or the whole paths. */
    private static List<String> labels(final List<Place> places) {
        final List<String> scenarios = places.stream().map(Place::scenario).toList();
        final List<String> directories = places.stream()
                .map(place -> place.directory.toAbsolutePath().normalize().getFileName())
                .map(String::valueOf)
                .toList();
        return isDistinct(scenarios)
                ? scenarios
                : isDistinct(directories)
                        ? directories
                        : places.stream().map(Place::name).toList();
    }

    private static boolean isDistinct(final List<String> names) {
        return new HashSet<>(names).size() == names.size();
    }
}

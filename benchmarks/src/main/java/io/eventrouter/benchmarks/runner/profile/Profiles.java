package io.eventrouter.benchmarks.runner.profile;

import io.eventrouter.benchmarks.runner.input.StrictJson;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.scenario.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Finds profiles: those that ship with the program by name, others by their file. */
public final class Profiles {
    /** The profiles that ship with the program. */
    public static final List<String> NAMES = List.of("smoke", "ci", "full", "ab");

    private static final String SUFFIX = ".json";

    private Profiles() {}

    /**
     * A profile.
     *
     * @param name of a profile that ships with the program, or of a file that ends in {@code .json}.
     * @return the profile.
     * @throws BadInputException if there is none, or if it breaks a rule.
     */
    public static Profile find(final String name) {
        if (name.endsWith(SUFFIX)) {
            return StrictJson.read(Path.of(name), Profile.class);
        }
        if (!NAMES.contains(name)) {
            throw new BadInputException("no such profile: value=" + name + Nearest.question(name, NAMES)
                    + " (there are " + String.join(", ", NAMES) + "; a file's name ends in " + SUFFIX + ")");
        }
        try (InputStream in = Profiles.class.getResourceAsStream(name + SUFFIX)) {
            return StrictJson.read(in.readAllBytes(), "profile " + name, Profile.class);
        } catch (final IOException e) {
            throw new IllegalStateException("cannot read what ships with the program: profile=" + name, e);
        }
    }

    /**
     * A name that can be part of a file's.
     *
     * @param name of a profile or of its file.
     * @return the name without directories and ending.
     */
    public static String shortName(final String name) {
        final String file = String.valueOf(Path.of(name).getFileName());
        return file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
    }
}

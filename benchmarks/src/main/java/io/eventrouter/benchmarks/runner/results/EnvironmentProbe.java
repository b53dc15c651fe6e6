package io.eventrouter.benchmarks.runner.results;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Asks the system what it is. What cannot be found out is called unknown. */
public final class EnvironmentProbe {
    private static final String UNKNOWN = "unknown";
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path GOVERNOR = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private EnvironmentProbe() {}

    /**
     * Look at the machine, the JVM and the jar.
     *
     * @param profile that is about to run.
     * @param jar whose benchmarks are about to run.
     * @return what was found.
     * @throws IOException if the jar cannot be read.
     */
    public static Environment probe(final String profile, final Path jar) throws IOException {
        final BuildInfo build = BuildInfo.of(jar);
        return new Environment(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                profile,
                build.commit(),
                build.dirty(),
                cpuModel(),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                memoryGib(),
                firstLine(GOVERNOR),
                chosen(firstLine(HUGE_PAGES)),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.runtime.version"),
                System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.vendor"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String cpuModel() {
        try {
            return Files.readAllLines(CPU_INFO).stream()
                    .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (final IOException e) {
            return UNKNOWN;
        }
    }

    private static long memoryGib() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Math.round(system.getTotalMemorySize() / (double) (1 << 30))
                : 0;
    }

    private static String firstLine(final Path file) {
        try {
            return Files.readAllLines(file).stream().findFirst().orElse(UNKNOWN);
        } catch (final IOException e) {
            return UNKNOWN;
        }
    }

    // Such as "always [madvise] never".
    private static String chosen(final String choices) {
        final int begin = choices.indexOf('[');
        final int end = choices.indexOf(']');
        return begin >= 0 && end > begin ? choices.substring(begin + 1, end) : choices;
    }
}

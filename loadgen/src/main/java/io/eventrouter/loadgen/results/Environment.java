package io.eventrouter.loadgen.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What something was measured on.
 *
 * @param cpu model of the processor.
 * @param processors that the process may use.
 * @param memoryBytes of the machine.
 * @param os name and version.
 * @param java version and vendor.
 * @param jvmFlags that the JVM was started with.
 * @param loadgen version of this program.
 * @param commit of the sources, if the script that starts the program knows it.
 */
public record Environment(
        String cpu,
        int processors,
        long memoryBytes,
        String os,
        String java,
        List<String> jvmFlags,
        String loadgen,
        Optional<String> commit) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String COMMIT_PROPERTY = "loadgen.commit";

    /**
     * This process and its machine.
     *
     * @return the environment.
     */
    public static Environment current() {
        final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        final String version = Environment.class.getPackage().getImplementationVersion();
        return new Environment(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
                        + System.getProperty("java.vendor"),
                List.copyOf(ManagementFactory.getRuntimeMXBean().getInputArguments()),
                version == null ? "not built as a jar" : version,
                Optional.ofNullable(System.getProperty(COMMIT_PROPERTY)).filter(commit -> !commit.isEmpty()));
    }

    void write(final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("environment");
        json.writeStringField("cpu", cpu);
        json.writeNumberField("processors", processors);
        json.writeNumberField("memory_bytes", memoryBytes);
        json.writeStringField("os", os);
        json.writeStringField("java", java);
        json.writeArrayFieldStart("jvm_flags");
        for (final String flag : jvmFlags) {
            json.writeString(flag);
        }
        json.writeEndArray();
        json.writeStringField("loadgen", loadgen);
        if (commit.isPresent()) {
            json.writeStringField("commit", commit.get());
        }
        json.writeEndObject();
    }

    private static String cpuModel() {
        try {
            return Files.readAllLines(CPU_INFO, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (final IOException e) {
            return System.getProperty("os.arch");
        }
    }
}

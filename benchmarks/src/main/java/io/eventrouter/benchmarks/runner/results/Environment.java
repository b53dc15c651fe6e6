package io.eventrouter.benchmarks.runner.results;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where and of what results were measured.
 *
 * @param startedAt time of day in UTC, as ISO 8601 writes it.
 * @param profile name of the profile.
 * @param commit of the sources that the jar was built from.
 * @param dirty whether these sources had changes that the commit does not have: true, false or unknown.
 * @param cpuModel as the system names it.
 * @param architecture of the JVM.
 * @param processors that the JVM may use.
 * @param memoryGib of the machine, rounded.
 * @param governor of the processors' clock.
 * @param transparentHugePages setting of the system.
 * @param kernel name and version of the system.
 * @param javaVersion of the JDK.
 * @param javaVm name and vendor of the JVM.
 * @param jvmFlags of the program, which are not those of the benchmarks.
 * @param loadAverageBefore processes that ran or waited in the last minute before the run; negative if unknown.
 */
public record Environment(
        String startedAt,
        String profile,
        String commit,
        String dirty,
        String cpuModel,
        String architecture,
        int processors,
        long memoryGib,
        String governor,
        String transparentHugePages,
        String kernel,
        String javaVersion,
        String javaVm,
        List<String> jvmFlags,
        double loadAverageBefore) {
    /**
     * What has to be equal for figures to be comparable.
     *
     * @return values by the name of the field, sorted.
     */
    public Map<String, String> machineAndJdk() {
        final Map<String, String> values = new TreeMap<>();
        values.put("cpuModel", cpuModel);
        values.put("architecture", architecture);
        values.put("processors", Integer.toString(processors));
        values.put("memoryGib", Long.toString(memoryGib));
        values.put("governor", governor);
        values.put("transparentHugePages", transparentHugePages);
        values.put("kernel", kernel);
        values.put("javaVersion", javaVersion);
        values.put("javaVm", javaVm);
        return values;
    }
}

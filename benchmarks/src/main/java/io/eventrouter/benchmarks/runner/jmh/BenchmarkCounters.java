package io.eventrouter.benchmarks.runner.jmh;

import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.openjdk.jmh.annotations.AuxCounters;

/** What the benchmarks of a jar count themselves, beside their time. JMH's list of benchmarks does not say it. */
final class BenchmarkCounters {
    private BenchmarkCounters() {}

    /**
     * The counters of a benchmark. Its class is loaded from the jar, and no code of it runs.
     *
     * @param jar with the benchmark, of any version of the project.
     * @param benchmark full name of the method.
     * @return names of its counters, as JMH has them: public fields and methods of what the method takes, or of its
     *     class, where these are counters.
     * @throws BadInputException if the class cannot be loaded from the jar.
     */
    static SortedSet<String> of(final Path jar, final String benchmark) {
        final int method = benchmark.lastIndexOf('.');
        final SortedSet<String> counters = new TreeSet<>();
        // Not beside the classes of this program, which may be of another version.
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            final Class<?> type = Class.forName(benchmark.substring(0, method), false, loader);
            addIfCounters(counters, type);
            for (final Method candidate : type.getMethods()) {
                if (candidate.getName().equals(benchmark.substring(method + 1))) {
                    Arrays.stream(candidate.getParameterTypes()).forEach(taken -> addIfCounters(counters, taken));
                }
            }
        } catch (final IOException e) {
            throw new BadInputException("cannot read the jar: value=" + jar + " (" + FileComplaint.describe(e) + ")");
        } catch (final ClassNotFoundException | LinkageError e) {
            throw new BadInputException("cannot load the benchmark " + benchmark + ": value=" + jar + " (" + e + ")");
        }
        return counters;
    }

    private static void addIfCounters(final SortedSet<String> counters, final Class<?> type) {
        // By name, as it comes from the jar.
        if (Arrays.stream(type.getAnnotations())
                .noneMatch(annotation -> annotation.annotationType().getName().equals(AuxCounters.class.getName()))) {
            return;
        }
        for (final Field field : type.getFields()) {
            if (field.getType().isPrimitive()) {
                counters.add(field.getName());
            }
        }
        for (final Method method : type.getMethods()) {
            if (method.getReturnType().isPrimitive()
                    && method.getReturnType() != void.class
                    && method.getParameterCount() == 0
                    && method.getDeclaringClass() != Object.class) {
                counters.add(method.getName());
            }
        }
    }
}

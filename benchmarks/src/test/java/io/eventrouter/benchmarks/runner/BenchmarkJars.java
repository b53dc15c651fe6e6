package io.eventrouter.benchmarks.runner;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.BenchmarkProcessor;
import org.openjdk.jmh.generators.core.BenchmarkGenerator;

/** Compiles small benchmarks and packs them into jars that can be measured. */
final class BenchmarkJars {
    /**
     * Benchmarks of the shortest kind; one allocates what its jar says, another always reports the same size. The one
     * that allocates does so often in each call that JMH's own objects are not seen, even if there is time for one call
     * only.
     */
    private static final String SOURCE = """
            package fixture;

            import org.openjdk.jmh.annotations.*;
            import org.openjdk.jmh.infra.Blackhole;

            @State(Scope.Benchmark)
            @Fork(value = 1, jvmArgsAppend = "-Xmx64m")
            public class RouteBenchmark {
                @Param({"near", "far"})
                public String way;

                public byte[] payload;

                @Benchmark
                public int route() {
                    return way.length();
                }

                @Benchmark
                @OperationsPerInvocation(1_000_000)
                public void copy(Blackhole taker) {
                    for (int i = 0; i < 1_000_000; i++) {
                        payload = ALLOCATED == 0 ? null : new byte[ALLOCATED];
                        taker.consume(payload);
                    }
                }

                @State(Scope.Thread)
                @AuxCounters(AuxCounters.Type.EVENTS)
                public static class Sizes {
                    public double bytesPerDevice;
                }

                @Benchmark
                @BenchmarkMode(Mode.SingleShotTime)
                public void weigh(Sizes sizes) {
                    sizes.bytesPerDevice = 48;
                }

                @State(Scope.Benchmark)
                public static class House {
                    @Param({"2"})
                    public int doors;

                    @Param({"1", "all"})
                    public String open;
                }

                @Benchmark
                public int enter(House house) {
                    return house.doors;
                }

                @Benchmark
                public int lose() {
                    throw new IllegalStateException("matches: expected=2, actual=1");
                }
            }
            """;

    private BenchmarkJars() {}

    /**
     * Make a jar.
     *
     * @param directory to work in.
     * @param name of the jar without its ending.
     * @param allocated bytes of the array that {@code RouteBenchmark.copy} makes; 0 for none.
     * @return the jar.
     */
    static Path make(final Path directory, final String name, final int allocated) throws IOException {
        final Path sources = Files.createDirectories(directory.resolve(name + "-sources"));
        final Path classes = Files.createDirectories(directory.resolve(name + "-classes"));
        final Path source = sources.resolve("RouteBenchmark.java");
        Files.writeString(source, SOURCE.replace("ALLOCATED", Integer.toString(allocated)));
        final List<String> arguments = List.of(
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-processorpath",
                locationOf(BenchmarkProcessor.class) + ":" + locationOf(BenchmarkGenerator.class) + ":"
                        + locationOf(org.openjdk.jmh.annotations.Benchmark.class),
                "-processor",
                BenchmarkProcessor.class.getName());
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter output = new StringWriter();
        final boolean compiled;
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            compiled = compiler.getTask(output, files, null, arguments, null, files.getJavaFileObjects(source.toFile()))
                    .call();
        }
        if (!compiled) {
            throw new IllegalStateException(output.toString());
        }
        final Path jar = directory.resolve(name + ".jar");
        pack(classes, jar);
        return jar;
    }

    private static void pack(final Path classes, final Path jar) throws IOException {
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(":"))
                                .filter(element -> element.endsWith(".jar"))
                                .map(element -> Path.of(element).toUri().toString())
                                .collect(Collectors.joining(" ")));
        final List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(classes)) {
            walk.filter(Files::isRegularFile).forEach(files::add);
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out, manifest)) {
            for (final Path file : files) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }

    private static String locationOf(final Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An embedder who forgets a JVM flag is told which, in a JVM of its own. */
@Timeout(300)
class JvmFlagsTest {
    private static final String AGRONA = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";
    private static final String LANG = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final String REFLECT = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
    private static final String COMPILER = "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED";

    @TempDir
    Path temporary;

    @Test
    void shouldNameTheMissingFlagInOneSentence() throws Exception {
        for (final String what : List.of("draft", "launch")) {
            assertEquals("the router needs the JVM flag " + AGRONA, output(List.of(), what));
        }
    }

    @Test
    void shouldNameEveryFlagThatADataDirectoryMissesAndWriteNothing() throws Exception {
        final Path directory = temporary.resolve("data");
        final String needs = "a data directory needs a JDK and the JVM flags " + AGRONA + " " + LANG + " " + REFLECT
                + " --add-exports=java.base/sun.nio.ch=ALL-UNNAMED"
                + " --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED " + COMPILER + ": missing=";

        assertEquals(needs + List.of(LANG, REFLECT, COMPILER), output(List.of(AGRONA), directory.toString()));
        assertEquals(needs + List.of(LANG), output(List.of(AGRONA, REFLECT, COMPILER), directory.toString()));
        assertEquals(needs + List.of(REFLECT), output(List.of(AGRONA, LANG, COMPILER), directory.toString()));
        assertEquals(needs + List.of(COMPILER), output(List.of(AGRONA, LANG, REFLECT), directory.toString()));
        assertFalse(Files.exists(directory));
    }

    @Test
    void shouldSayThatADataDirectoryNeedsAJdk() throws Exception {
        final String output = output(
                List.of("--limit-modules=java.se,jdk.unsupported", AGRONA, LANG, REFLECT),
                temporary.resolve("data").toString());

        assertTrue(output.endsWith(": missing=[the module jdk.compiler, which a JDK has]"), output);
    }

    private static String output(final List<String> flags, final String what) throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WithoutFlags.class.getName(), what));
        final Process child =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.waitFor(30, TimeUnit.SECONDS);
        return output.strip();
    }

    /** Runs in the other JVM. */
    static final class WithoutFlags {
        public static void main(final String[] arguments) {
            try {
                if ("draft".equals(arguments[0])) {
                    new io.eventrouter.event.EventDraft();
                } else {
                    final RouterContext context = new RouterContext().deliveryHandler(delivery -> null);
                    if (!"launch".equals(arguments[0])) {
                        context.dataDirectory(Path.of(arguments[0]));
                    }
                    EventRouter.launch(context).close();
                }
            } catch (final IllegalStateException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}

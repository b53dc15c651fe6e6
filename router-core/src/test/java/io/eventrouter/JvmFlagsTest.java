package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An embedder who forgets a JVM flag is told which, in a JVM of its own. */
@Timeout(60)
class JvmFlagsTest {
    @Test
    void shouldNameTheMissingFlagInOneSentence() throws Exception {
        for (final String what : List.of("draft", "launch")) {
            final Process child = new ProcessBuilder(
                            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WithoutFlags.class.getName(),
                            what)
                    .redirectErrorStream(true)
                    .start();
            final String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            child.waitFor(30, TimeUnit.SECONDS);

            assertEquals(
                    "the router needs the JVM flag --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                    output.strip());
        }
    }

    /** Runs in the other JVM. */
    static final class WithoutFlags {
        public static void main(final String[] arguments) {
            try {
                if ("draft".equals(arguments[0])) {
                    new io.eventrouter.event.EventDraft();
                } else {
                    EventRouter.launch(new RouterContext());
                }
            } catch (final IllegalStateException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}

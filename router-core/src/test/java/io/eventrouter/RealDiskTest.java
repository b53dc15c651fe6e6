package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.DamagedFileException;
import io.eventrouter.journal.SmallFileSystem;
import io.eventrouter.status.RouterCounter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data directories on real file systems: full, read-only, taken by another process, left behind by a killed one. */
@Timeout(300)
class RealDiskTest {
    private static final EntityId ANN = EntityId.of(1, 1);
    private static final EntityId BEN = EntityId.of(1, 2);
    private static final EntityId DEVICE = EntityId.of(2, 1);

    @TempDir
    private Path directory;

    private final AtomicInteger delivered = new AtomicInteger();

    @Test
    void shouldRefuseClaimsOnAFullFileSystemAndResumeWhenThereIsRoom() throws Exception {
        try (SmallFileSystem small = SmallFileSystem.mount(directory.resolve("small"), "1m")) {
            final Path filler = small.directory().resolve("filler");
            try (EventRouter router = launch(small.directory())) {
                registerAll(router);
                fill(filler);
                assertEquals(Refusal.STORAGE_FULL, claimUntilRefused(router));
                assertTrue(router.counter(RouterCounter.COMMANDS_REFUSED_STORAGE_FULL) > 0);
                checkRoutingGoesOn(router);

                Files.delete(filler);
                claimUntilTaken(router);
                checkRoutingGoesOn(router);
            }
            checkOwner(small.directory(), BEN);
        }
    }

    @Test
    void shouldRefuseToStartOnAReadOnlyFileSystemAndStartWhenItIsWritable() throws Exception {
        try (SmallFileSystem small = SmallFileSystem.mount(directory.resolve("small"), "4m")) {
            try (EventRouter router = launch(small.directory())) {
                registerAll(router);
            }
            small.readOnly(true);
            final RuntimeException refused = assertThrows(
                    RuntimeException.class, () -> launch(small.directory()).close());
            assertTrue(refused.getMessage().contains(small.directory().toString()), refused.getMessage());
            small.readOnly(false);
            checkOwner(small.directory(), ANN);
        }
    }

    @Test
    void shouldRefuseADirectoryOfSomethingElseAndLeaveNothingThere() throws Exception {
        Files.writeString(directory.resolve("notes.txt"), "mine");

        final DamagedFileException refused = assertThrows(DamagedFileException.class, () -> launch(directory));

        assertTrue(refused.getMessage().contains("not a data directory of this router"), refused.getMessage());
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(
                    List.of("notes.txt"),
                    left.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shouldRefuseASecondProcessAlsoWhenASecondRouterOfThisOneWasRefused() throws Exception {
        try (EventRouter router = launch(directory)) {
            assertThrows(IllegalStateException.class, () -> launch(directory));

            final Process another = start(Starter.class, directory);
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(another.getInputStream(), StandardCharsets.UTF_8))) {
                assertNull(output.readLine());
            } finally {
                another.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            }
            registerAll(router);
        }
        checkOwner(directory, ANN);
    }

    @Test
    void shouldRefuseASecondProcessAndTakeOverFromAKilledOne() throws Exception {
        final Process holder = start(Holder.class, directory);
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("claimed", output.readLine());
            final IllegalStateException refused = assertThrows(IllegalStateException.class, () -> launch(directory));
            assertEquals("another router uses the data directory: " + directory, refused.getMessage());
        } finally {
            holder.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        checkOwner(directory, BEN);
    }

    @Test
    void shouldRefuseClaimsWhenFilesMayNotGrow() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/bash")), "there is no shell with limits here");
        try (EventRouter router = launch(directory)) {
            registerAll(router);
        }
        // In blocks of 1,024 bytes: room for everything but another segment.
        final Process limited =
                start(List.of("/bin/bash", "-c", "ulimit -f 12; exec \"$@\"", "bash"), Limited.class, directory);
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(limited.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("STORAGE_FULL", output.readLine());
            assertEquals("routed", output.readLine());
        } finally {
            limited.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldNotBeHarmedByInterruptsOfThreadsInExecute() throws Exception {
        try (EventRouter router = launch(directory)) {
            registerAll(router);
            final AtomicInteger claims = new AtomicInteger();
            final Thread caller = new Thread(() -> {
                while (claims.get() < 2_000) {
                    router.execute(new Command.Claim(DEVICE, claims.incrementAndGet() % 2 == 0 ? ANN : BEN));
                }
            });
            caller.start();
            while (caller.isAlive()) {
                caller.interrupt();
                Thread.onSpinWait();
            }
            caller.join();
            assertEquals(2_000, claims.get());
            // A dependent action may interrupt the acknowledging thread, which is the one that writes.
            for (int i = 0; i < 200; i++) {
                router.submit(new Command.Claim(DEVICE, BEN))
                        .thenRun(() -> Thread.currentThread().interrupt());
            }
            router.execute(new Command.Claim(DEVICE, BEN));
            assertEquals(0, router.counter(RouterCounter.JOURNAL_FAILURES));
        }
        checkOwner(directory, BEN);
    }

    private EventRouter launch(final Path data) {
        return EventRouter.launch(context(data).deliveryHandler(delivery -> {
            delivered.incrementAndGet();
            return AttemptOutcome.PENDING;
        }));
    }

    private static RouterContext context(final Path data) {
        return new RouterContext()
                .dataDirectory(data)
                .journalSegmentLength(1 << 12)
                .maxDevices(100)
                .maxAccounts(100)
                .errorHandler(problem -> {});
    }

    private static void registerAll(final EventRouter router) {
        router.execute(new Command.RegisterUser(ANN, 0));
        router.execute(new Command.RegisterUser(BEN, 0));
        router.execute(new Command.RegisterDevice(DEVICE));
        router.execute(new Command.GoOnline(DEVICE));
        router.execute(new Command.Subscribe(DEVICE, "temp"));
        router.execute(new Command.Claim(DEVICE, ANN));
    }

    // As much as there is room for.
    private static void fill(final Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[256]);
            }
        } catch (final IOException full) {
            assertTrue(Files.size(file) > 0);
        }
    }

    private static Refusal claimUntilRefused(final EventRouter router) {
        while (true) {
            try {
                router.execute(new Command.Claim(DEVICE, BEN));
            } catch (final CommandRefusedException refused) {
                return refused.refusal();
            }
        }
    }

    private static void claimUntilTaken(final EventRouter router) throws InterruptedException {
        boolean isTaken = false;
        while (!isTaken) {
            try {
                router.execute(new Command.Claim(DEVICE, BEN));
                isTaken = true;
            } catch (final CommandRefusedException stillFull) {
                Thread.sleep(5);
            }
        }
    }

    private void checkRoutingGoesOn(final EventRouter router) {
        final int before = delivered.get();
        router.execute(new Command.GoOnline(DEVICE));
        final long sequence = router.publish(new EventDraft().fromDevice(DEVICE).name("temperature"));
        assertTrue(router.awaitRouted(sequence, TimeUnit.SECONDS.toNanos(30)));
        assertEquals(before + 1, delivered.get());
    }

    private void checkOwner(final Path data, final EntityId owner) {
        try (EventRouter router = launch(data)) {
            assertEquals(
                    Optional.of(owner), router.ownershipOf(DEVICE).orElseThrow().owner());
        }
    }

    private static Process start(final Class<?> main, final Path data) throws IOException {
        return start(List.of(), main, data);
    }

    private static Process start(final List<String> before, final Class<?> main, final Path data) throws IOException {
        final List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("--enable-native"))
                .forEach(command::add);
        command.addAll(List.of(
                "-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"), main.getName(), data.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A process that holds a data directory until it is killed. */
    static final class Holder {
        public static void main(final String[] arguments) throws InterruptedException {
            final EventRouter router = EventRouter.launch(
                    context(Path.of(arguments[0])).deliveryHandler(delivery -> AttemptOutcome.PENDING));
            registerAll(router);
            router.execute(new Command.Claim(DEVICE, BEN));
            System.out.println("claimed");
            TimeUnit.MINUTES.sleep(10);
        }
    }

    /** A process that says that it could launch a router. */
    static final class Starter {
        public static void main(final String[] arguments) {
            EventRouter.launch(context(Path.of(arguments[0])).deliveryHandler(delivery -> AttemptOutcome.PENDING));
            System.out.println("launched");
            System.exit(0);
        }
    }

    /** A process whose files may not grow far. */
    static final class Limited {
        public static void main(final String[] arguments) {
            final CompletableFuture<Void> routed = new CompletableFuture<>();
            final EventRouter router = EventRouter.launch(
                    context(Path.of(arguments[0])).journalSegmentLength(16_384).deliveryHandler(delivery -> {
                        routed.complete(null);
                        return AttemptOutcome.PENDING;
                    }));
            System.out.println(claimUntilRefused(router));
            router.execute(new Command.GoOnline(DEVICE));
            router.execute(new Command.Subscribe(DEVICE, "temp"));
            router.publish(new EventDraft().fromDevice(DEVICE).name("temperature"));
            routed.join();
            System.out.println("routed");
        }
    }
}

package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.DamagedFileException;
import io.eventrouter.journal.SimulatedDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start that is refused for what is in the data directory changes nothing there, and can be tried again. */
@Timeout(300)
class RefusedStartTest {
    private static final EntityId ANN = EntityId.of(1, 1);
    private static final EntityId BEN = EntityId.of(1, 2);
    private static final EntityId DEVICE = EntityId.of(2, 1);

    /** As a process that was killed left it, so that a start has something to repair. */
    private final SimulatedDisk disk = new SimulatedDisk();

    private static RouterContext context() {
        return new RouterContext()
                .useInvoker(true)
                .journalSegmentLength(2_048)
                .maxDevices(100)
                .maxAccounts(100)
                .epochClock(() -> 1_000_000_000_000L)
                .errorHandler(problem -> {})
                .deliveryHandler(delivery -> AttemptOutcome.PENDING);
    }

    @BeforeEach
    void fillAndKill() {
        try (EventRouter router = EventRouter.launch(context().dataDisk(disk))) {
            router.execute(new Command.RegisterUser(ANN, 0));
            router.execute(new Command.RegisterUser(BEN, 0));
            router.execute(new Command.RegisterDevice(DEVICE));
            for (int i = 0; i < 20; i++) {
                router.execute(new Command.Claim(DEVICE, i % 2 == 0 ? ANN : BEN));
                router.publish(new EventDraft().fromDevice(DEVICE).name("temperature"));
            }
            router.closeUsageWindow();
            while (router.invoke() > 0) {
                // The next round goes on.
            }
            disk.kill();
        }
    }

    @Test
    void shouldChangeNothingOnTheDiskWhicheverFileIsDamaged() {
        final List<String> refused = new ArrayList<>();
        for (final String file : disk.files()) {
            final byte[] content = disk.content(file);
            check(file, null, refused);
            check(file, Arrays.copyOf(content, content.length / 8), refused);
            for (int position = 0; position < content.length; position += content.length / 16) {
                content[position] ^= 1;
                check(file, content, refused);
                content[position] ^= 1;
            }
        }
        for (final String part : List.of("store", "ownership/manifest", "ownership/journal", "usage/")) {
            assertTrue(refused.stream().anyMatch(file -> file.startsWith(part)), part + " in " + refused);
        }
    }

    private void check(final String file, final byte[] content, final List<String> refused) {
        // That one of the twins in the file of the store is damaged is repaired only by a start that is not refused.
        final SimulatedDisk damaged = disk.copy();
        final byte[] store = damaged.content("store");
        store[20] ^= 1;
        damaged.put("store", store);
        damaged.put(file, content);
        try {
            EventRouter.launch(context().dataDisk(damaged)).close();
        } catch (final DamagedFileException expected) {
            refused.add(file);
            assertEquals(0, damaged.operations(), expected.getMessage());
            assertEquals(0, damaged.openFiles(), expected.getMessage());
        }
    }

    @Test
    void shouldLaunchTheSameContextOnceTheDirectoryIsMended() {
        final String manifest = "usage/manifest";
        final byte[] intact = disk.content(manifest);
        final RouterContext context = context().dataDisk(disk);
        disk.put(manifest, null);
        assertThrows(DamagedFileException.class, () -> EventRouter.launch(context));
        assertThrows(DamagedFileException.class, () -> EventRouter.launch(context));

        disk.put(manifest, intact);

        try (EventRouter router = EventRouter.launch(context)) {
            assertEquals(
                    Optional.of(BEN), router.ownershipOf(DEVICE).orElseThrow().owner());
        }
    }

    @Test
    void shouldLaunchTheSameContextOnceTheOtherRouterIsClosed(@TempDir final Path directory) {
        final RouterContext context = context().dataDirectory(directory);
        try (EventRouter other = EventRouter.launch(context().dataDirectory(directory))) {
            other.execute(new Command.RegisterDevice(DEVICE));
            final String refused = assertThrows(IllegalStateException.class, () -> EventRouter.launch(context))
                    .getMessage();
            assertEquals("another router uses the data directory: " + directory, refused);
        }
        try (EventRouter router = EventRouter.launch(context)) {
            assertTrue(router.ownershipOf(DEVICE).isPresent());
        }
    }

    @Test
    void shouldLaunchTheSameContextWithRoomForMore() {
        final RouterContext context = context().dataDisk(disk).maxAccounts(1).maxDevices(1);
        final String refused = assertThrows(IllegalStateException.class, () -> EventRouter.launch(context))
                .getMessage();
        assertTrue(refused.contains("fit: maxAccounts=1"), refused);

        EventRouter.launch(context.maxAccounts(2)).close();
    }
}

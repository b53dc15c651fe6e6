package io.eventrouter.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.identity.AccountId;
import io.eventrouter.journal.DamagedFileException;
import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.status.RouterCounters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A usage journal that is damaged gives exactly what was in it, or is refused with the file and the place. */
@Timeout(300)
class UsageDamageTest {
    private static final String SEGMENT = "usage/journal-1";

    private final UsageWorld world = new UsageWorld(2, UsageGranularity.DEVICE, 12, 100, 1 << 20);
    private SimulatedDisk disk;
    private byte[] intact;
    private int usedLength;
    private String expected;

    @BeforeEach
    void writeAJournalWithTwoLanesThresholdsAndAcknowledgements() throws IOException {
        world.start();
        for (int window = 0; window < 3; window++) {
            for (int device = 1; device <= 12; device++) {
                world.publish(device % 2, device, device);
                world.deliver((device + 1) % 2, device, 1 + window);
            }
            world.closeWindow(0);
            world.closeWindow(1);
            world.drain();
            world.acknowledge(world.handedInRun() - 3);
        }
        world.drain();
        disk = world.disk;
        intact = disk.content(SEGMENT);
        usedLength = intact.length;
        while (intact[usedLength - 1] == 0) {
            usedLength--;
        }
        expected = contentOf(disk.copy());
    }

    /** Everything that a router would hand out and resume from; or the refusal. */
    private static String contentOf(final SimulatedDisk copy) throws IOException {
        final List<String> handed = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        final UsageHandler listener = new UsageHandler() {
            @Override
            public void onUsage(final UsageRecord record) {
                handed.add(record.sequence() + " " + record.account() + " " + record.productId() + " "
                        + record.deviceIdLow() + " " + record.windowStartMs() + " " + record.windowEndMs() + " "
                        + record.publishOperations() + " " + record.subscribeOperations());
            }

            @Override
            public void onThreshold(final UsageThreshold threshold) {
                handed.add(threshold.toString());
            }
        };
        copy.kill();
        final DataDirectory directory = DataDirectory.open(copy);
        try (DurableUsage usage = DurableUsage.open(
                directory,
                new DurableUsage.Settings(1, 100, UsageWorld.SEGMENT_LENGTH, 1 << 20),
                new SeededHash(1),
                listener,
                errors::add,
                new RouterCounters(),
                () -> 0)) {
            while (usage.work() > 0) {
                // The next round goes on.
            }
            final TreeMap<String, String> totals = new TreeMap<>();
            usage.bequeath(new UsageTotals.Heir() {
                @Override
                public void product(final int productId, final UsageSnapshot.Totals ofProduct) {
                    totals.put("product " + productId, ofProduct.toString());
                }

                @Override
                public void account(
                        final AccountId account,
                        final UsageSnapshot.Totals ofAccount,
                        final long monthStartMs,
                        final long usedOperations,
                        final int toldPercent) {
                    totals.put(
                            account.toString(),
                            ofAccount + " " + monthStartMs + " " + usedOperations + " " + toldPercent);
                }
            });
            assertTrue(errors.isEmpty(), errors.toString());
            return handed + " " + totals;
        } finally {
            directory.close();
        }
    }

    private boolean isExactOrRefused(final SimulatedDisk damaged, final String what) throws IOException {
        try {
            assertEquals(expected, contentOf(damaged), what);
            return true;
        } catch (final DamagedFileException refused) {
            assertTrue(refused.getMessage().contains("file=usage/"), what + ": " + refused.getMessage());
            assertTrue(refused.getMessage().contains("offset="), what + ": " + refused.getMessage());
            return false;
        }
    }

    @Test
    void aFlippedBitAnywhereIsHarmlessOrRefused() throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < usedLength; i++) {
            final byte[] bytes = intact.clone();
            bytes[i] ^= (byte) (1 << random.nextInt(8));
            final SimulatedDisk damaged = disk.copy();
            damaged.put(SEGMENT, bytes);
            refused += isExactOrRefused(damaged, "seed=" + seed + ", flipped at " + i) ? 0 : 1;
        }
        assertTrue(refused > usedLength / 2, "most of it matters: refused=" + refused + " of " + usedLength);
    }

    @Test
    void aFileThatWasCutOffAnywhereIsHarmlessOrRefused() throws IOException {
        int refused = 0;
        for (int length = 0; length < usedLength; length += 7) {
            final SimulatedDisk damaged = disk.copy();
            damaged.put(SEGMENT, Arrays.copyOf(intact, length));
            refused += isExactOrRefused(damaged, "cut at " + length) ? 0 : 1;
        }
        assertTrue(refused > 0);
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        final SimulatedDisk damaged = disk.copy();
        damaged.put(SEGMENT, null);

        assertTrue(!isExactOrRefused(damaged, "missing"));
    }

    @Test
    void aBitThatFlipsWhileTheRouterRunsIsNotHandedOut() throws IOException {
        final List<Throwable> errors = world.errors;
        final int before = errors.size();
        final long handed = world.handedInRun();
        for (int device = 1; device <= 12; device++) {
            world.publish(0, device, 1);
        }
        world.closeWindow(0);
        world.emitSlice(0, 100);
        world.hooks.onRead((path, bytes, offset, length) -> bytes[offset + Math.min(100, length - 1)] ^= 1);

        for (int i = 0; i < 10; i++) {
            world.work();
        }

        assertEquals(handed, world.handedInRun(), "nothing of the damaged window");
        assertEquals(before + 1, errors.size(), "told once: " + errors);
        assertTrue(
                errors.get(before).getMessage().contains("file=" + SEGMENT),
                errors.get(before).getMessage());

        world.hooks.onRead((path, bytes, offset, length) -> {});
        world.drain();
        assertEquals(handed + 12, world.handedInRun(), "and when it reads right, it is");
    }
}

package io.eventrouter.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.metering.UsageGranularity;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of the usage journal is not needed any more goes, if not now then later. */
@Timeout(300)
class UsageRetentionTest {
    private static final int DEVICES = 1_000;
    private static final int WINDOWS = 20;
    private static final int RETRY_MS = 2_000;

    private final UsageWorld world = new UsageWorld(1, UsageGranularity.DEVICE, DEVICES, 0, 5_000);

    private int files() throws IOException {
        return world.disk.directory("usage").list().size();
    }

    private void countInWindows() {
        for (int window = 0; window < WINDOWS; window++) {
            for (int device = 1; device <= DEVICES; device++) {
                world.publish(0, device, 1);
            }
            world.closeWindow(0);
            world.drain();
        }
    }

    private void work(final int forMs) {
        for (int ms = 0; ms < forMs; ms++) {
            world.work();
        }
    }

    @Test
    void shouldLetSegmentsGoWhenTheDiskWorksAgain() throws IOException {
        final AtomicInteger failures = new AtomicInteger();
        world.start();
        for (int device = 1; device <= DEVICES; device++) {
            world.move(device, 1, 0);
        }
        countInWindows();
        final int filesBefore = files();
        world.hooks.onForce(path -> {
            if (path.endsWith("manifest")) {
                failures.incrementAndGet();
                throw new IOException("the disk fails");
            }
        });
        world.acknowledge(DEVICES * WINDOWS);
        work(5);
        assertEquals(1, failures.get(), "it is not tried again at once");
        work(RETRY_MS);
        assertEquals(filesBefore, files(), "nothing goes that the manifest still names");
        assertEquals(1, world.errors.size(), "a disk that goes on failing is told once");

        world.hooks.onForce(path -> {});
        work(RETRY_MS);

        final int filesAfter = files();
        assertTrue(filesAfter < filesBefore / 2, () -> "before=" + filesBefore + ", after=" + filesAfter);
        world.close();
    }
}

package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.journal.FileDamage;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to data files: a state that was acknowledged, or a refusal that says where the damage is. */
@Timeout(300)
class DamagedFilesTest {
    private static final int INPUTS = Integer.getInteger("router.damages", 2_000);

    private static DamagedFiles files;

    private final long seed = Long.getLong("router.seed", System.nanoTime());

    @BeforeAll
    static void writeThem() throws IOException {
        files = new DamagedFiles();
    }

    @Test
    void shouldYieldWhatWasAcknowledgedOrRefuse() {
        System.out.println("damaged files: seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < INPUTS; i++) {
            final byte[] bytes = new byte[8 + random.nextInt(40)];
            random.nextBytes(bytes);
            assertEquals(
                    List.of(),
                    files.judge(new Choices(bytes)),
                    () -> "seed=" + seed + ", bytes=" + HexFormat.of().formatHex(bytes));
        }
        System.out.println(files);
        assertTrue(files.ownership().asItWas() > INPUTS / 10, () -> files.toString());
        assertTrue(files.ownership().asItWasBefore() > INPUTS / 1_000, () -> files.toString());
        assertTrue(files.ownership().refused() > INPUTS / 10, () -> files.toString());
        assertTrue(files.usage().asItWas() > INPUTS / 160, () -> files.toString());
        assertTrue(files.usage().refused() > INPUTS / 160, () -> files.toString());
    }

    @Test
    void shouldDoTheSameWithWhatAFuzzerKept() throws IOException {
        final List<byte[]> kept = KeptInputs.read("damaged-files.txt");
        assertTrue(kept.size() > 100, () -> "kept=" + kept.size());
        for (final byte[] bytes : kept) {
            assertEquals(
                    List.of(),
                    files.judge(new Choices(bytes)),
                    () -> HexFormat.of().formatHex(bytes));
        }
    }

    /** The checks can fail: a record that was never written, under a checksum that fits, is found out. */
    @Test
    void shouldFindOutWhatWasNeverThere() {
        final SplittableRandom random = new SplittableRandom(seed);
        int ofOwnership = 0;
        int ofUsage = 0;
        for (int i = 0; i < 200; i++) {
            final byte[] bytes = new byte[8];
            random.nextBytes(bytes);
            ofOwnership += files.ownership()
                            .judge(FileDamage::unnoticeable, new Choices(bytes))
                            .isEmpty()
                    ? 0
                    : 1;
            ofUsage += files.usage()
                            .judge(FileDamage::unnoticeable, new Choices(bytes))
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertTrue(ofOwnership > 10 && ofUsage > 10, "seed=" + seed + ", of " + ofOwnership + " and " + ofUsage);
    }
}

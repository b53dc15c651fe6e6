package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Anything that is offered is taken or refused as the rules say, from random choices and from those that a fuzzer kept.
 */
@Timeout(300)
class BadInputTest {
    private static final int INPUTS = 60_000;

    private final long seed = System.nanoTime();

    @Test
    void shouldRefuseWhatIsWrongAndChangeNothing() {
        System.out.println("bad input: seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        try (BadInput inputs = new BadInput()) {
            for (int i = 0; i < INPUTS; i++) {
                final byte[] bytes = new byte[1 + random.nextInt(200)];
                random.nextBytes(bytes);
                final String bytesText = Arrays.toString(bytes);
                assertEquals(
                        List.of(), inputs.offer(new Choices(bytes)), () -> "seed=" + seed + ", bytes=" + bytesText);
            }
            assertTrue(inputs.refusedInputs() > INPUTS / 10, () -> "refused=" + inputs.refusedInputs());
            assertTrue(inputs.acceptedInputs() > INPUTS / 10, () -> "accepted=" + inputs.acceptedInputs());
        }
    }

    @Test
    void shouldDoTheSameWithWhatAFuzzerKept() throws IOException {
        final List<byte[]> kept = KeptInputs.read("bad-input.txt");
        assertTrue(kept.size() > 100, () -> "kept=" + kept.size());
        try (BadInput inputs = new BadInput()) {
            for (final byte[] bytes : kept) {
                assertEquals(
                        List.of(),
                        inputs.offer(new Choices(bytes)),
                        () -> HexFormat.of().formatHex(bytes));
            }
        }
    }
}

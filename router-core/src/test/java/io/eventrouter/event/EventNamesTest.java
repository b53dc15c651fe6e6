package io.eventrouter.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Names are looked at eight bytes at a time; one byte at a time must come to the same. */
class EventNamesTest {
    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void shouldTakeExactlyTheBytesFrom0x20To0x7EWhereverTheyStand() {
        for (int length = 1; length <= 64; length++) {
            for (int place = 0; place < length; place++) {
                final byte[] name = new byte[length];
                for (int i = 0; i < length; i++) {
                    name[i] = (byte) (0x20 + random.nextInt(0x5F));
                }
                final int value = random.nextInt(256);
                name[place] = (byte) value;
                assertEquals(
                        value >= 0x20 && value <= 0x7E,
                        EventNames.isPrintable(new UnsafeBuffer(name), 0, length),
                        "length=" + length + ", place=" + place + ", value=" + value + ", seed=" + seed);
            }
        }
    }

    @Test
    void shouldDecideOnEveryValueOfAByteInAWord() {
        for (int value = 0; value < 256; value++) {
            final byte[] name = "abcdefgh".getBytes(StandardCharsets.US_ASCII);
            name[3] = (byte) value;
            assertEquals(value >= 0x20 && value <= 0x7E, EventNames.isPrintable(new UnsafeBuffer(name), 0, 8));
        }
    }

    @Test
    void shouldKnowReservedNamesInAnyCaseAndWithoutASlash() {
        for (final String name : new String[] {
            "spark",
            "SPARK",
            "sPaRkling",
            "spark/status",
            "particle",
            "PARTICLE",
            "Particles",
            "particle/x",
            "spar",
            "sparc",
            "sparc/ling",
            "particl",
            "articles",
            "part",
            "xspark",
            "1particle",
            "spark\u0010",
            "p",
            "@article"
        }) {
            final String lowerCase = name.toLowerCase(Locale.ROOT);
            final byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(
                    lowerCase.startsWith("spark") || lowerCase.startsWith("particle"),
                    EventNames.isReserved(new UnsafeBuffer(bytes), 0, bytes.length),
                    name);
        }
    }
}

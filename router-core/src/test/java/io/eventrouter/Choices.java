package io.eventrouter;

import java.nio.charset.StandardCharsets;

/** Turns bytes into choices: those of a random generator, or of a fuzzer that learns which of them matter. */
public final class Choices {
    private static final int[] EDGES = {
        0,
        1,
        -1,
        2,
        63,
        64,
        65,
        100,
        254,
        255,
        256,
        1_024,
        2_048,
        16_383,
        16_384,
        16_385,
        99_999,
        100_000,
        100_001,
        1 << 22,
        1 << 27,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE
    };

    private final byte[] bytes;
    private int next;

    /** Choices that end with the bytes; from there on all are 0. */
    public Choices(final byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether there are no bytes left. */
    public boolean isUsedUp() {
        return next >= bytes.length;
    }

    /** 0 to bound - 1. */
    public int below(final int bound) {
        return oneByte() % bound;
    }

    /** 0 to bound - 1, of a bound that may be large. */
    public int index(final int bound) {
        return (oneByte() << 16 | oneByte() << 8 | oneByte()) % bound;
    }

    /** Yes or no. */
    public boolean flip() {
        return below(2) == 1;
    }

    /** Any number, most often one at which something ends. */
    public int number() {
        if (below(3) > 0) {
            return EDGES[below(EDGES.length)] + below(3) - 1;
        }
        return oneByte() << 24 | oneByte() << 16 | oneByte() << 8 | oneByte();
    }

    /** A length that is not too long to build text of. */
    int length() {
        final int length = below(4) == 0 ? Math.floorMod(number(), 300) : below(70);
        return Math.max(0, length);
    }

    /** Text, sometimes none; most of it printable, some of it anything. */
    String text() {
        if (below(40) == 0) {
            return null;
        }
        final int start = below(8);
        final StringBuilder text = new StringBuilder(
                start == 0 ? "particle" : start == 1 ? "SPARK" : start == 2 ? "spar" : start == 3 ? "Particl" : "");
        final int length = length();
        final boolean isClean = below(4) > 0;
        while (text.length() < length) {
            text.append(isClean ? (char) (0x20 + below(0x5F)) : (char) (below(4) == 0 ? number() : 0x1E + below(0x63)));
        }
        return text.toString();
    }

    /** All bytes that are left. */
    public byte[] rest() {
        final byte[] rest = new byte[Math.max(0, bytes.length - next)];
        System.arraycopy(bytes, Math.min(next, bytes.length), rest, 0, rest.length);
        next = bytes.length;
        return rest;
    }

    String restAsText() {
        return new String(rest(), StandardCharsets.ISO_8859_1);
    }

    private int oneByte() {
        return next < bytes.length ? bytes[next++] & 0xFF : 0;
    }
}

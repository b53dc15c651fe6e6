package io.eventrouter.loadgen.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The oracle is the decoder of the JDK. */
class Utf8CheckerTest {
    @Test
    void acceptsEveryCharacterInOnePieceAndInMany() {
        for (int character = 1; character <= Character.MAX_CODE_POINT; character++) {
            if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
                final byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
                assertTrue(accepts(bytes, bytes.length), Integer.toHexString(character));
                assertTrue(accepts(bytes, 1), Integer.toHexString(character));
            }
        }
    }

    @Test
    void agreesWithTheDecoderOfTheJdk() {
        final Random random = new Random(3);
        final int[] interesting = {
            0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1,
            0xF4, 0xF5, 0xFF
        };
        for (int i = 0; i < 500_000; i++) {
            final byte[] bytes = new byte[1 + random.nextInt(5)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) interesting[random.nextInt(interesting.length)];
            }
            assertEquals(
                    isDecodable(bytes),
                    accepts(bytes, 1 + random.nextInt(bytes.length)),
                    () -> java.util.HexFormat.of().formatHex(bytes));
        }
    }

    @Test
    void pointsAtTheSequenceThatIsNoCharacter() {
        final Utf8Checker checker = new Utf8Checker();
        assertEquals(1, checker.firstInvalid(new byte[] {'a', (byte) 0xE4, 'b'}, 0, 3));
        assertEquals("is not UTF-8 text: byte 0xe4", checker.complaint());
        checker.reset();
        assertEquals(2, checker.firstInvalid(new byte[] {'a', 'b', 0}, 0, 3));
        assertEquals("has a NUL byte", checker.complaint());
    }

    private static boolean accepts(final byte[] bytes, final int pieceLength) {
        final Utf8Checker checker = new Utf8Checker();
        for (int offset = 0; offset < bytes.length; offset += pieceLength) {
            if (checker.firstInvalid(bytes, offset, Math.min(pieceLength, bytes.length - offset)) >= 0) {
                return false;
            }
        }
        return checker.isComplete();
    }

    private static boolean isDecodable(final byte[] bytes) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (final CharacterCodingException e) {
            return false;
        }
    }
}

package io.eventrouter.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays, in the order that all files here have. */
final class LittleEndian {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private LittleEndian() {}

    static int getInt(final byte[] bytes, final int offset) {
        return (int) INT.get(bytes, offset);
    }

    static void putInt(final byte[] bytes, final int offset, final int value) {
        INT.set(bytes, offset, value);
    }

    static long getLong(final byte[] bytes, final int offset) {
        return (long) LONG.get(bytes, offset);
    }

    static void putLong(final byte[] bytes, final int offset, final long value) {
        LONG.set(bytes, offset, value);
    }
}

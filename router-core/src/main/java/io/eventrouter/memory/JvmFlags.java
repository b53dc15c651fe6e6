package io.eventrouter.memory;

import org.agrona.concurrent.UnsafeBuffer;

/** Says in one sentence which flag is missing when the JVM does not let agrona or Chronicle Map work. */
public final class JvmFlags {
    private static final String AGRONA = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";
    private static final String CHRONICLE_MAP = "--add-opens=java.base/java.lang=ALL-UNNAMED"
            + " --add-opens=java.base/java.lang.reflect=ALL-UNNAMED"
            + " --add-exports=java.base/sun.nio.ch=ALL-UNNAMED"
            + " --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"
            + " --add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED";

    private JvmFlags() {}

    /**
     * Check that off-heap buffers work.
     *
     * @throws IllegalStateException with the missing flag if they do not.
     */
    public static void check() {
        try {
            new UnsafeBuffer(new byte[Long.BYTES]).putLong(0, 1);
        } catch (final IllegalAccessError | ExceptionInInitializerError | NoClassDefFoundError refused) {
            throw new IllegalStateException("the router needs the JVM flag " + AGRONA, refused);
        }
    }

    /**
     * What to throw when Chronicle Map does not work for lack of flags.
     *
     * @param cause that was thrown by it.
     * @return an exception with the flags in its message.
     */
    public static IllegalStateException forOwnershipStore(final Throwable cause) {
        return new IllegalStateException(
                "the ownership store needs a JDK and the JVM flags " + AGRONA + " " + CHRONICLE_MAP, cause);
    }
}

package io.eventrouter.memory;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Says in one sentence which flag is missing when the JVM does not let agrona or Chronicle Map work. */
public final class JvmFlags {
    private static final String AGRONA =
            "--add-opens=java.base/jdk.internal.misc=" + nameOf(UnsafeBuffer.class.getModule());
    private static final String LANG = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final String REFLECT = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
    private static final String COMPILER = "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED";

    // The two in the middle are not looked for: without them it works, but logs a warning.
    private static final String CHRONICLE_MAP = LANG
            + " "
            + REFLECT
            + " --add-exports=java.base/sun.nio.ch=ALL-UNNAMED"
            + " --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED "
            + COMPILER;

    private JvmFlags() {}

    // On the module path agrona is a module of its own, and flags for those without a name do nothing for it.
    private static String nameOf(final Module module) {
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }

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
     * Check that Chronicle Map will work. Asked before it does anything: without the flags it fails in the middle, with
     * errors that do not say why.
     *
     * @throws IllegalStateException with what is missing.
     */
    public static void checkForDataDirectory() {
        final Module ours = JvmFlags.class.getModule();
        final Module base = Object.class.getModule();
        final List<String> missing = new ArrayList<>();
        if (!base.isOpen("java.lang", ours)) {
            missing.add(LANG);
        }
        if (!base.isOpen("java.lang.reflect", ours)) {
            missing.add(REFLECT);
        }
        // It compiles a class when it is used first.
        final Module compiler = ModuleLayer.boot().findModule("jdk.compiler").orElse(null);
        if (compiler == null) {
            missing.add("the module jdk.compiler, which a JDK has");
        } else if (!compiler.isExported("com.sun.tools.javac.file", ours)) {
            missing.add(COMPILER);
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("a data directory needs a JDK and the JVM flags " + AGRONA + " "
                    + CHRONICLE_MAP + ": missing=" + missing);
        }
    }
}

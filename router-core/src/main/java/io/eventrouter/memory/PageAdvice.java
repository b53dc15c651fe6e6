package io.eventrouter.memory;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/**
 * What Linux is told about the pages of a memory. First of all that they should have 2 MiB: look-ups on a large fleet
 * go all over their tables, and with pages of 4 KiB nearly each of them first has to look up where its page is.
 *
 * <p>Wishes, not needs: on other systems, or where they are not granted, everything works with pages as they are.
 */
final class PageAdvice {
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_HUGEPAGE = 14;
    private static final int MADV_POPULATE_WRITE = 23;
    private static final Function ADVISE = find();

    private PageAdvice() {}

    /**
     * Ask for huge pages.
     *
     * @param address of the first byte, at the start of a page.
     * @param length in bytes.
     * @return whether the wish was taken down; that does not say that it will be granted.
     */
    static boolean advise(final long address, final long length) {
        return call(address, length, MADV_HUGEPAGE);
    }

    /**
     * Have the system hand out pages now instead of when they are first written to, which can stop a thread for
     * milliseconds. Changes no byte, whoever writes there meanwhile. Linux before 5.14 does not know it.
     *
     * @param address of the first byte, at the start of a page.
     * @param length in bytes.
     * @return whether all of them are there.
     */
    static boolean populate(final long address, final long length) {
        return call(address, length, MADV_POPULATE_WRITE);
    }

    /**
     * Give pages back to the system. Whoever reads there afterwards finds zeroes.
     *
     * @param address of the first byte, at the start of a page.
     * @param length in bytes.
     * @return whether they were given back.
     */
    static boolean discard(final long address, final long length) {
        return call(address, length, MADV_DONTNEED);
    }

    private static boolean call(final long address, final long length, final int advice) {
        return ADVISE != null && ADVISE.invokeInt(new Object[] {new Pointer(address), length, advice}) == 0;
    }

    private static Function find() {
        try {
            return Platform.isLinux() && Platform.is64Bit()
                    ? Function.getFunction(Platform.C_LIBRARY_NAME, "madvise")
                    : null;
        } catch (final LinkageError unavailable) {
            return null;
        }
    }
}

package io.eventrouter.loadgen.input;

/** An element of a file breaks a rule; knows where in the file, but not in which file. */
public final class InvalidElementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * An element breaks a rule.
     *
     * @param line of the element; 0 if only the caller knows it.
     * @param path of the element, such as {@code devices[3].id}; empty for none.
     * @param what is wrong, with the value and the limit.
     */
    public InvalidElementException(final int line, final String path, final String what) {
        super(describe(path, what), null, false, false);
        this.line = line;
    }

    // "prefix: prefix length must be ..." would say it twice.
    private static String describe(final String path, final String what) {
        if (path.isEmpty()) {
            return what;
        }
        final String name = path.substring(path.lastIndexOf('.') + 1) + " ";
        return path + ": " + (what.startsWith(name) ? what.substring(name.length()) : what);
    }

    /**
     * The path of something inside something.
     *
     * @param path of the outer one; empty for none.
     * @param name of the inner one.
     * @return the path.
     */
    public static String join(final String path, final String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /**
     * The same in a file whose elements know their lines.
     *
     * @param file that holds the element.
     * @return the exception to throw.
     */
    public BadInputException in(final String file) {
        return new BadInputException(file + ":" + line + ": " + getMessage());
    }
}

package io.eventrouter.command;

/**
 * A command was refused, and changed nothing: at its place in the order, or before it had one, if the router is closed
 * or the disk takes no change.
 */
public final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    /**
     * A refusal of a command.
     *
     * @param refusal why.
     * @param detail the value, and the limit where there is one.
     */
    public CommandRefusedException(final Refusal refusal, final String detail) {
        super(String.join(": ", refusal.sentence(), detail));
        this.refusal = refusal;
    }

    /**
     * Why the command was refused.
     *
     * @return the reason.
     */
    public Refusal refusal() {
        return refusal;
    }
}

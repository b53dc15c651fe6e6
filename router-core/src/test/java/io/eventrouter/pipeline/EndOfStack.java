package io.eventrouter.pipeline;

/** Does something ever closer to the end of a stack, so that the end strikes at every call that it makes. */
final class EndOfStack {
    /** So often in a row the end must not strike for what is done to be well above it. */
    private static final int LEVELS_ABOVE = 20;

    private static final int STACK_LENGTH = 1 << 19;

    private final Runnable work;
    private int strikes;
    private Throwable unexpected;

    private EndOfStack(final Runnable work) {
        this.work = work;
    }

    /**
     * Do it until the end has struck often enough.
     *
     * @param strikes how often.
     * @param work to do; may throw nothing of its own.
     */
    static void strike(final int strikes, final Runnable work) throws InterruptedException {
        final EndOfStack end = new EndOfStack(work);
        final Thread thread = new Thread(null, () -> end.climbUntil(strikes), "at the end of its stack", STACK_LENGTH);
        thread.start();
        thread.join();
        if (end.unexpected != null) {
            throw new AssertionError("strikes=" + end.strikes, end.unexpected);
        }
    }

    private void climbUntil(final int wanted) {
        while (strikes < wanted && unexpected == null) {
            climb();
        }
    }

    // Down to the end, and the work on the way back; returns on how many levels it is still to be done.
    private int climb() {
        int left;
        try {
            left = climb();
        } catch (final StackOverflowError end) {
            left = LEVELS_ABOVE;
        }
        if (left > 0) {
            try {
                work.run();
            } catch (final StackOverflowError end) {
                strikes++;
                return LEVELS_ABOVE;
            } catch (final Throwable problem) {
                unexpected = problem;
            }
        }
        return left - 1;
    }
}

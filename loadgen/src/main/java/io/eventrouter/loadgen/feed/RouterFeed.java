package io.eventrouter.loadgen.feed;

import io.eventrouter.EventRouter;
import io.eventrouter.command.Command;
import io.eventrouter.command.HookTopics;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Feeds a router with events and commands in order, waiting for room in its ring but never for an answer.
 *
 * <p><b>Threading:</b> one thread. <b>Failure:</b> a command that the router refuses is reported as a failure of the
 * replay, as whoever feeds checks beforehand.
 */
public final class RouterFeed {
    private static final long BACK_OFF_NS = 20_000;
    private static final long FAILURE_CHECK_MS = 200;

    private final EventRouter router;
    private final FirstFailure failure;
    private final BiConsumer<Long, Throwable> onAnswer;
    private CompletableFuture<Long> lastAnswer = CompletableFuture.completedFuture(0L);

    /**
     * A feed into a router.
     *
     * @param router to feed.
     * @param failure takes what goes wrong.
     */
    public RouterFeed(final EventRouter router, final FirstFailure failure) {
        this.router = router;
        this.failure = failure;
        this.onAnswer = (sequence, thrown) -> {
            if (thrown != null) {
                reportRefusal(thrown);
            }
        };
    }

    /**
     * Publish an event.
     *
     * @param draft of the event.
     * @return the sequence, or a code other than {@link PublishResult#BACK_PRESSURED}.
     */
    public long publish(final EventDraft draft) {
        long result = router.publish(draft);
        while (result == PublishResult.BACK_PRESSURED) {
            backOff();
            result = router.publish(draft);
        }
        return requireOpen(result);
    }

    /**
     * Publish the answer to an integration.
     *
     * @param topics of the integration.
     * @param isError whether the answer is an error.
     * @param draft from the hook, with the name of the triggering event and the whole body.
     * @return the sequence, or a code other than {@link PublishResult#BACK_PRESSURED}.
     */
    public long publishHookResponse(final HookTopics topics, final boolean isError, final EventDraft draft) {
        long result = router.publishHookResponse(topics, isError, draft);
        while (result == PublishResult.BACK_PRESSURED) {
            backOff();
            result = router.publishHookResponse(topics, isError, draft);
        }
        return requireOpen(result);
    }

    /**
     * Send a command on its way.
     *
     * @param command to carry out.
     */
    public void submit(final Command command) {
        lastAnswer = router.submit(command);
        lastAnswer.whenComplete(onAnswer);
    }

    /**
     * Wait until every command so far has been carried out.
     *
     * @throws ReplayFailedException if something has failed.
     */
    public void awaitCommands() {
        await(lastAnswer);
    }

    /**
     * Wait until everything so far has been routed, and have the router hand over all counts.
     *
     * @throws ReplayFailedException if something has failed.
     */
    public void finish() {
        await(router.closeUsageWindow());
    }

    private void await(final CompletableFuture<Long> answer) {
        while (true) {
            failure.throwIfReported();
            try {
                answer.get(FAILURE_CHECK_MS, TimeUnit.MILLISECONDS);
                failure.throwIfReported();
                return;
            } catch (final TimeoutException e) {
                // Look for failures and wait on.
            } catch (final ExecutionException e) {
                reportRefusal(e.getCause());
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ReplayFailedException("interrupted", e);
            }
        }
    }

    // A dependent action may find what was thrown wrapped, in the name of a class that says nothing to the user.
    private void reportRefusal(final Throwable thrown) {
        final Throwable refusal = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        failure.report("the router refused a command: " + refusal.getMessage(), refusal);
    }

    private void backOff() {
        failure.throwIfReported();
        LockSupport.parkNanos(BACK_OFF_NS);
    }

    private static long requireOpen(final long result) {
        if (result == PublishResult.CLOSED) {
            throw new ReplayFailedException("the router has closed while events were still coming", null);
        }
        return result;
    }
}

package io.eventrouter.crash;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.journal.Disk;
import io.eventrouter.journal.FileSystemDisk;
import io.eventrouter.oracle.KeptState;
import io.eventrouter.simulation.RecordText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/**
 * The process that is killed: changes ownership for ever, and writes a line when a change is offered, and one when it
 * is acknowledged. Lines are handed to the system one by one, so that none of an acknowledgement is held back.
 */
final class CrashChild {
    private static final int IN_FLIGHT = 24;

    private final OutputStream lines = new FileOutputStream(FileDescriptor.out);
    private final Semaphore window = new Semaphore(IN_FLIGHT);
    private long offers;

    private CrashChild() {}

    public static void main(final String[] arguments) throws Exception {
        final CrashChild child = new CrashChild();
        final Disk disk = new FileSystemDisk(Path.of(arguments[0]));
        child.run(
                arguments.length == 2
                        ? disk
                        : PausingDisk.of(
                                disk, CrashPoint.valueOf(arguments[2]), Integer.parseInt(arguments[3]), child::tell),
                Long.parseLong(arguments[1]));
    }

    private void run(final Disk disk, final long seed) throws InterruptedException {
        tell("starting");
        final EventRouter router;
        try {
            router = EventRouter.launch(new RouterContext()
                    .maxDevices(CrashFleet.MAX_DEVICES)
                    .maxAccounts(CrashFleet.MAX_ACCOUNTS)
                    .dataDisk(disk)
                    .journalSegmentLength(CrashFleet.SEGMENT_LENGTH)
                    .errorHandler(problem -> tell("error " + problem))
                    .deliveryHandler(delivery -> AttemptOutcome.PENDING));
        } catch (final IllegalStateException refused) {
            tell("unavailable " + refused.getMessage());
            return;
        }
        CrashFleet.devices()
                .forEach(device -> router.ownershipOf(device)
                        .ifPresent(ownership -> tell("device " + device + " " + KeptState.line(ownership))));
        tell("started");
        for (final Command command : CrashFleet.registrations()) {
            offer(router, command);
        }
        final CrashFleet fleet = new CrashFleet(seed);
        while (true) {
            offer(router, fleet.change());
        }
    }

    private void offer(final EventRouter router, final Command command) throws InterruptedException {
        window.acquire();
        final long number = offers++;
        tell("offer " + number + " " + RecordText.write(command));
        final CompletableFuture<Long> acknowledgement = router.submit(command);
        acknowledgement.whenComplete((sequence, problem) -> {
            tell(problem == null ? "kept " + number : "refused " + number + " " + reason(problem));
            window.release();
        });
    }

    private static String reason(final Throwable problem) {
        final Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        return cause instanceof CommandRefusedException refused
                ? refused.refusal().name()
                : cause.toString();
    }

    private synchronized void tell(final String line) {
        try {
            lines.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (final IOException parentIsGone) {
            Runtime.getRuntime().halt(1);
        }
    }
}

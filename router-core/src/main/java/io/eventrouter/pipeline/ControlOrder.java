package io.eventrouter.pipeline;

import io.eventrouter.command.Command;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.routing.SlotLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.collections.IntArrayList;

/**
 * The one order of commands over all lanes: a command takes a place in every lane or in none, and all lanes have all
 * commands in the same order.
 *
 * <p><b>Threading:</b> any thread. Whoever puts a command in holds a lock for as long as taking the places takes;
 * publishers never need it, and a routing thread waits for it only if a handler puts a command in.
 */
final class ControlOrder {
    private static final int MAX_DEVICES_PER_COMMAND = 1_024;
    private static final int[] NOBODY = {};

    private final EventIntake intake;
    private final Lane[] lanes;
    private final LaneMap map;
    private final Semaphore window;
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] places;
    private final boolean[] closing;

    /** Devices that some lane may still have to take online, and how often. */
    private final Map<EntityId, Integer> goingOnline = new HashMap<>();

    private final UnansweredCommands unanswered = new UnansweredCommands();

    private boolean closed;

    /** An empty order; commands in flight have a permit of the window. */
    ControlOrder(final EventIntake intake, final Lane[] lanes, final LaneMap map, final Semaphore window) {
        this.intake = intake;
        this.lanes = lanes;
        this.map = map;
        this.window = window;
        places = new long[lanes.length];
        closing = new boolean[lanes.length];
    }

    /**
     * Put a command in.
     *
     * @param pending the command, which has a permit of the window.
     * @return its sequence, which is that of its place in the first lane; or {@link PublishResult#BACK_PRESSURED} or
     *     {@link PublishResult#CLOSED}.
     */
    long offer(final PendingCommand pending) {
        lock.lock();
        try {
            return place(pending);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Let all lanes know, at one place in the order, that devices timed out in one of them. Those that came online
     * again since are left out. Those that are just coming online wait: either their lane has that still to come, and
     * leaves them out then, or it had, and they timed out afterwards.
     *
     * @param core of the lane; called on its routing thread.
     * @return false if there was no room, or somebody else was putting a command in: they are told later.
     */
    boolean takeOffline(final RoutingCore core) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            final int[] devices = closed ? NOBODY : takeTimedOut(core);
            if (devices.length == 0) {
                return false;
            }
            final boolean hasPermit = window.tryAcquire();
            if (hasPermit && place(PendingCommand.takeOffline(devices)) >= 0) {
                return true;
            }
            window.release(hasPermit ? 1 : 0);
            for (final int device : devices) {
                core.timedOut().addInt(device);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** A command has been carried out by all lanes. */
    void carriedOut(final PendingCommand pending) {
        if (lanes.length > 1 && pending.command instanceof Command.GoOnline online) {
            lock.lock();
            try {
                goingOnline.computeIfPresent(online.device(), (device, times) -> times == 1 ? null : times - 1);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Let nothing in any more but the command that closes the router, which goes behind everything that was let in.
     *
     * @param close the command.
     * @return false if some lane has no room for it yet; nothing else is let in already.
     */
    boolean close(final PendingCommand close) {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                intake.close();
                close.expectAnswers(lanes.length);
            }
            boolean isComplete = true;
            for (int i = 0; i < lanes.length; i++) {
                closing[i] = closing[i] || closeLane(i, close);
                isComplete &= closing[i];
            }
            return isComplete;
        } finally {
            lock.unlock();
        }
    }

    /** The commands that somebody waits for and that were not answered, oldest first. */
    List<PendingCommand> unanswered() {
        lock.lock();
        try {
            return unanswered.list();
        } finally {
            lock.unlock();
        }
    }

    private boolean closeLane(final int lane, final PendingCommand close) {
        final long place = lanes[lane].ring().tryTakeForCommand();
        if (place < 0) {
            return false;
        }
        write(lanes[lane].ring(), place, close);
        lanes[lane].ring().publish(place, 1);
        return true;
    }

    private long place(final PendingCommand pending) {
        pending.sequence = closed ? PublishResult.CLOSED : takePlaces();
        final long sequence = pending.sequence;
        if (sequence < 0) {
            return sequence;
        }
        pending.expectAnswers(lanes.length);
        if (lanes.length > 1 && pending.command instanceof Command.GoOnline online) {
            goingOnline.merge(online.device(), 1, Integer::sum);
        }
        unanswered.add(pending);
        for (int i = 0; i < lanes.length; i++) {
            write(lanes[i].ring(), places[i], pending);
        }
        for (int i = 0; i < lanes.length; i++) {
            lanes[i].ring().publish(places[i], 1);
        }
        return sequence;
    }

    // All lanes or none. Places that were taken for nothing must be published all the same, or their rings stop there.
    private long takePlaces() {
        for (int i = 0; i < lanes.length; i++) {
            places[i] = lanes[i].ring().tryTakeForCommand();
            if (places[i] < 0) {
                for (int taken = 0; taken < i; taken++) {
                    SlotLayout.writeVoid(lanes[taken].ring().address(places[taken]));
                    lanes[taken].ring().publish(places[taken], 1);
                }
                return PublishResult.BACK_PRESSURED;
            }
        }
        return map.sequence(places[0], 0);
    }

    private static void write(final CommandRing ring, final long place, final PendingCommand pending) {
        ring.pending(place, pending);
        SlotLayout.writeCommand(ring.address(place));
    }

    private int[] takeTimedOut(final RoutingCore core) {
        final IntArrayList timedOut = core.timedOut();
        final int[] taken = new int[Math.min(timedOut.size(), MAX_DEVICES_PER_COMMAND)];
        int count = 0;
        for (int i = timedOut.size() - 1; i >= 0 && count < taken.length; i--) {
            final int device = timedOut.getInt(i);
            if (core.isOnline(device)) {
                timedOut.fastUnorderedRemove(i);
            } else if (goingOnline.isEmpty() || !goingOnline.containsKey(core.deviceId(device))) {
                timedOut.fastUnorderedRemove(i);
                taken[count++] = device;
            }
        }
        return Arrays.copyOf(taken, count);
    }
}

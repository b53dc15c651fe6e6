package io.eventrouter.pipeline;

import io.eventrouter.command.Command;
import io.eventrouter.identity.EntityId;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.routing.SlotLayout;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * The one order of commands over all lanes: a command takes a place in every lane or in none, and all lanes have all
 * commands in the same order.
 *
 * <p><b>Threading:</b> any thread. Whoever puts a command in holds the monitor of this for as long as taking the places
 * takes; publishers never need it, and a routing thread needs it only to tell of devices that timed out, or if a
 * handler puts a command in. It is a monitor and no lock, because it is left even when the stack ends inside.
 */
final class ControlOrder {
    private static final int MAX_DEVICES_PER_COMMAND = 1_024;
    private static final int[] NOBODY = {};

    /**
     * Entries for each command that may be in flight: few devices share one with another that is just coming online.
     */
    private static final int DEVICE_ENTRIES_PER_COMMAND = 8;

    private final EventIntake intake;
    private final Lane[] lanes;
    private final LaneMap map;
    private final CommandsInFlight inFlight;
    private final long[] places;
    private final boolean[] closing;
    private final LeftSlots[] lefts;

    /** By a hash of devices: how many commands are on their way that take one of them online. */
    private final int[] goingOnline;

    private final UnansweredCommands unanswered = new UnansweredCommands();

    private volatile boolean closed;

    /** An empty order, with a bound on commands in flight. */
    ControlOrder(final EventIntake intake, final Lane[] lanes, final LaneMap map, final CommandsInFlight inFlight) {
        this.intake = intake;
        this.lanes = lanes;
        this.map = map;
        this.inFlight = inFlight;
        goingOnline = new int[lanes.length == 1 ? 0 : DEVICE_ENTRIES_PER_COMMAND * inFlight.max()];
        places = new long[lanes.length];
        closing = new boolean[lanes.length];
        lefts = new LeftSlots[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            lefts[i] = lanes[i].ring().left();
        }
    }

    /**
     * Put a command in. Its sequence is that of its place in the first lane.
     *
     * @param pending the command, which has no place yet.
     * @return {@link Admission#GRANTED}, or why it has none; nothing has changed then.
     */
    Admission offer(final PendingCommand pending) {
        // Those who wait for others to be answered do not stand in the way of those who have room.
        final Admission admission = closed ? Admission.CLOSED : inFlight.admissionOf(pending);
        return admission == Admission.GRANTED ? place(pending) : admission;
    }

    /**
     * Let all lanes know, at one place in the order, that devices timed out in one of them. Those that came online
     * again since are left out. Those that are just coming online wait: either their lane has that still to come, and
     * leaves them out then, or it had, and they timed out afterwards. So do the few whose hash is that of such a
     * device.
     *
     * @param core of the lane; called on its routing thread.
     * @return false if there was no room: they are told later.
     */
    synchronized boolean takeOffline(final RoutingCore core) {
        final int[] devices = closed ? NOBODY : takeTimedOut(core);
        if (devices.length == 0) {
            return false;
        }
        if (place(PendingCommand.takeOffline(devices)) == Admission.GRANTED) {
            return true;
        }
        for (final int device : devices) {
            core.timedOut().addInt(device);
        }
        return false;
    }

    /** How many commands may be in flight. */
    int maxInFlight() {
        return inFlight.max();
    }

    /** A command has been carried out by all lanes. */
    void carriedOut(final PendingCommand pending) {
        final int device = deviceGoingOnline(pending);
        if (device >= 0) {
            synchronized (this) {
                goingOnline[device]--;
            }
        }
    }

    /**
     * Let nothing in any more but the command that closes the router, which goes behind everything that was let in.
     *
     * @param close the command.
     * @return false if some lane has no room for it yet; nothing else is let in already.
     */
    synchronized boolean close(final PendingCommand close) {
        if (!closed) {
            closed = true;
            inFlight.commands++;
            intake.close();
            close.expectAnswers(lanes.length);
        }
        boolean isComplete = true;
        for (int i = 0; i < lanes.length; i++) {
            closing[i] = closing[i] || closeLane(i, close);
            isComplete &= closing[i];
        }
        return isComplete;
    }

    /** The commands that somebody waits for and that were not answered, oldest first. */
    synchronized List<PendingCommand> unanswered() {
        return unanswered.list();
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

    private synchronized Admission place(final PendingCommand pending) {
        final Admission admission = closed ? Admission.CLOSED : inFlight.admissionOf(pending);
        if (admission != Admission.GRANTED) {
            return admission;
        }
        pending.expectAnswers(lanes.length);
        final int device = deviceGoingOnline(pending);
        Arrays.fill(places, CommandRing.NO_ROOM);
        int taken = 0;
        int published = 0;
        boolean isIn = false;
        try {
            while (taken < lanes.length && (places[taken] = lanes[taken].ring().tryTakeForCommand()) >= 0) {
                taken++;
            }
            if (taken < lanes.length) {
                for (; published < taken; published++) {
                    publishVoid(lanes[published].ring(), places[published]);
                }
                return Admission.RING_FULL;
            }
            pending.sequence = map.sequence(places[0], 0);
            for (int i = 0; i < lanes.length; i++) {
                write(lanes[i].ring(), places[i], pending);
            }
            if (pending.isAwaited) {
                unanswered.add(pending);
            }
            // Assignments alone, so all of them or none: from here on the command is carried out, whatever strikes.
            inFlight.commands++;
            if (pending.isChange) {
                inFlight.changes++;
            }
            if (device >= 0) {
                goingOnline[device]++;
            }
            isIn = true;
            for (; published < lanes.length; published++) {
                lanes[published].ring().publish(places[published], 1);
            }
            return Admission.GRANTED;
        } catch (final Throwable problem) {
            // No calls, no other monitor: the stack may have ended. The routing threads do the rest, so that all lanes
            // have the command, or none.
            for (int i = published; i < places.length; i++) {
                final LeftSlots left = lefts[i];
                final long place = places[i];
                if (place >= 0) {
                    left.claims[(int) place & left.mask] =
                            place + 1 << LeftSlots.COUNT_BITS | (isIn ? LeftSlots.COMMAND : 1);
                    left.isAny = true;
                }
            }
            throw problem;
        }
    }

    // Which entry stands for the device that a command takes online; -1 if there is none, or no other lane to tell.
    private int deviceGoingOnline(final PendingCommand pending) {
        return lanes.length > 1 && pending.command instanceof Command.GoOnline online ? entryOf(online.device()) : -1;
    }

    private int entryOf(final EntityId device) {
        return map.indexOf(device.high(), device.low(), goingOnline.length);
    }

    // A place that was taken for nothing must be published all the same, or its ring stops there.
    private static void publishVoid(final CommandRing ring, final long place) {
        SlotLayout.writeVoid(ring.address(place));
        ring.publish(place, 1);
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
            } else if (goingOnline[entryOf(core.deviceId(device))] == 0) {
                timedOut.fastUnorderedRemove(i);
                taken[count++] = device;
            }
        }
        return Arrays.copyOf(taken, count);
    }
}

package io.eventrouter.simulation;

import io.eventrouter.journal.Disk;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.oracle.StoreReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.SplittableRandom;

/** What processes run on: a disk that outlives them, and a clock. */
class Machine {
    private static final long NEVER = 1L << 50;

    private final SimulatedDisk disk = new SimulatedDisk();
    private SimulatedProcess process = new SimulatedProcess();
    private DiskFault fault = DiskFault.NONE;
    private long powerSeedOfStop;
    private long nowMs;

    Machine(final long startMs) {
        nowMs = startMs;
    }

    long nowMs() {
        return nowMs;
    }

    void moveClock(final long milliseconds) {
        nowMs += milliseconds;
    }

    SimulatedProcess process() {
        return process;
    }

    /** The disk, for a process that begins now. */
    Disk startProcess() {
        process = new SimulatedProcess();
        return process.disk(disk, this);
    }

    /** Whether forcing has an effect. */
    boolean forces(final String file) {
        return true;
    }

    /** Whether writing has an effect, when it does not fail. */
    boolean writes() {
        return true;
    }

    DiskFault fault() {
        return fault;
    }

    void fail(final DiskFault newFault) {
        fault = newFault;
        newFault.set(disk);
    }

    /** Stop the process in the middle of an operation of its disk, and then perhaps cut the power. */
    void stopAt(final int operation, final long powerSeed) {
        disk.stopAt(operation);
        powerSeedOfStop = powerSeed;
    }

    /** What is to happen with the power when the process was stopped. */
    long powerSeedOfStop() {
        return powerSeedOfStop;
    }

    void stopNoMore() {
        disk.stopAt(NEVER);
    }

    /** The process ends; with another seed than 0, so does everything that was not forced, block by block. */
    void end(final long powerSeed) {
        process.end();
        if (powerSeed == 0) {
            disk.kill();
        } else {
            final SplittableRandom random = new SplittableRandom(powerSeed);
            disk.cutPower(random::nextBoolean);
        }
        fail(DiskFault.NONE);
    }

    /** Blocks that a power cut could take. */
    int unforcedBlocks() {
        return disk.unforcedBlocks();
    }

    /** What is kept on the disk, in words. Changes nothing. */
    SortedMap<String, String> kept() {
        try {
            return StoreReader.read(disk.copy(), 1_000, 1_000);
        } catch (final IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}

package io.eventrouter.simulation;

import io.eventrouter.journal.SimulatedDisk;

/** What a disk can do besides working. */
enum DiskFault {
    /** It works. */
    NONE,
    /** It has no room for another byte. */
    FULL,
    /** Writes fail after half of their bytes. */
    WRITES_FAIL,
    /** What was written cannot be forced, and a power cut would take it. */
    FORCES_FAIL;

    void set(final SimulatedDisk disk) {
        disk.capacity(this == FULL ? 0 : Long.MAX_VALUE);
        disk.failWrites(this == WRITES_FAIL);
        disk.failForces(this == FORCES_FAIL);
    }
}

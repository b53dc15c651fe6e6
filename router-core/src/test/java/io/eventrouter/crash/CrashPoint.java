package io.eventrouter.crash;

/** Where a router is killed: before, in the middle of or behind an operation on a file of its data directory. */
enum CrashPoint {
    BEFORE_RECORDS_ARE_WRITTEN("write", "journal-", When.BEFORE),
    IN_THE_MIDDLE_OF_WRITING_RECORDS("write", "journal-", When.IN_THE_MIDDLE),
    BEFORE_RECORDS_ARE_FORCED("force", "journal-", When.BEFORE),
    BEFORE_FORCED_RECORDS_ARE_ACKNOWLEDGED("force", "journal-", When.BEHIND),
    BEFORE_A_SEGMENT_IS_MADE("create", "journal-", When.BEFORE),
    BEHIND_MAKING_A_SEGMENT("create", "journal-", When.BEHIND),
    BEFORE_A_SEGMENT_IS_DELETED("delete", "journal-", When.BEFORE),
    BEFORE_THE_MANIFEST_IS_WRITTEN("write", "manifest", When.BEFORE),
    IN_THE_MIDDLE_OF_WRITING_THE_MANIFEST("write", "manifest", When.IN_THE_MIDDLE),
    BEHIND_FORCING_THE_MANIFEST("force", "manifest", When.BEHIND),
    BEFORE_A_SNAPSHOT_IS_MADE("create", "snapshot-", When.BEFORE),
    IN_THE_MIDDLE_OF_WRITING_A_SNAPSHOT("write", "snapshot-", When.IN_THE_MIDDLE),
    BEFORE_A_SNAPSHOT_IS_FORCED("force", "snapshot-", When.BEFORE),
    BEFORE_A_SNAPSHOT_IS_DELETED("delete", "snapshot-", When.BEFORE),
    BEFORE_THE_DIRECTORY_IS_FORCED("forceDirectory", "", When.BEFORE);

    /** Which part of the operation is done. */
    enum When {
        /** None. */
        BEFORE,
        /** Half of the bytes. */
        IN_THE_MIDDLE,
        /** All. */
        BEHIND
    }

    private final String operation;
    private final String file;
    private final When when;

    CrashPoint(final String operation, final String file, final When when) {
        this.operation = operation;
        this.file = file;
        this.when = when;
    }

    When when() {
        return when;
    }

    boolean isAt(final String doneOperation, final String name) {
        return doneOperation.equals(operation) && name.startsWith(file);
    }
}

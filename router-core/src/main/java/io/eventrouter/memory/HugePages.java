package io.eventrouter.memory;

final class HugePages {
    private HugePages() {}

    static void advise(final long address, final long length) {}
}

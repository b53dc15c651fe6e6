package io.eventrouter.matching;

/** Where the chain of a subscriber's elements starts: in the record of a device, or in a service subscriber. */
interface ChainHeads {
    int head(int subscriber);

    void head(int subscriber, int element);
}

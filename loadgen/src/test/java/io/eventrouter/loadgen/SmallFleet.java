package io.eventrouter.loadgen;

/** A small fleet with one of everything, for tests that need something to refer to. */
final class SmallFleet {
    static final String USER = "aaaaaaaaaaaaaaaaaaaaaa01";
    static final String CUSTOMER = "aaaaaaaaaaaaaaaaaaaaaa02";
    static final String ORGANIZATION = "aaaaaaaaaaaaaaaaaaaaaa03";
    static final String DEVICE = "bbbbbbbbbbbbbbbbbbbbbb01";
    static final String OTHER_DEVICE = "bbbbbbbbbbbbbbbbbbbbbb02";
    static final String NOBODY = "cccccccccccccccccccccc01";
    static final String HOOK = "dddddddddddddddddddddd01";
    static final int PRODUCT = 7;

    static final String JSON = String.join(
            "\n",
            "{\"users\":[{\"id\":\"" + USER + "\",\"username\":\"u@example.com\"}],",
            "\"organizations\":[{\"id\":\"" + ORGANIZATION + "\"}],",
            "\"products\":[{\"id\":7,\"organization_id\":\"" + ORGANIZATION + "\"}],",
            "\"customers\":[{\"id\":\"" + CUSTOMER + "\",\"username\":\"c@example.com\",\"product_id\":7}],",
            "\"devices\":[",
            "{\"id\":\"" + DEVICE + "\",\"product_id\":7,\"subscriptions\":[\"t\"]},",
            "{\"id\":\"" + OTHER_DEVICE + "\",\"product_id\":7}],",
            "\"integrations\":[{\"id\":\"" + HOOK + "\",\"event\":\"t\",\"product_id\":7}],",
            "\"streams\":[{\"id\":\"s\",\"product_id\":7}]}");

    private SmallFleet() {}
}

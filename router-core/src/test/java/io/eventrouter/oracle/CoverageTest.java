package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The random scenarios must reach the situations in which routers go wrong. */
class CoverageTest {
    private static final long SEEDS = 1_000;

    private static final List<String> SITUATIONS = List.of(
            "matched through owner and product",
            "matched through owner only",
            "matched through product only, claimed",
            "matched through product only, unclaimed",
            "matched through a customer",
            "caller's device outside the product matched",
            "two prefixes matched",
            "name is the prefix",
            "prefix of 64 bytes",
            "name equals a prefix but for case",
            "own event matched",
            "system event matched its device",
            "system event subscribed to by another device",
            "payload just fits",
            "payload is one byte too long for the device",
            "empty payload matched",
            "one byte into the next operation",
            "hook event is too long for the device",
            "hook event for a device of a paused account",
            "quarantined member publishes",
            "denied member publishes",
            "empty answer",
            "answer cut",
            "answer of exactly one chunk",
            "unchunked answer",
            "error of an unchunked integration",
            "several chunks routed",
            "offline between two chunks",
            "offline by returned outcome",
            "offline by reported attempts",
            "further attempts reported",
            "failure reported of an offline device",
            "report for a device without account",
            "report while the account is paused",
            "three free subscribers of one event",
            "publish of several operations",
            "device with several usage rows",
            "threshold told",
            "counted: EVENTS_UNROUTABLE",
            "counted: EVENTS_DROPPED_PAUSED",
            "counted: DEVICES_SKIPPED_OFFLINE",
            "counted: DEVICES_SKIPPED_TOO_LARGE",
            "counted: DEVICES_SKIPPED_PAUSED",
            "counted: DEVICES_SKIPPED_NOT_ATTEMPTED",
            "counted: DELIVERIES_TO_INTEGRATIONS",
            "counted: DELIVERIES_TO_LOGIC_FUNCTIONS",
            "counted: DELIVERIES_TO_STREAMS",
            "event refused: INVALID_NAME_LENGTH",
            "event refused: INVALID_NAME_CHARACTER",
            "event refused: RESERVED_NAME",
            "event refused: NAME_NOT_RESERVED",
            "event refused: PAYLOAD_TOO_LONG",
            "event refused: UNKNOWN_DEVICE",
            "event refused: UNKNOWN_USER",
            "event refused: UNKNOWN_PRODUCT",
            "event refused: INVALID_REPORT",
            "command refused: UNKNOWN_DEVICE",
            "command refused: UNKNOWN_USER",
            "command refused: UNKNOWN_OWNER",
            "command refused: UNKNOWN_ORGANIZATION",
            "command refused: UNKNOWN_PRODUCT",
            "command refused: UNKNOWN_INTEGRATION",
            "command refused: UNKNOWN_LOGIC_FUNCTION",
            "command refused: UNKNOWN_STREAM",
            "command refused: ALREADY_REGISTERED",
            "command refused: SUBSCRIPTION_LIMIT",
            "command refused: OWNER_DEVICE_LIMIT",
            "command refused: PRODUCT_DEVICE_LIMIT",
            "command refused: PRODUCT_LIMIT",
            "command refused: SERVICE_LIMIT",
            "command refused: DEVICE_SUBSCRIBE_RATE",
            "command refused: ACCOUNT_SUBSCRIBE_RATE",
            "event refused: DEVICE_RATE_EXCEEDED",
            "event refused: ACCOUNT_RATE_EXCEEDED",
            "event refused after the clock was set back",
            "event let in again by a bucket that has refilled",
            "event accepted: DEVICE",
            "event accepted: API_USER",
            "event accepted: API_PRODUCT",
            "event accepted: LOGIC",
            "event accepted: LOGIC_AS_DEVICE",
            "event accepted: HOOK",
            "event accepted: SYSTEM",
            "system event accepted: API_USER",
            "system event accepted: API_PRODUCT",
            "system event accepted: LOGIC",
            "system event accepted: LOGIC_AS_DEVICE",
            "system event accepted: HOOK");

    @Test
    void shouldReachEverySituation() {
        final CoverageMarks marks = new CoverageMarks();
        final DifferentialCheck check = new DifferentialCheck(NaiveSubject::correct);
        LongStream.range(0, SEEDS).forEach(seed -> check.run(RandomScenario.of(seed), marks));
        final Map<String, Long> counts = marks.counts();
        final List<String> neverReached = SITUATIONS.stream()
                .filter(situation -> !counts.containsKey(situation))
                .toList();
        assertEquals(List.of(), neverReached, () -> "never reached in " + SEEDS + " seeds; reached: " + counts);
    }
}

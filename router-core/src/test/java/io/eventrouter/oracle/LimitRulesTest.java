package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.command.Command;
import io.eventrouter.command.HookTopics;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.EntityId;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits of names and payloads, reserved names and answers (docs/routing-rules.md, sections 2, 4 and 5). */
class LimitRulesTest {
    private static final Policies AFTER = Policies.of(Era.AFTER_2023_03, ProductScope.ALL);
    private static final int X = 1;

    @ParameterizedTest(name = "{0} with a name of {1} and a payload of {2}: {3}, {4}")
    @MethodSource("limits")
    void shouldRefuseWhatIsOverALimit(
            final EventOrigin origin,
            final String name,
            final int payloadLength,
            final String refusal,
            final Implementation implementation) {
        try (RuleBench bench = fleet(implementation)) {
            final Outcome outcome = bench.publish(event(bench, origin, name, payloadLength));
            assertEquals(refusal.equals("none") ? Set.of() : Set.of(refusal), outcome.refusals());
        }
    }

    static Stream<Arguments> limits() {
        final List<Arguments> limits = new ArrayList<>();
        for (final EventOrigin origin : EventOrigin.values()) {
            final String longest = longestName(origin);
            final int longestPayload =
                    origin == EventOrigin.DEVICE || origin.name().startsWith("API") ? 16_384 : 100_000;
            add(limits, origin, longest, longestPayload, "none");
            add(limits, origin, longest + "n", 1, "INVALID_NAME_LENGTH");
            add(limits, origin, longest, longestPayload + 1, "PAYLOAD_TOO_LONG");
        }
        for (final String name : List.of("a\u001f", "a\u007f", "a\u0000", "\u00e9", "\u0130", "a\tb", "a\n")) {
            add(limits, EventOrigin.DEVICE, name, 1, "INVALID_NAME_CHARACTER");
            add(limits, EventOrigin.HOOK, name, 1, "INVALID_NAME_CHARACTER");
        }
        for (final String name : List.of("spark", "Sparkle", "PARTICLE", "particles/x", "sPaRk/y")) {
            add(limits, EventOrigin.DEVICE, name, 1, "RESERVED_NAME");
            add(limits, EventOrigin.SYSTEM, name, 1, "none");
            add(limits, EventOrigin.API_USER, name, 1, "none");
        }
        for (final String name : List.of("spar", "xspark", "particl", " spark", "~ !", "5park", "\u0013park")) {
            add(limits, EventOrigin.DEVICE, name, 1, name.charAt(0) < ' ' ? "INVALID_NAME_CHARACTER" : "none");
        }
        add(limits, EventOrigin.DEVICE, "", 1, "INVALID_NAME_LENGTH");
        add(limits, EventOrigin.SYSTEM, "status", 1, "NAME_NOT_RESERVED");
        return limits.stream();
    }

    /** A system event has to start with a reserved word; no other event needs one. */
    private static String longestName(final EventOrigin origin) {
        final int length = origin == EventOrigin.HOOK ? 255 : 64;
        return origin == EventOrigin.SYSTEM ? "spark" + "n".repeat(length - 5) : "n".repeat(length);
    }

    private static void add(
            final List<Arguments> limits,
            final EventOrigin origin,
            final String name,
            final int payloadLength,
            final String refusal) {
        for (final Implementation implementation : Implementation.values()) {
            limits.add(Arguments.of(origin, name, payloadLength, refusal, implementation));
        }
    }

    private static Publication event(
            final RuleBench bench, final EventOrigin origin, final String name, final int payloadLength) {
        final boolean isToProduct = origin == EventOrigin.API_PRODUCT || origin == EventOrigin.LOGIC;
        final EntityId id = origin == EventOrigin.API_USER ? bench.id("U") : isToProduct ? null : bench.id("p");
        return new Publication(origin, id, isToProduct ? X : 0, name, Payload.of(payloadLength));
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellSystemEventsToTheDeviceConcernedOnlyAndForFree(final Implementation implementation) {
        try (RuleBench bench = fleet(implementation)) {
            final EntityId device = bench.id("p");
            assertEquals(
                    Set.of("p"),
                    bench.receivers(bench.publish(Publication.of(EventOrigin.SYSTEM, device, "spark/status", 2_000))));
            assertEquals(Set.of("p"), bench.receivers(bench.publishHook("p", "sparkle", 10)));
            final Publication call = Publication.byUser(bench.id("U"), "spark/x", 10);
            assertEquals(Set.of(), bench.receivers(bench.publish(call)));
            assertEquals(Operations.NONE, bench.paidByUser("U"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellOfAnAnswerWithAReservedTopicTheDeviceConcernedOnlyAndForFree(final Implementation implementation) {
        for (final boolean unchunked : new boolean[] {false, true}) {
            try (RuleBench bench = fleet(implementation)) {
                final HookTopics topics = new HookTopics("spark/{{{PARTICLE_EVENT_NAME}}}", "hook-error/x", unchunked);
                assertEquals(Set.of("p"), bench.receivers(bench.respond(topics, "p", "t", 600)));
                assertEquals(Operations.NONE, bench.paidByUser("U"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ORACLE, ALL, true",
        "ROUTER, ALL, true",
        "ORACLE, UNCLAIMED_ONLY, true",
        "ROUTER, UNCLAIMED_ONLY, true",
        "ORACLE, HOOK_AND_API_ONLY, false",
        "ROUTER, HOOK_AND_API_ONLY, false"
    })
    void shouldTellAnUnclaimedDeviceOfItsSystemEventsAsItHearsEventsThatDevicesMake(
            final Implementation implementation, final ProductScope scope, final boolean isTold) {
        try (RuleBench bench = new RuleBench(implementation, Policies.of(Era.AFTER_2023_03, scope))
                .user("U")
                .productOfUser(X, "U")
                .device("p", "spark")
                .join("p", X)) {
            final Publication event = Publication.of(EventOrigin.SYSTEM, bench.id("p"), "spark/status", 1);
            assertEquals(isTold ? Set.of("p") : Set.of(), bench.receivers(bench.publish(event)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellTheDeviceConcernedOfWhatFits(final Implementation implementation) {
        try (RuleBench bench = fleet(implementation)) {
            final EntityId device = bench.id("p");
            bench.accept(new Command.SetMaxEventSize(device, 300));
            assertEquals(
                    Set.of("p"),
                    bench.receivers(bench.publish(Publication.of(EventOrigin.SYSTEM, device, "spark/status", 300))));
            assertEquals(
                    Set.of(),
                    bench.receivers(bench.publish(Publication.of(EventOrigin.SYSTEM, device, "spark/status", 301))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ORACLE, 1024, 1024, true",
        "ROUTER, 1024, 1024, true",
        "ORACLE, 1024, 1025, false",
        "ROUTER, 1024, 1025, false",
        "ORACLE, 255, 255, true",
        "ROUTER, 255, 255, true",
        "ORACLE, 255, 256, false",
        "ROUTER, 255, 256, false",
        "ORACLE, 16384, 16384, true",
        "ROUTER, 16384, 16384, true"
    })
    void shouldDeliverWhatFits(
            final Implementation implementation, final int maxSize, final int length, final boolean isDelivered) {
        try (RuleBench bench = fleet(implementation)) {
            bench.accept(new Command.SetMaxEventSize(bench.id("s"), maxSize));
            assertEquals(
                    isDelivered,
                    bench.receivers(bench.publish("p", "t", length)).contains("s"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 1, 1",
        "511, 1, 511",
        "512, 1, 512",
        "513, 2, 1",
        "1025, 3, 1",
        "1300, 3, 276",
        "100000, 196, 160",
        "100001, 196, 160"
    })
    void shouldCutAnAnswerIntoChunks(final int bodyLength, final int chunks, final int lastLength) {
        for (final Implementation implementation : Implementation.values()) {
            try (RuleBench bench = fleet(implementation)) {
                final List<Handed> heard =
                        bench.respond(HookTopics.SANDBOX_DEFAULT, "p", "t", bodyLength).deliveries().stream()
                                .filter(delivery -> delivery.recipient().equals("device:" + bench.id("s")))
                                .toList();
                assertEquals(chunks, heard.size());
                if (chunks > 0) {
                    assertEquals(
                            "hook-response/t/" + (chunks - 1),
                            heard.get(chunks - 1).name());
                    assertEquals(lastLength, heard.get(chunks - 1).payloadLength());
                }
                assertEquals(new Operations(0, chunks), bench.paidByUser("U"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverAnUnchunkedAnswerAsOneEventWithoutSuffix(final Implementation implementation) {
        final HookTopics topics = new HookTopics("hook-response/{{{PARTICLE_EVENT_NAME}}}", "hook-error/x", true);
        try (RuleBench bench = fleet(implementation)) {
            final Outcome outcome = bench.respond(topics, "p", "t", 5_000);
            assertEquals(Set.of("s"), bench.receivers(outcome));
            assertEquals("hook-response/t", outcome.deliveries().get(0).name());
            assertEquals(new Operations(0, 5), bench.paidByUser("U"));
            assertEquals(Set.of(), bench.receivers(bench.respond(topics, "p", "t", 16_385)));
        }
    }

    private static RuleBench fleet(final Implementation implementation) {
        return new RuleBench(implementation, AFTER)
                .user("U")
                .productOfUser(X, "U")
                .device("p", "spark")
                .device("s", "t", "hook-response/", "spark")
                .claim("p", "U")
                .claim("s", "U");
    }
}

package io.eventrouter.oracle;

import io.eventrouter.command.HookTopics;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.EntityId;
import java.util.List;
import java.util.SplittableRandom;

/** Makes random events of every origin, with payloads and names at every limit. */
final class RandomEvents {
    private static final int[] EDGE_LENGTHS = {
        0, 1, 254, 255, 256, 257, 511, 512, 513, 1_022, 1_023, 1_024, 1_025, 1_026, 2_047, 2_048, 2_049, 16_382, 16_383,
        16_384, 16_385, 99_999, 100_000, 100_001
    };
    private static final int[] ANSWER_LENGTHS = {0, 1, 511, 512, 513, 1_024, 1_025, 1_300, 99_999, 100_000, 100_001};
    private static final List<HookTopics> TOPICS = List.of(
            HookTopics.SANDBOX_DEFAULT,
            HookTopics.PRODUCT_DEFAULT,
            topics("hook-response/{{{PARTICLE_EVENT_NAME}}}", false),
            topics("{{PARTICLE_EVENT_NAME}}", false),
            topics("t", true),
            topics("{{{PARTICLE_DEVICE_ID}}}/hook-response/{{PARTICLE_EVENT_NAME}}", true),
            topics("temp{{PRODUCT_ID}}", true),
            topics("{{PRODUCT_ID}}", false),
            topics("{{PRODUCT_ID}}", true),
            topics("spark/{{PARTICLE_EVENT_NAME}}", false),
            topics("n".repeat(250) + "/x", false),
            topics("n".repeat(251) + "/x", false),
            topics("n".repeat(252) + "/x", false),
            topics("n".repeat(255), true),
            topics("n".repeat(230) + "{{PARTICLE_EVENT_NAME}}", false));
    private static final List<AttemptOutcome> ENDS = List.of(
            AttemptOutcome.ACKNOWLEDGED_FIRST,
            AttemptOutcome.ACKNOWLEDGED_SECOND,
            AttemptOutcome.ACKNOWLEDGED_THIRD,
            AttemptOutcome.FAILED);

    private final SplittableRandom random;
    private final ScenarioPools pools;

    RandomEvents(final SplittableRandom random, final ScenarioPools pools) {
        this.random = random;
        this.pools = pools;
    }

    Step published(final EventOrigin origin) {
        return new Step.Publish(new Publication(origin, id(origin), productId(origin), name(origin), payload()));
    }

    Step publishedBy(final EntityId device) {
        return new Step.Publish(
                new Publication(EventOrigin.DEVICE, device, 0, pools.pick(pools.legalNames), smallPayload()));
    }

    Step answer() {
        final int length = ANSWER_LENGTHS[random.nextInt(random.nextInt(4) == 0 ? ANSWER_LENGTHS.length : 7)];
        // Whether an empty answer is refused is not said, so it comes from a device that is known.
        final EntityId device = length == 0 ? pools.device() : pools.deviceOrUnknown();
        return new Step.HookResponse(
                pools.pick(TOPICS),
                random.nextInt(4) == 0,
                device,
                pools.pick(pools.legalNames),
                new Payload(start(), length));
    }

    Step handlerAnswer() {
        final EntityId device = pools.device();
        switch (random.nextInt(9)) {
            case 0:
                return new Step.Answer(device, AttemptOutcome.PENDING);
            case 1:
                return new Step.Answer(device, null);
            case 2:
                return new Step.Answer(device, AttemptOutcome.NOT_ATTEMPTED);
            default:
                return new Step.Answer(device, pools.pick(ENDS));
        }
    }

    Step report() {
        final int operations = pools.rarely() ? 17 : pools.pick(List.of(0, 1, 1, 2, 3, 16));
        final AttemptOutcome outcome = pools.rarely() ? AttemptOutcome.NOT_ATTEMPTED : pools.pick(ENDS);
        return new Step.Report(pools.deviceOrUnknown(), operations, outcome);
    }

    private EntityId id(final EventOrigin origin) {
        switch (origin) {
            case API_USER:
                return pools.userOrOther();
            case API_PRODUCT:
                return random.nextInt(3) == 0 ? null : pools.userOrOther();
            case LOGIC:
                return null;
            default:
                return pools.deviceOrUnknown();
        }
    }

    private int productId(final EventOrigin origin) {
        if (origin != EventOrigin.API_PRODUCT && origin != EventOrigin.LOGIC) {
            return 0;
        }
        return pools.rarely() ? 0 : pools.productOrUnknown();
    }

    private String name(final EventOrigin origin) {
        if (origin == EventOrigin.HOOK && random.nextInt(8) == 0) {
            return pools.pick(List.of("n".repeat(65), "n".repeat(255), "n".repeat(256)));
        }
        return origin == EventOrigin.SYSTEM && random.nextInt(8) != 0 ? pools.reservedName() : pools.name();
    }

    private Payload payload() {
        return random.nextInt(3) == 0
                ? new Payload(start(), EDGE_LENGTHS[random.nextInt(EDGE_LENGTHS.length)])
                : smallPayload();
    }

    private Payload smallPayload() {
        return new Payload(start(), random.nextInt(200));
    }

    private int start() {
        return random.nextInt(Payload.MAX_START);
    }

    private static HookTopics topics(final String response, final boolean unchunked) {
        return new HookTopics(response, "hook-error/{{PARTICLE_EVENT_NAME}}", unchunked);
    }
}

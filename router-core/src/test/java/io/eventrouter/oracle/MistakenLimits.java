package io.eventrouter.oracle;

import io.eventrouter.command.Integration;
import io.eventrouter.command.Refusal;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.limits.RateLimit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The limits with a mistake; each override gives the wrong answer for its mistake only. */
final class MistakenLimits extends NaiveLimits {
    private final Mistake mistake;
    private final NaiveRules rules;
    private final Map<EntityId, Set<EntityId>> everOwned = new HashMap<>();

    MistakenLimits(final Mistake mistake, final NaiveRules rules) {
        super(rules);
        this.mistake = mistake;
        this.rules = rules;
    }

    @Override
    boolean fits(final long before, final int limit) {
        return switch (mistake) {
            case LIMIT_ONE_TOO_LARGE -> before <= limit;
            case LIMIT_ONE_TOO_SMALL -> before + 1 < limit;
            default -> super.fits(before, limit);
        };
    }

    @Override
    Refusal claim(final NaiveDevice device, final EntityId owner) {
        if (mistake != Mistake.LIMIT_NOT_RELEASED_BY_MOVE || device == null || owner.equals(device.owner)) {
            return super.claim(device, owner);
        }
        final Set<EntityId> owned = everOwned.computeIfAbsent(owner, key -> new HashSet<>());
        final Refusal refusal = fits(owned.size(), limits.devicesPerOwner()) ? null : Refusal.OWNER_DEVICE_LIMIT;
        if (refusal == null) {
            owned.add(device.id);
        }
        return refusal;
    }

    @Override
    Refusal service(final Object definition, final Object replacedOrNull) {
        return super.service(definition, mistake == Mistake.REPLACED_SERVICE_COUNTS_TWICE ? null : replacedOrNull);
    }

    @Override
    boolean isCounted(final Object definition) {
        return mistake != Mistake.DISABLED_SERVICE_NOT_COUNTED
                || !(definition instanceof Integration integration)
                || integration.enabled();
    }

    @Override
    boolean refusedTakesTokens() {
        return mistake == Mistake.REFUSED_EVENT_TAKES_TOKEN;
    }

    @Override
    boolean subscribeTakesTokens(final Set<Refusal> refusals) {
        final Set<Refusal> forNumber = Set.of(Refusal.SUBSCRIPTION_LIMIT);
        return mistake == Mistake.REFUSED_SUBSCRIBE_TAKES_TOKEN && refusals.equals(forNumber)
                || super.subscribeTakesTokens(refusals);
    }

    @Override
    AccountId publishingAccount(final Publication event) {
        if (mistake == Mistake.HOOKS_TAKE_TOKENS && event.origin() == EventOrigin.HOOK) {
            return rules.accountOf(rules.fleet.devices.get(event.id()));
        }
        return mistake == Mistake.API_TAKES_NO_TOKENS && event.origin() != EventOrigin.DEVICE
                ? null
                : super.publishingAccount(event);
    }

    @Override
    NaiveBucket bucket(final RateLimit limit) {
        return switch (mistake) {
            case BURST_ONE_TOO_LARGE -> new NaiveBucket(limit.perSecond(), limit.burst() + 1);
            case CLOCK_SET_BACK_REFILLS -> new RefilledByStepBack(limit);
            default -> super.bucket(limit);
        };
    }

    private static final class RefilledByStepBack extends NaiveBucket {
        private final RateLimit limit;
        private NaiveBucket current;
        private long latestMs;

        RefilledByStepBack(final RateLimit limit) {
            super(limit.perSecond(), limit.burst());
            this.limit = limit;
            current = new NaiveBucket(limit.perSecond(), limit.burst());
        }

        @Override
        boolean hasToken(final long nowMs) {
            if (nowMs < latestMs) {
                current = new NaiveBucket(limit.perSecond(), limit.burst());
            }
            latestMs = nowMs;
            return current.hasToken(nowMs);
        }

        @Override
        void take(final long nowMs) {
            current.take(nowMs);
        }
    }
}

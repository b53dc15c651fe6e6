package io.eventrouter.loadgen.load;

import io.eventrouter.command.HookTopics;
import io.eventrouter.event.EventDraft;
import io.eventrouter.loadgen.scenario.AccountGroup;
import io.eventrouter.loadgen.scenario.DeviceGroup;
import io.eventrouter.loadgen.scenario.IntegrationGroup;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;

/** What the services behind the integrations answer. Immutable; any thread. */
final class Answers {
    private static final int SIZE = 11;
    private static final int ERROR = 12;

    private final HookTopics[] topics;
    private final SizeTable[] sizes;
    private final double[] errorShares;
    private final DirectBuffer payload;

    Answers(final List<IntegrationGroup> integrations, final DirectBuffer payload) {
        this.topics = integrations.stream().map(IntegrationGroup::topics).toArray(HookTopics[]::new);
        this.sizes = integrations.stream()
                .map(integration -> new SizeTable(integration.responseSize()))
                .toArray(SizeTable[]::new);
        this.errorShares =
                integrations.stream().mapToDouble(IntegrationGroup::errorShare).toArray();
        this.payload = payload;
    }

    /** Numbers of the integrations that answer an event of a device, claimed or not. */
    static int[] to(
            final List<IntegrationGroup> integrations,
            final DeviceGroup publisher,
            final boolean isClaimed,
            final String eventName) {
        final int[] answering = IntStream.range(0, integrations.size())
                .filter(i -> integrations.get(i).responseSize().max() > 0)
                .filter(i -> isClaimed || !isSandbox(integrations.get(i)))
                .filter(i -> integrations.get(i).isTriggeredBy(publisher, eventName))
                .toArray();
        return answering.length == 0 ? EventSource.NOBODY : answering;
    }

    HookTopics topics(final int integration) {
        return topics[integration];
    }

    boolean isError(final int integration, final long eventBits) {
        return errorShares[integration] > 0
                && Mixing.fraction(Mixing.mix(eventBits, ERROR + (long) integration * ERROR))
                        < errorShares[integration];
    }

    /** Fill in the device and the body of an answer. */
    void fill(final EventDraft answer, final EventDraft trigger, final int integration, final long eventBits) {
        answer.fromHook(trigger.idHigh(), trigger.idLow());
        answer.payload(payload, 0, sizes[integration].draw(Mixing.mix(eventBits, SIZE + (long) integration * ERROR)));
    }

    private static boolean isSandbox(final IntegrationGroup integration) {
        return integration.account().map(AccountGroup::isUser).orElse(false);
    }
}

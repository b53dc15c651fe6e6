package io.eventrouter.loadgen.explain;

import io.eventrouter.command.Integration;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.scope.EventScopes;
import io.eventrouter.loadgen.scope.FleetEvent;
import io.eventrouter.loadgen.scope.HookAnswer;
import io.eventrouter.loadgen.scope.Policies;

/**
 * What the answer of an integration would do, if there is one: who hears its first chunk.
 *
 * @param integration that the event triggers.
 * @param topic name of the first event of the answer.
 * @param isChunked whether there is one such event for every 512 bytes.
 * @param devices that would get it.
 * @param otherDevices those of them whose event it does not answer.
 * @param operations that it would cost, all attempts together.
 */
record AnswerForecast(
        String integration, String topic, boolean isChunked, long devices, long otherDevices, long operations) {
    static AnswerForecast of(
            final Integration integration, final FleetEvent event, final FleetState fleet, final Policies policies) {
        final FleetEvent first = HookAnswer.events(
                        integration.topics(), false, event.publisher(), event.name(), HookAnswer.BYTES_PER_CHUNK)
                .get(0);
        final DeviceJudge judge = new DeviceJudge(first, EventScopes.of(first, fleet, policies), fleet, policies);
        final EntityId asking = event.publisher();
        long devices = 0;
        long otherDevices = 0;
        long operations = 0;
        for (final DeviceState device : fleet.devices()) {
            final Finding finding = judge.judge(device);
            if (finding.isReceived()) {
                devices++;
                otherDevices += device.id().equals(asking) ? 0 : 1;
                operations += finding.operations();
            }
        }
        return new AnswerForecast(
                integration.id(), first.name(), !integration.topics().unchunked(), devices, otherDevices, operations);
    }
}

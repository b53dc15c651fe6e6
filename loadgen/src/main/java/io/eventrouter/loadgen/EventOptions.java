package io.eventrouter.loadgen;

import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventLimits;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.plan.Behaviour;
import io.eventrouter.loadgen.plan.Frequency;
import io.eventrouter.loadgen.plan.PublisherSelection;
import io.eventrouter.loadgen.scenario.Quantities;
import picocli.CommandLine.Option;

/** The options for one event that is published again and again. */
final class EventOptions {
    @Option(
            names = "--event",
            required = true,
            paramLabel = "NAME",
            description = "An event that is published again and again; may be given several times, each with its"
                    + " own options.")
    private String name;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description = "How often each publisher publishes it, such as 10s, 15min or 1day.")
    private String every;

    @Option(
            names = "--publishes-per-day",
            paramLabel = "N",
            description = "The same as a number a day; one of the two has to be given.")
    private String perDay;

    @Option(
            names = "--payload-bytes",
            required = true,
            paramLabel = "SIZE",
            description = "Bytes of its payload, such as 40 or 2KiB.")
    private String payload;

    @Option(
            names = "--from",
            paramLabel = "WHO",
            description = "Who publishes it: all (the default; every device that is online), product:<id>,"
                    + " owner:<id>, device:<id>, api-product:<id> or api-user:<id>.")
    private String from = "all";

    /** What these options say. */
    Behaviour behaviour() {
        checkName(name);
        return new Behaviour(
                name,
                frequency(),
                OptionValue.bytes("--payload-bytes", payload, EventLimits.MAX_PAYLOAD_LENGTH),
                OptionValue.quantity("--from", () -> PublisherSelection.parse(from)));
    }

    // The router's own check, with a device that need not be in any fleet.
    private static void checkName(final String name) {
        final EventDraft draft =
                new EventDraft().fromDevice(EntityId.of(0, 0)).name(name).noPayload();
        final long code = draft.validate();
        if (code < 0) {
            throw new BadInputException("--event: " + draft.explain(code));
        }
    }

    private Frequency frequency() {
        if ((every == null) == (perDay == null)) {
            throw new BadInputException("--event: \"" + name + "\" needs one of --every TIME and"
                    + " --publishes-per-day N: found " + (every == null ? "neither" : "both"));
        }
        if (every != null) {
            return new Frequency(1, OptionValue.seconds("--every", every));
        }
        final long times = OptionValue.quantity("--publishes-per-day", () -> Quantities.number(perDay));
        if (times < 1 || times > Integer.MAX_VALUE) {
            throw new BadInputException("--publishes-per-day: must be in [1, " + Integer.MAX_VALUE + "]; for less than"
                    + " one a day there is --every: value=" + perDay);
        }
        return new Frequency(times, Frequency.SECONDS_PER_DAY);
    }
}

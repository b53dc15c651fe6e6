package io.eventrouter.loadgen.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.eventrouter.command.Command;
import io.eventrouter.command.Integration;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.feed.FleetRouter;
import io.eventrouter.loadgen.fleet.DeviceTable;
import io.eventrouter.loadgen.fleet.FleetFile;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.fleet.Plans;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.InvalidElementException;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonComplaint;
import io.eventrouter.loadgen.replay.UsageTotals;
import io.eventrouter.loadgen.scope.FleetEvent;
import io.eventrouter.loadgen.scope.HookAnswer;
import io.eventrouter.loadgen.trace.HookResponseLines;
import io.eventrouter.loadgen.trace.PublishLines;
import io.eventrouter.loadgen.trace.TraceLineParser;
import io.eventrouter.metering.UsageSnapshot.Totals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Explains one event, and routes it through the real router to see whether that does what the explanation says. */
public final class Explainer {
    private static final String EVENT = "--event: ";

    private final Question question;
    private final FleetFile file;
    private final FleetState fleet;
    private final UsageTotals usage = new UsageTotals();

    private Explainer(final Question question) {
        this.question = question;
        this.file = FleetFile.open(question.fleet(), Plans.load());
        final DeviceTable devices = file.directory().devices();
        this.fleet = new FleetState(device -> devices.outcome(device.high(), device.low()));
    }

    /**
     * Explain an event.
     *
     * @param question to answer.
     * @return the answer.
     * @throws BadInputException if the fleet or the event is wrong.
     * @throws io.eventrouter.loadgen.feed.ReplayFailedException if the router fails.
     */
    public static Answer answer(final Question question) {
        question.fleet().requireRereadable();
        return new Explainer(question).answer();
    }

    private Answer answer() {
        final RouterWitness witness = new RouterWitness(file.directory().devices());
        try (FleetRouter router =
                FleetRouter.launch(file.deviceCount(), file.accountLimit(), question.policies(), witness, usage)) {
            router.load(commands -> file.load(command -> {
                fleet.accept(command);
                commands.accept(command);
            }));
            for (final AccountId account : question.paused()) {
                pause(account, router);
            }
            final Predicate<Finding> isWanted = wanted();
            final List<FleetEvent> events = publish(router);
            router.finish();
            final List<Explanation> explanations = new ArrayList<>();
            for (final FleetEvent event : events) {
                explanations.add(Explanation.of(event, fleet, question.policies(), question.keptOfGroup(), isWanted));
            }
            return new Answer(
                    question,
                    file.directory(),
                    fleet,
                    explanations,
                    forecasts(explanations),
                    disagreements(explanations, witness));
        }
    }

    private void pause(final AccountId account, final FleetRouter router) {
        if (!file.directory().isAccount(account)) {
            throw new BadInputException("--paused: is not an account of the fleet: value=" + account);
        }
        final Command pause = new Command.PauseAccount(account);
        fleet.accept(pause);
        router.feed().submit(pause);
    }

    private Predicate<Finding> wanted() {
        final String about = question.about();
        if (about == null) {
            return finding -> finding.isReceived() || finding.isNear();
        }
        if (!exists(about)) {
            throw new BadInputException("--about: is not a subscriber of the fleet; must be device:<id>,"
                    + " integration:<id>, logic:<id> or stream:<id>: value=" + about);
        }
        return finding -> finding.subscriber().equals(about);
    }

    private boolean exists(final String subscriber) {
        final int colon = subscriber.indexOf(':');
        final String id = subscriber.substring(colon + 1);
        switch (subscriber.substring(0, Math.max(colon, 0))) {
            case "device":
                return isDevice(id);
            case "integration":
                return fleet.integration(id) != null;
            case "logic":
                return fleet.logicFunctions().stream()
                        .anyMatch(function -> function.id().equals(id));
            case "stream":
                return fleet.streams().stream().anyMatch(stream -> stream.id().equals(id));
            default:
                return false;
        }
    }

    private boolean isDevice(final String id) {
        try {
            return fleet.device(EntityId.parse(id)) != null;
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    private List<FleetEvent> publish(final FleetRouter router) {
        final byte[] line = question.event().getBytes(StandardCharsets.UTF_8);
        try {
            return publish(new TraceLineParser().parse(line, 0, line.length), router);
        } catch (final InvalidElementException e) {
            throw new BadInputException(EVENT + e.getMessage());
        } catch (final JsonProcessingException e) {
            throw new BadInputException(EVENT + "not readable as JSON: " + JsonComplaint.describe(e));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final StackOverflowError e) {
            throw new BadInputException(EVENT + "is nested too deeply");
        }
    }

    private List<FleetEvent> publish(final Fields line, final FleetRouter router) {
        final EventDraft draft = new EventDraft();
        final String type = line.textOrNull("type");
        if (type == null) {
            final PublishLines lines = new PublishLines(file.directory());
            lines.fill(draft, line, 0);
            lines.publish(router.feed(), draft, line);
            return List.of(FleetEvent.of(draft));
        }
        if (!type.equals("hook-response")) {
            throw line.error("type", "must be hook-response, or absent for a publish: value=\"" + type + '"');
        }
        final HookResponseLines lines = new HookResponseLines(file.directory());
        final HookResponseLines.Answer answer = lines.fill(draft, line, 0);
        lines.publish(router.feed(), answer, draft, line);
        final FleetEvent whole = FleetEvent.of(draft);
        return HookAnswer.events(answer.topics(), answer.isError(), whole.id(), whole.name(), whole.payloadLength());
    }

    private List<AnswerForecast> forecasts(final List<Explanation> explanations) {
        final List<AnswerForecast> forecasts = new ArrayList<>();
        for (final Explanation explanation : explanations) {
            if (explanation.event().publisher() != null) {
                for (final Integration integration : fleet.integrations()) {
                    if (explanation
                            .receivers()
                            .containsKey(Subscribers.label(RecipientKind.INTEGRATION) + ":" + integration.id())) {
                        forecasts.add(AnswerForecast.of(integration, explanation.event(), fleet, question.policies()));
                    }
                }
            }
        }
        return forecasts;
    }

    private List<String> disagreements(final List<Explanation> explanations, final RouterWitness witness) {
        final List<String> disagreements = new ArrayList<>(witness.repeated());
        final Map<AccountId, Totals> costs = new HashMap<>();
        for (final Explanation explanation : explanations) {
            final String name = explanation.event().name();
            disagreements.addAll(Disagreement.aboutReceivers(name, witness.deliveries(name), explanation.receivers()));
            explanation.costs().forEach((account, totals) -> costs.merge(account, totals, Totals::plus));
        }
        disagreements.addAll(Disagreement.aboutCosts(usage.byAccount(), costs));
        return disagreements;
    }
}

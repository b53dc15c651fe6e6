package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.command.Command;
import io.eventrouter.command.HookTopics;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A router with a small fleet whose members have names, for rules that are tried by hand. */
final class RuleBench implements AutoCloseable {
    static final int LARGEST_EVENT_SIZE = 16_384;

    private final Map<String, EntityId> ids = new HashMap<>();
    private final Map<String, String> namesById = new HashMap<>();
    private final Subject subject;

    RuleBench(final Implementation implementation, final Policies policies) {
        subject = implementation.start(policies);
    }

    EntityId id(final String name) {
        return ids.computeIfAbsent(name, newName -> {
            final EntityId id = EntityId.of(0xe00fce68aabbccddL, ids.size() + 1);
            namesById.put(id.toString(), newName);
            return id;
        });
    }

    RuleBench user(final String name) {
        return accept(new Command.RegisterUser(id(name), 0));
    }

    RuleBench organization(final String name) {
        return accept(new Command.RegisterOrganization(id(name), 0));
    }

    RuleBench productOfUser(final int productId, final String user) {
        return accept(new Command.RegisterProduct(productId, AccountId.user(id(user))));
    }

    RuleBench productOfOrganization(final int productId, final String organization) {
        return accept(new Command.RegisterProduct(productId, AccountId.organization(id(organization))));
    }

    RuleBench customer(final String name, final int productId) {
        return accept(new Command.RegisterCustomer(id(name), productId));
    }

    /** An online device that can receive the largest event. */
    RuleBench device(final String name, final String... prefixes) {
        accept(new Command.RegisterDevice(id(name), LARGEST_EVENT_SIZE));
        accept(new Command.GoOnline(id(name)));
        return subscribe(name, prefixes);
    }

    RuleBench subscribe(final String device, final String... prefixes) {
        for (final String prefix : prefixes) {
            accept(new Command.Subscribe(id(device), prefix));
        }
        return this;
    }

    RuleBench claim(final String device, final String owner) {
        return accept(new Command.Claim(id(device), id(owner)));
    }

    RuleBench join(final String device, final int productId) {
        return accept(new Command.AddToProduct(id(device), productId));
    }

    RuleBench answer(final String device, final AttemptOutcome outcome) {
        subject.perform(new Step.Answer(id(device), outcome));
        return this;
    }

    RuleBench accept(final Command command) {
        final Outcome outcome = subject.perform(new Step.Apply(command));
        assertEquals(Set.of(), outcome.refusals(), command::toString);
        assertEquals(List.of(), outcome.problems(), command::toString);
        return this;
    }

    Outcome perform(final Step step) {
        final Outcome outcome = subject.perform(step);
        assertEquals(List.of(), outcome.problems(), step::toString);
        return outcome;
    }

    Outcome publish(final Publication event) {
        return perform(new Step.Publish(event));
    }

    Outcome publish(final String device, final String name, final int length) {
        return publish(Publication.byDevice(id(device), name, length));
    }

    Outcome publishHook(final String device, final String name, final int length) {
        return publish(Publication.of(EventOrigin.HOOK, id(device), name, length));
    }

    Outcome respond(final HookTopics topics, final String device, final String eventName, final int length) {
        return perform(new Step.HookResponse(topics, false, id(device), eventName, Payload.of(length)));
    }

    /** Who received the events of an outcome, by name; an event that somebody received twice is an error. */
    Set<String> receivers(final Outcome outcome) {
        final Set<String> receivers = new TreeSet<>();
        final Set<String> receipts = new TreeSet<>();
        for (final Handed delivery : outcome.deliveries()) {
            final String id =
                    delivery.recipient().substring(delivery.recipient().indexOf(':') + 1);
            receivers.add(namesById.getOrDefault(id, id));
            assertEquals(true, receipts.add(delivery.recipient() + delivery.name()), () -> "twice: " + delivery);
        }
        return receivers;
    }

    Operations paidByUser(final String user) {
        return subject.usage().of(AccountId.user(id(user)));
    }

    Operations paidByOrganization(final String organization) {
        return subject.usage().of(AccountId.organization(id(organization)));
    }

    Usage usage() {
        return subject.usage();
    }

    @Override
    public void close() {
        subject.close();
    }
}

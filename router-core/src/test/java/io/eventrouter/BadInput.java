package io.eventrouter;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.HookTopics;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.ownership.DeviceOwnership;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Offers anything to every entry point of a router and judges what comes of it by rules of its own: what is wrong must
 * be refused with a reason that fits, in words that say what was wrong, and must leave everything as it was.
 */
final class BadInput implements AutoCloseable {
    private static final long NOW_MS = 1_800_000_000_000L;
    private static final int PRODUCT = 7;
    private static final EntityId USER = EntityId.of(0xa, 1);
    private static final EntityId ORGANIZATION = EntityId.of(0xb, 1);
    private static final EntityId DEVICE = EntityId.of(0xe, 1);
    private static final EntityId OTHER_DEVICE = EntityId.of(0xe, 2);
    private static final EntityId NOBODY = EntityId.of(-1, -1);
    private static final EntityId STRANGER = EntityId.of(-2, -2);
    private static final long PROBE = -1;

    private final EventRouter router;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[100_100]);
    private final EventDraft draft = new EventDraft();
    private long probesHeard;
    private long refusedInputs;
    private long acceptedInputs;

    BadInput() {
        router = EventRouter.launch(new RouterContext()
                .useInvoker(true)
                .maxDevices(100)
                .maxAccounts(100)
                .ringSlots(2_048)
                // No window of usage ends: whatever is counted is counted because of an input.
                .epochClock(() -> NOW_MS)
                .deliveryHandler(delivery -> {
                    probesHeard += delivery.event().correlationId() == PROBE ? 1 : 0;
                    return AttemptOutcome.PENDING;
                }));
        router.execute(new Command.RegisterUser(USER, 0));
        router.execute(new Command.RegisterOrganization(ORGANIZATION, 0));
        router.execute(new Command.RegisterProduct(PRODUCT, AccountId.organization(ORGANIZATION)));
        for (final EntityId device : List.of(DEVICE, OTHER_DEVICE)) {
            router.execute(new Command.RegisterDevice(device));
            router.execute(new Command.Claim(device, USER));
        }
        router.execute(new Command.Subscribe(DEVICE, "probe"));
        router.execute(new Command.GoOnline(DEVICE));
    }

    long refusedInputs() {
        return refusedInputs;
    }

    long acceptedInputs() {
        return acceptedInputs;
    }

    /** Offer what the choices say, until they are used up; what is wrong with the answers, empty if nothing is. */
    List<String> offer(final Choices choices) {
        final List<String> findings = new ArrayList<>();
        do {
            switch (choices.below(8)) {
                case 0, 1, 2 -> publish(choices, findings);
                case 3 -> hookResponse(choices, findings);
                case 4 -> report(choices, findings);
                case 5, 6 -> command(choices, findings);
                default -> settings(choices, findings);
            }
        } while (!choices.isUsedUp() && findings.isEmpty());
        probe(findings);
        return findings;
    }

    // Events

    private record Name(int length, boolean isPrintable, boolean isReserved) {
        static final Name NONE = new Name(-1, true, false);

        static Name of(final String text) {
            if (text == null) {
                return NONE;
            }
            final String lowerCase = text.toLowerCase(Locale.ROOT);
            return new Name(
                    text.length(),
                    text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E),
                    lowerCase.startsWith("particle") || lowerCase.startsWith("spark"));
        }
    }

    private void publish(final Choices choices, final List<String> findings) {
        final EventDraft event = choices.below(16) == 0 ? new EventDraft() : draft;
        final Set<RouterCounter> reasons = new TreeSet<>();
        final int origin = event == draft ? choices.below(7) : -1;
        setOrigin(event, origin, choices, reasons);
        final Name name = setName(event, choices);
        final int payloadLength = setPayload(event, choices);
        final boolean isIncomplete = origin < 0 || name == Name.NONE || payloadLength < 0;
        if (isIncomplete) {
            reasons.clear();
            reasons.add(RouterCounter.EVENTS_REFUSED_INCOMPLETE_DRAFT);
        } else {
            judgeName(origin, name, reasons);
            if (payloadLength > (origin < 3 ? 16_384 : 100_000)) {
                reasons.add(RouterCounter.EVENTS_REFUSED_PAYLOAD_TOO_LONG);
            }
        }
        final Map<RouterCounter, Long> before = fingerprint();
        final long result = choices.flip() ? router.publish(event) : publishAmongOthers(event);
        judge(event, result, reasons, 1, before, findings);
    }

    private long publishAmongOthers(final EventDraft event) {
        final long[] results = new long[1];
        router.publishAll(new EventDraft[] {event}, 1, results);
        return results[0];
    }

    // Origins in the order of the enumeration: the rules here share nothing with it.
    private static void setOrigin(
            final EventDraft event, final int origin, final Choices choices, final Set<RouterCounter> reasons) {
        final boolean isKnown = choices.below(4) > 0;
        final EntityId device = isKnown ? OTHER_DEVICE : NOBODY;
        switch (origin) {
            case -1 -> {
                return;
            }
            case 0 -> event.fromDevice(device);
            case 1 -> event.fromUser(isKnown ? USER : NOBODY);
            case 2 -> event.toProduct(isKnown ? PRODUCT : choices.number() | 8, choices.flip() ? USER : null);
            case 3 -> event.fromLogic(isKnown ? PRODUCT : choices.number() | 8);
            case 4 -> event.fromLogicAsDevice(device);
            case 5 -> event.fromHook(device);
            default -> event.fromSystem(device);
        }
        if (!isKnown) {
            reasons.add(
                    origin == 1
                            ? RouterCounter.EVENTS_REFUSED_UNKNOWN_USER
                            : origin == 2 || origin == 3
                                    ? RouterCounter.EVENTS_REFUSED_UNKNOWN_PRODUCT
                                    : RouterCounter.EVENTS_REFUSED_UNKNOWN_DEVICE);
        }
    }

    private Name setName(final EventDraft event, final Choices choices) {
        final String text = choices.text();
        if (text == null || choices.flip() || text.chars().anyMatch(c -> c > 0xFF)) {
            event.name(text);
            return Name.of(text);
        }
        final int offset = choices.below(8) == 0 ? choices.number() : choices.below(100);
        final int length = choices.below(8) == 0 ? choices.number() : text.length();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[400]);
        for (int i = 0; i < text.length(); i++) {
            if (offset >= 0 && offset + (long) i < buffer.capacity()) {
                buffer.putByte(offset + i, (byte) text.charAt(i));
            }
        }
        event.name(buffer, offset, length);
        if (offset < 0 || length < 0 || (long) offset + length > buffer.capacity()) {
            return Name.NONE;
        }
        final StringBuilder name = new StringBuilder();
        for (int i = 0; i < length; i++) {
            name.append((char) (buffer.getByte(offset + i) & 0xFF));
        }
        return Name.of(name.toString());
    }

    // The length, or -1 if the payload is not inside its buffer.
    private int setPayload(final EventDraft event, final Choices choices) {
        final int kind = choices.below(16);
        if (kind == 0) {
            event.payload(null, choices.number(), choices.number());
            return -1;
        }
        final int offset = kind < 4 ? choices.number() : choices.below(100);
        final int length = kind < 8 ? choices.number() : choices.below(256);
        event.payload(bytes, offset, length);
        return offset < 0 || length < 0 || (long) offset + length > bytes.capacity() ? -1 : length;
    }

    private static void judgeName(final int origin, final Name name, final Set<RouterCounter> reasons) {
        if (name.length() == 0 || name.length() > (origin == 5 ? 255 : 64)) {
            reasons.add(RouterCounter.EVENTS_REFUSED_INVALID_NAME_LENGTH);
        }
        if (!name.isPrintable()) {
            reasons.add(RouterCounter.EVENTS_REFUSED_INVALID_NAME_CHARACTER);
        }
        if (origin == 0 && name.isReserved()) {
            reasons.add(RouterCounter.EVENTS_REFUSED_RESERVED_NAME);
        }
        if (origin == 6 && !name.isReserved()) {
            reasons.add(RouterCounter.EVENTS_REFUSED_NAME_NOT_RESERVED);
        }
    }

    private void hookResponse(final Choices choices, final List<String> findings) {
        final Set<RouterCounter> reasons = new TreeSet<>();
        final int origin = choices.below(8) == 0 ? 0 : 5;
        setOrigin(draft, origin, choices, reasons);
        final Name name = setName(draft, choices);
        final int payloadLength = setPayload(draft, choices);
        final boolean isError = choices.flip();
        if (origin != 5 || name == Name.NONE || payloadLength < 0) {
            reasons.clear();
            reasons.add(RouterCounter.EVENTS_REFUSED_INCOMPLETE_DRAFT);
        } else {
            judgeName(5, name, reasons);
        }
        final int body = Math.min(payloadLength, 100_000);
        final int chunks = (body + 511) / 512;
        final int digits = chunks <= 10 ? 1 : chunks <= 100 ? 2 : 3;
        // "hook-response/" or "hook-error/", the name, a slash and the number of the last chunk.
        if (body > 0 && (isError ? 11 : 14) + name.length() + 1 + digits > 255) {
            reasons.add(RouterCounter.EVENTS_REFUSED_INVALID_NAME_LENGTH);
        }
        final Map<RouterCounter, Long> before = fingerprint();
        final long result = router.publishHookResponse(HookTopics.SANDBOX_DEFAULT, isError, draft);
        judge(draft, result, reasons, chunks, before, findings);
    }

    private void judge(
            final EventDraft event,
            final long result,
            final Set<RouterCounter> reasons,
            final int events,
            final Map<RouterCounter, Long> before,
            final List<String> findings) {
        drain();
        final Map<RouterCounter, Long> moved = moved(before);
        final Map<RouterCounter, Long> refusals = new EnumMap<>(RouterCounter.class);
        moved.forEach((counter, count) -> {
            if (counter.name().startsWith("EVENTS_REFUSED")) {
                refusals.put(counter, count);
            }
        });
        final String what = "result=" + result + ", allowed=" + reasons + ", moved=" + moved + ", origin="
                + event.origin() + ", nameLength=" + event.nameLength() + ", payloadLength=" + event.payloadLength();
        if (reasons.isEmpty()) {
            acceptedInputs++;
            if (result < 0 || !refusals.isEmpty() || moved.getOrDefault(RouterCounter.EVENTS_ACCEPTED, 0L) != events) {
                findings.add("should be accepted: " + what);
            }
            return;
        }
        refusedInputs++;
        final RouterCounter reason =
                refusals.isEmpty() ? null : refusals.keySet().iterator().next();
        if (refusals.size() != 1 || !reasons.contains(reason) || !moved.keySet().equals(refusals.keySet())) {
            findings.add("should be refused for one reason and change nothing else: " + what);
        } else if (result < 0 && (RouterCounter.ofRefusal(result) != reason || refusals.get(reason) != 1)) {
            findings.add("should be counted once under what was answered: " + what);
        } else if (result < 0) {
            judgeWords(event, result, findings);
        }
    }

    private static void judgeWords(final EventDraft event, final long code, final List<String> findings) {
        final String words = event.explain(code);
        final boolean isClear;
        if (code == PublishResult.INVALID_NAME_LENGTH) {
            isClear = words.matches("(?s).*(64|255)].*=.*");
        } else if (code == PublishResult.PAYLOAD_TOO_LONG) {
            isClear = words.contains("length=" + event.payloadLength()) && words.matches(".*(16384|100000)].*");
        } else if (code == PublishResult.INVALID_NAME_CHARACTER) {
            isClear = words.contains("0x7E") && words.contains("position=");
        } else {
            isClear = !words.isEmpty();
        }
        if (!isClear) {
            findings.add("does not say value and limit: " + words);
        }
    }

    // Reports

    private void report(final Choices choices, final List<String> findings) {
        final boolean isKnown = choices.flip();
        final EntityId device = isKnown ? OTHER_DEVICE : NOBODY;
        final int operations = choices.below(3) == 0 ? choices.number() : choices.below(20);
        final int ordinal = choices.below(6);
        final boolean isRight = isKnown && ordinal < 5 && operations >= 0 && operations <= 16;
        final Map<RouterCounter, Long> before = fingerprint();
        final long result = router.reportAttempts(
                device.high(), device.low(), operations, ordinal < 5 ? AttemptOutcome.of(ordinal) : null);
        drain();
        final Map<RouterCounter, Long> moved = moved(before);
        final RouterCounter expected =
                isRight ? RouterCounter.ATTEMPT_REPORTS_APPLIED : RouterCounter.ATTEMPT_REPORTS_REFUSED;
        if (moved.getOrDefault(expected, 0L) != 1 || !isRight && moved.size() != 1 || isRight && result < 0) {
            findings.add("report: known=" + isKnown + ", operations=" + operations + ", outcome=" + ordinal
                    + ", result=" + result + ", moved=" + moved);
        }
        count(isRight);
    }

    // Commands

    private void command(final Choices choices, final List<String> findings) {
        final int kind = choices.below(13);
        final int number = choices.number();
        final String text = choices.text();
        final boolean isName64 = isText(text, 1, 64);
        final EntityId device = choices.below(8) == 0 ? null : choices.flip() ? OTHER_DEVICE : STRANGER;
        final boolean isDevice = device != null;
        switch (kind) {
            case 0 ->
                make(
                        isDevice && number >= 255 && number <= 16_384,
                        () -> new Command.RegisterDevice(device, number),
                        findings);
            case 1 ->
                make(
                        isDevice && number >= 255 && number <= 16_384,
                        () -> new Command.SetMaxEventSize(device, number),
                        findings);
            case 2 -> make(isDevice && isName64, () -> new Command.Subscribe(device, text), findings);
            case 3 -> make(isDevice && isName64, () -> new Command.Unsubscribe(device, text), findings);
            case 4 -> make(isDevice && number > 0, () -> new Command.AddToProduct(device, number), findings);
            case 5 -> make(isDevice && number > 0, () -> new Command.RegisterCustomer(device, number), findings);
            case 6 -> {
                final long perMonth = (long) number << choices.below(33);
                make(
                        isDevice && perMonth >= 0 && perMonth <= 1_000_000_000_000_000L,
                        () -> new Command.SetOperationsPerMonth(AccountId.user(device), perMonth),
                        findings);
            }
            case 7 ->
                make(
                        isName64 && isText(text, 1, 64) && number > 0,
                        () -> new Command.PutIntegration(new Integration(
                                text,
                                ScopeId.product(number),
                                List.of(),
                                text,
                                null,
                                true,
                                HookTopics.PRODUCT_DEFAULT)),
                        findings);
            case 8 ->
                make(
                        isText(text, 1, 255) && number > 0,
                        () -> new Command.PutLogicFunction(
                                new LogicFunction("f", true, List.of(new LogicFunction.Trigger(number, text, true)))),
                        findings);
            case 9 ->
                make(
                        isText(text, 1, 64) && isDevice,
                        () -> new Command.OpenStream(new EventStream(text, ScopeId.owner(device), null, "")),
                        findings);
            case 10 ->
                make(
                        isText(text, 0, 64),
                        () -> new Command.OpenStream(new EventStream("s", ScopeId.owner(NOBODY), null, text)),
                        findings);
            case 11 -> {
                final HookTopics topics =
                        build(isText(text, 1, 255), () -> new HookTopics(text, text, false), findings);
                count(topics != null);
            }
            default -> {
                final String id = choices.flip() ? text : USER.toString().substring(0, 23) + (char) number;
                final EntityId parsed = build(
                        id != null && id.matches("[0-9a-fA-F]{24}"),
                        () -> EntityId.parse(id == null ? "" : id),
                        findings);
                count(parsed != null);
            }
        }
    }

    private static boolean isText(final String text, final int least, final int most) {
        return text != null
                && text.length() >= least
                && text.length() <= most
                && text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E);
    }

    private void make(final boolean isRight, final Supplier<Command> constructor, final List<String> findings) {
        final Command command = build(isRight, constructor, findings);
        count(command != null);
        if (command == null) {
            return;
        }
        final Map<RouterCounter, Long> before = fingerprint();
        final Optional<DeviceOwnership> owned = router.ownershipOf(OTHER_DEVICE);
        final CompletableFuture<Long> answer = router.submit(command);
        drain();
        try {
            answer.join();
        } catch (final CompletionException refused) {
            final boolean isClear = refused.getCause() instanceof CommandRefusedException
                    && refused.getCause().getMessage().contains("=");
            if (!isClear || !isOneRefusedCommand(moved(before)) || !owned.equals(router.ownershipOf(OTHER_DEVICE))) {
                findings.add("refused and yet: " + command + ", moved=" + moved(before) + ", " + refused.getCause());
            }
        }
    }

    // Some reasons have a counter of their own beside that of all.
    private static boolean isOneRefusedCommand(final Map<RouterCounter, Long> moved) {
        return moved.getOrDefault(RouterCounter.COMMANDS_REFUSED, 0L) == 1
                && moved.size() <= 2
                && moved.entrySet().stream()
                        .allMatch(
                                entry -> entry.getKey().name().startsWith("COMMANDS_REFUSED") && entry.getValue() == 1);
    }

    // What is wrong is refused by exactly two kinds of exceptions, in words with the value or its name.
    private static <T> T build(final boolean isRight, final Supplier<T> constructor, final List<String> findings) {
        try {
            final T built = constructor.get();
            if (!isRight) {
                findings.add("should be refused: " + built);
            }
            return built;
        } catch (final IllegalArgumentException | NullPointerException refused) {
            final String words = String.valueOf(refused.getMessage());
            if (isRight || words.equals("null") || words.chars().anyMatch(c -> c < 0x20)) {
                findings.add("refused, or in words that do not help: right=" + isRight + ", words=" + words);
            }
            return null;
        }
    }

    // Settings

    private void settings(final Choices choices, final List<String> findings) {
        final int value = choices.number();
        final RouterContext context = new RouterContext().deliveryHandler(delivery -> AttemptOutcome.PENDING);
        final boolean isRight;
        switch (choices.below(6)) {
            case 0 -> {
                context.maxDevices(value);
                isRight = value >= 1 && value <= (1 << 27) - 1;
            }
            case 1 -> {
                context.maxAccounts(value);
                isRight = value >= 1 && value <= (1 << 27) - 2;
            }
            case 2 -> {
                context.subscriptionsPerDevice(value);
                isRight = value >= 1;
            }
            case 3 -> {
                context.lanes(value);
                isRight = Set.of(1, 2, 4, 8, 16, 32, 64).contains(value);
            }
            case 4 -> {
                context.ringSlots(value);
                isRight = value >= 2_048
                        && value <= 1 << 22
                        && Integer.toBinaryString(value).lastIndexOf('1') == 0;
            }
            default -> {
                context.usageWindow(value, java.util.concurrent.TimeUnit.MILLISECONDS);
                isRight = value >= 100;
            }
        }
        try {
            context.take();
            if (!isRight) {
                findings.add("setting should be refused: value=" + value);
            }
        } catch (final IllegalArgumentException refused) {
            if (isRight || !refused.getMessage().contains("=" + value)) {
                findings.add("setting: value=" + value + ", words=" + refused.getMessage());
            }
        }
        count(isRight);
    }

    // What everything leaves as it was

    private void count(final boolean isAccepted) {
        acceptedInputs += isAccepted ? 1 : 0;
        refusedInputs += isAccepted ? 0 : 1;
    }

    private Map<RouterCounter, Long> fingerprint() {
        final Map<RouterCounter, Long> counters = new EnumMap<>(RouterCounter.class);
        for (final RouterCounter counter : RouterCounter.values()) {
            counters.put(counter, router.counter(counter));
        }
        return counters;
    }

    private Map<RouterCounter, Long> moved(final Map<RouterCounter, Long> before) {
        final Map<RouterCounter, Long> moved = new EnumMap<>(RouterCounter.class);
        fingerprint().forEach((counter, count) -> {
            if (!count.equals(before.get(counter))) {
                moved.put(counter, count - before.get(counter));
            }
        });
        return moved;
    }

    // Whatever was offered, the next right event is heard by whom it is meant for.
    private void probe(final List<String> findings) {
        final long before = probesHeard;
        final long result = router.publish(
                draft.fromDevice(DEVICE).name("probe").noPayload().correlationId(PROBE));
        draft.correlationId(0);
        drain();
        if (result < 0 || probesHeard != before + 1) {
            findings.add("a right event was not heard: result=" + result + ", heard=" + (probesHeard - before));
        }
    }

    private void drain() {
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        router.close();
    }
}

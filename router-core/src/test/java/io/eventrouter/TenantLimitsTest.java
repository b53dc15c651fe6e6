package io.eventrouter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.status.RouterCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every limit of a tenant at its edge: what fits is let in, one more is refused with its code, and what goes frees
 * room.
 */
@Timeout(300)
class TenantLimitsTest {
    private static final EntityId ANN = EntityId.of(1, 1);
    private static final EntityId BOB = EntityId.of(1, 2);
    private static final EntityId ACME = EntityId.of(2, 1);
    private static final int PRODUCT = 7;

    private final List<Long> refusedEvents = new ArrayList<>();
    private long nowMs = 1_795_000_000_000L;
    private EventRouter router;

    @AfterEach
    void close() {
        if (router != null) {
            router.close();
        }
    }

    private void start(final TenantLimits limits) {
        start(context(limits));
    }

    private RouterContext context(final TenantLimits limits) {
        return new RouterContext()
                .useInvoker(true)
                .ringSlots(2_048)
                .epochClock(() -> nowMs)
                .tenantLimits(limits)
                .refusalHandler((event, code) -> refusedEvents.add(code))
                .deliveryHandler(delivery -> AttemptOutcome.PENDING);
    }

    private void start(final RouterContext context) {
        router = EventRouter.launch(context);
        execute(new Command.RegisterUser(ANN, 0));
        execute(new Command.RegisterUser(BOB, 0));
        execute(new Command.RegisterOrganization(ACME, 0));
        execute(new Command.RegisterProduct(PRODUCT, AccountId.organization(ACME)));
        for (int i = 1; i <= 5; i++) {
            execute(new Command.RegisterDevice(device(i)));
        }
    }

    @Test
    void shouldRefuseOneDeviceMoreThanAnOwnerMayHaveUntilOneGoes() {
        start(new TenantLimits().devicesPerOwner(2));
        execute(new Command.Claim(device(1), ANN));
        execute(new Command.Claim(device(2), ANN));
        execute(new Command.Claim(device(2), ANN));

        refuse(new Command.Claim(device(3), ANN), Refusal.OWNER_DEVICE_LIMIT, "devicesPerOwner=2");
        execute(new Command.Claim(device(3), BOB));
        execute(new Command.Claim(device(1), BOB));
        refuse(new Command.Claim(device(4), BOB), Refusal.OWNER_DEVICE_LIMIT, "devicesPerOwner=2");
        execute(new Command.Claim(device(4), ANN));
        refuse(new Command.Claim(device(5), ANN), Refusal.OWNER_DEVICE_LIMIT, "devicesPerOwner=2");
        execute(new Command.Unclaim(device(4)));
        execute(new Command.Unclaim(device(4)));
        execute(new Command.Claim(device(5), ANN));
        refuse(new Command.Claim(device(4), ANN), Refusal.OWNER_DEVICE_LIMIT, "devicesPerOwner=2");
        assertEquals(4, router.counter(RouterCounter.COMMANDS_REFUSED_OWNER_DEVICE_LIMIT));
    }

    @Test
    void shouldRefuseOneDeviceMoreThanAProductMayHaveUntilOneGoes() {
        start(new TenantLimits().devicesPerProduct(2));
        execute(new Command.RegisterProduct(8, AccountId.user(ANN)));
        execute(new Command.AddToProduct(device(1), PRODUCT));
        execute(new Command.AddToProduct(device(2), PRODUCT));
        execute(new Command.SetDeviceFlags(device(2), true, true, null));

        refuse(new Command.AddToProduct(device(3), PRODUCT), Refusal.PRODUCT_DEVICE_LIMIT, "devicesPerProduct=2");
        execute(new Command.AddToProduct(device(2), 8));
        execute(new Command.AddToProduct(device(3), PRODUCT));
        execute(new Command.RemoveFromProduct(device(1)));
        execute(new Command.RemoveFromProduct(device(1)));
        execute(new Command.AddToProduct(device(4), PRODUCT));
        refuse(new Command.AddToProduct(device(5), PRODUCT), Refusal.PRODUCT_DEVICE_LIMIT, "devicesPerProduct=2");
        assertEquals(2, router.counter(RouterCounter.COMMANDS_REFUSED_PRODUCT_DEVICE_LIMIT));
    }

    @Test
    void shouldRefuseOneProductMoreThanAnAccountMayHave() {
        start(new TenantLimits().productsPerAccount(2));
        execute(new Command.RegisterProduct(8, AccountId.organization(ACME)));
        refuse(
                new Command.RegisterProduct(9, AccountId.organization(ACME)),
                Refusal.PRODUCT_LIMIT,
                "productsPerAccount=2");
        execute(new Command.RegisterProduct(9, AccountId.user(ANN)));
        assertEquals(1, router.counter(RouterCounter.COMMANDS_REFUSED_PRODUCT_LIMIT));
    }

    @Test
    void shouldRefuseOneServiceMoreThanAScopeMayHaveUntilOneGoes() {
        start(new TenantLimits().servicesPerScope(2));
        execute(new Command.PutIntegration(Integration.ofProduct("i", PRODUCT, "temp")));
        execute(new Command.OpenStream(EventStream.of("s", ScopeId.product(PRODUCT))));
        execute(new Command.PutIntegration(Integration.ofProduct("i", PRODUCT, "other")));
        execute(new Command.EnableIntegration("i", false));

        final Command another = new Command.PutIntegration(Integration.ofProduct("j", PRODUCT, "temp"));
        refuse(another, Refusal.SERVICE_LIMIT, "servicesPerScope=2");
        execute(new Command.PutIntegration(Integration.ofUser("i", ANN, "temp")));
        execute(another);
        refuse(
                new Command.OpenStream(EventStream.of("t", ScopeId.product(PRODUCT))),
                Refusal.SERVICE_LIMIT,
                "servicesPerScope=2");
        execute(new Command.CloseStream("s"));
        execute(new Command.OpenStream(EventStream.of("t", ScopeId.product(PRODUCT))));
        assertEquals(2, router.counter(RouterCounter.COMMANDS_REFUSED_SERVICE_LIMIT));
    }

    @Test
    void shouldRefuseToSubscribeFasterThanADeviceAndAnAccountMay() {
        start(new TenantLimits().subscribeRatePerDevice(1, 2).subscribeRatePerAccount(1, 3));
        for (int i = 1; i <= 2; i++) {
            execute(new Command.Claim(device(i), ANN));
        }
        execute(new Command.Subscribe(device(1), "a"));
        execute(new Command.Subscribe(device(1), "b"));
        refuse(
                new Command.Subscribe(device(1), "c"),
                Refusal.DEVICE_SUBSCRIBE_RATE,
                "subscribeRatePerDevice=1/s, burst 2");
        execute(new Command.Unsubscribe(device(1), "a"));
        execute(new Command.Subscribe(device(2), "a"));
        refuse(
                new Command.Subscribe(device(2), "b"),
                Refusal.ACCOUNT_SUBSCRIBE_RATE,
                "subscribeRatePerAccount=1/s, burst 3");
        nowMs += 1_000;
        execute(new Command.Subscribe(device(1), "c"));
        assertEquals(1, router.counter(RouterCounter.COMMANDS_REFUSED_DEVICE_SUBSCRIBE_RATE));
        assertEquals(1, router.counter(RouterCounter.COMMANDS_REFUSED_ACCOUNT_SUBSCRIBE_RATE));
    }

    @Test
    void shouldRefuseEventsBeyondTheRateWithoutChargingOrDeliveringThem() {
        start(new TenantLimits().publishRatePerDevice(1, 2).publishRatePerAccount(1, 3));
        execute(new Command.Claim(device(1), ANN));
        execute(new Command.Claim(device(2), ANN));
        publish(device(1), 3);
        publish(device(2), 2);
        drain();

        assertEquals(List.of(PublishResult.DEVICE_RATE_EXCEEDED, PublishResult.ACCOUNT_RATE_EXCEEDED), refusedEvents);
        assertEquals(1, router.counter(RouterCounter.EVENTS_REFUSED_DEVICE_RATE_EXCEEDED));
        assertEquals(1, router.counter(RouterCounter.EVENTS_REFUSED_ACCOUNT_RATE_EXCEEDED));
        assertEquals(3, router.counter(RouterCounter.EVENTS_ACCEPTED));
        assertEquals(3, router.counter(RouterCounter.PUBLISH_OPERATIONS));
        nowMs += 1_000;
        publish(device(2), 1);
        drain();
        assertEquals(4, router.counter(RouterCounter.EVENTS_ACCEPTED));
    }

    @Test
    void shouldTakeTheTimeAtWhichAnEventWasReceived() {
        start(new TenantLimits().publishRatePerDevice(1, 1));
        execute(new Command.Claim(device(1), ANN));
        final EventDraft draft = new EventDraft().fromDevice(device(1)).name("temp");
        for (int second = 0; second < 10; second++) {
            router.publish(draft.publishedAtMs(nowMs + second * 1_000L));
            router.publish(draft);
        }
        drain();
        assertEquals(10, router.counter(RouterCounter.EVENTS_ACCEPTED));
        assertEquals(10, router.counter(RouterCounter.EVENTS_REFUSED_DEVICE_RATE_EXCEEDED));
    }

    @Test
    void shouldLeaveRoomInTheRingForOthersWhateverOneDevicePublishes() {
        start(new TenantLimits().ringSharePerPublisher(16));
        final EventDraft draft = new EventDraft().fromDevice(device(1)).name("flood");
        int accepted = 0;
        while (router.publish(draft) >= 0) {
            accepted++;
        }
        assertTrue(accepted >= 1_024 && accepted <= 1_024 + 2_048 / 16, "accepted=" + accepted);
        assertEquals(PublishResult.RING_SHARE_EXCEEDED, router.publish(draft));
        assertEquals(2, router.counter(RouterCounter.EVENTS_REFUSED_RING_SHARE_EXCEEDED));
        for (int i = 0; i < 128; i++) {
            assertTrue(router.publish(new EventDraft().fromDevice(device(2)).name("temp")) >= 0);
        }
        drain();
        assertTrue(router.publish(draft) >= 0);
    }

    @Test
    void shouldKeepSharesWhenEventsArePublishedTogether() {
        start(new TenantLimits().ringSharePerPublisher(16));
        final EventDraft[] drafts = new EventDraft[2_000];
        for (int i = 0; i < drafts.length; i++) {
            drafts[i] = new EventDraft().fromDevice(device(i < 1_900 ? 1 : 2)).name("temp");
        }
        final long[] results = new long[drafts.length];
        final int accepted = router.publishAll(drafts, drafts.length, results);

        int ofFlooder = 0;
        int ofOther = 0;
        for (int i = 0; i < drafts.length; i++) {
            assertTrue(results[i] >= 0 || results[i] == PublishResult.RING_SHARE_EXCEEDED, "i=" + i);
            ofFlooder += i < 1_900 && results[i] >= 0 ? 1 : 0;
            ofOther += i >= 1_900 && results[i] >= 0 ? 1 : 0;
        }
        assertTrue(ofFlooder >= 1_024 - 256 && ofFlooder <= 1_024 + 128, "ofFlooder=" + ofFlooder);
        assertEquals(100, ofOther);
        assertEquals(accepted, ofFlooder + ofOther);
        assertEquals(drafts.length - accepted, router.counter(RouterCounter.EVENTS_REFUSED_RING_SHARE_EXCEEDED));
        drain();
        assertEquals(accepted, router.counter(RouterCounter.EVENTS_ACCEPTED));
    }

    @Test
    void shouldRefuseSubscriptionsBeyondTheMemoryForThemAndTakeThemAgainWhenOthersGo() {
        start(context(new TenantLimits())
                .subscriptionsPerDevice(RouterContext.UNLIMITED_SUBSCRIPTIONS)
                .maxMatchingMemory(1 << 20));
        int taken = 0;
        Refusal refusal = null;
        while (refusal == null) {
            try {
                execute(new Command.Subscribe(device(1), "some/longer/prefix/" + taken));
                taken++;
            } catch (final CommandRefusedException problem) {
                refusal = problem.refusal();
                assertTrue(problem.getMessage().contains("maxMatchingMemory=1048576"), problem.getMessage());
            }
        }
        assertEquals(Refusal.MATCHING_MEMORY_LIMIT, refusal);
        assertTrue(taken > 5_000, "taken=" + taken);
        assertEquals(1, router.counter(RouterCounter.COMMANDS_REFUSED_MATCHING_MEMORY_LIMIT));
        execute(new Command.UnsubscribeAll(device(1)));
        for (int i = 0; i < taken; i++) {
            execute(new Command.Subscribe(device(1), "some/longer/prefix/" + i));
        }
    }

    @Test
    void shouldKeepWhatIsBeyondALowerLimitOverARestart(@TempDir final Path directory) {
        start(context(new TenantLimits()).dataDirectory(directory));
        for (int i = 1; i <= 4; i++) {
            execute(new Command.Claim(device(i), ANN));
            execute(new Command.AddToProduct(device(i), PRODUCT));
        }
        router.close();

        router = EventRouter.launch(context(new TenantLimits()
                        .devicesPerOwner(2)
                        .devicesPerProduct(2)
                        .productsPerAccount(1))
                .dataDirectory(directory));
        assertEquals(ANN, router.ownershipOf(device(4)).orElseThrow().owner().orElseThrow());
        execute(new Command.Claim(device(4), ANN));
        refuse(new Command.Claim(device(5), ANN), Refusal.OWNER_DEVICE_LIMIT, "devicesPerOwner=2");
        refuse(new Command.AddToProduct(device(5), PRODUCT), Refusal.PRODUCT_DEVICE_LIMIT, "devicesPerProduct=2");
        execute(new Command.Unclaim(device(1)));
        execute(new Command.Unclaim(device(2)));
        refuse(new Command.Claim(device(5), ANN), Refusal.OWNER_DEVICE_LIMIT, "devicesPerOwner=2");
        execute(new Command.Unclaim(device(3)));
        execute(new Command.Claim(device(5), ANN));
    }

    @Test
    void shouldRefuseLimitsThatAreOutOfRangeAndNameThem() {
        final TenantLimits limits = new TenantLimits();
        assertTrue(message(() -> limits.devicesPerOwner(0)).contains("devicesPerOwner=0"));
        assertTrue(message(() -> limits.devicesPerProduct(-1)).contains("devicesPerProduct=-1"));
        assertTrue(message(() -> limits.productsPerAccount(0)).contains("productsPerAccount=0"));
        assertTrue(message(() -> limits.servicesPerScope(0)).contains("servicesPerScope=0"));
        assertTrue(message(() -> limits.ringSharePerPublisher(1_025)).contains("ringSharePerPublisher=1025"));
        assertTrue(message(() -> limits.publishRatePerDevice(0, 1)).contains("perSecond=0"));
        assertTrue(message(() -> limits.subscribeRatePerAccount(1, 0)).contains("burst=0"));
        assertTrue(message(() -> EventRouter.launch(context(limits).maxMatchingMemory(1_000)))
                .contains("maxMatchingMemory=1000"));
    }

    @Test
    void shouldHaveASecretSeedOfItsOwn() {
        assertNotEquals(
                context(new TenantLimits()).hashSeed(),
                context(new TenantLimits()).hashSeed());
    }

    private static String message(final Runnable mistake) {
        return assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
    }

    private void execute(final Command command) {
        router.execute(command);
    }

    private void refuse(final Command command, final Refusal refusal, final String limit) {
        final CommandRefusedException problem =
                assertThrows(CommandRefusedException.class, () -> router.execute(command));
        assertEquals(refusal, problem.refusal());
        assertTrue(problem.getMessage().contains(limit + ", "), problem.getMessage());
    }

    private void publish(final EntityId device, final int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(router.publish(
                            new EventDraft().fromDevice(device).name("temp").payload("21".getBytes(US_ASCII)))
                    >= 0);
        }
    }

    private void drain() {
        for (int idle = 0; idle < 2; ) {
            idle = router.invoke() == 0 ? idle + 1 : 0;
        }
    }

    private static EntityId device(final int number) {
        return EntityId.of(5, number);
    }
}

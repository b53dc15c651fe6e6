package io.eventrouter.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can never be carried out is refused where it is made, with the value and its limits. */
class CommandMistakesTest {
    private static final EntityId ID = EntityId.of(1, 1);
    private static final AccountId ACCOUNT = AccountId.user(ID);
    private static final long MOST_OPERATIONS = 1_000_000_000_000_000L;
    private static final String PREFIX_LENGTH = "prefix length must be in [1, 64]: length=";
    private static final String OPERATIONS =
            "operations per month must be in [0, 1000000000000000]: operationsPerMonth=";
    private static final String EVENT_SIZE = "maximum event size must be in [255, 16384]: maxEventSize=";
    private static final String PRODUCT_0 = "product id must be positive: productId=0";

    static Stream<Arguments> mistakes() {
        final ScopeId organization = ScopeId.organization(ID);
        return Stream.of(
                mistake(() -> new Command.RegisterUser(ID, -1), OPERATIONS + "-1"),
                mistake(() -> new Command.RegisterOrganization(ID, -1), OPERATIONS + "-1"),
                mistake(
                        () -> new Command.SetOperationsPerMonth(ACCOUNT, MOST_OPERATIONS + 1),
                        OPERATIONS + "1000000000000001"),
                mistake(() -> new Command.RegisterProduct(0, ACCOUNT), PRODUCT_0),
                mistake(() -> new Command.RegisterCustomer(ID, 0), PRODUCT_0),
                mistake(() -> new Command.AddToProduct(ID, 0), PRODUCT_0),
                mistake(() -> new LogicFunction.Trigger(0, "t", true), PRODUCT_0),
                mistake(() -> Integration.ofOrganization("i", ID, List.of(0), "t"), PRODUCT_0),
                mistake(() -> ScopeId.product(0), PRODUCT_0),
                mistake(() -> new Command.RegisterDevice(ID, 254), EVENT_SIZE + "254"),
                mistake(() -> new Command.SetMaxEventSize(ID, 16_385), EVENT_SIZE + "16385"),
                mistake(() -> new Command.Subscribe(ID, null), "prefix is missing"),
                mistake(() -> new Command.Subscribe(ID, ""), PREFIX_LENGTH + "0"),
                mistake(() -> new Command.Unsubscribe(ID, "p".repeat(65)), PREFIX_LENGTH + "65"),
                mistake(
                        () -> new Command.Subscribe(ID, "a\tb\"\u00e9~"),
                        "prefix must be printable ASCII, 0x20 to 0x7E: prefix=\"a\\u0009b\\u0022\\u00e9~\""),
                mistake(
                        () -> new Command.Subscribe(ID, "p".repeat(40) + "\n"),
                        "prefix must be printable ASCII, 0x20 to 0x7E: prefix=\"" + "p".repeat(32) + "…\""),
                mistake(() -> Integration.ofUser("", ID, "t"), "integration id length must be in [1, 64]: length=0"),
                mistake(
                        () -> Integration.ofProduct("i", 7, ""),
                        "integration prefix length must be in [1, 64]: length=0"),
                mistake(
                        () -> new Integration(
                                "i", ScopeId.product(7), List.of(8), "t", null, true, HookTopics.PRODUCT_DEFAULT),
                        "only an organization's integration lists products: scope=product:7, products=[8]"),
                mistake(
                        () -> Integration.ofOrganization("i", ID, List.of(), "t")
                                .limitedTo(ID),
                        "only a sandbox integration can name a device: scope=" + organization + ", device=" + ID),
                mistake(
                        () -> new LogicFunction("f".repeat(65), true, List.of()),
                        "logic function id length must be in [1, 64]: length=65"),
                mistake(
                        () -> new LogicFunction.Trigger(7, "n".repeat(256), true),
                        "trigger name length must be in [1, 255]: length=256"),
                mistake(
                        () -> new EventStream("s", organization, null, "p".repeat(65)),
                        "stream prefix length must be in [0, 64]: length=65"),
                mistake(
                        () -> new HookTopics("", "error", false),
                        "response topic length must be in [1, 255]: length=0"),
                mistake(
                        () -> new HookTopics("response", "e".repeat(256), false),
                        "error topic length must be in [1, 255]: length=256"));
    }

    private static Arguments mistake(final Executable maker, final String message) {
        return Arguments.of(maker, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void shouldNameValueAndLimits(final Executable maker, final String message) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, maker).getMessage());
    }

    static Stream<Executable> limits() {
        return Stream.of(
                () -> new Command.RegisterUser(ID, 0),
                () -> new Command.SetOperationsPerMonth(ACCOUNT, MOST_OPERATIONS),
                () -> new Command.RegisterProduct(1, ACCOUNT),
                () -> new Command.RegisterDevice(ID, 255),
                () -> new Command.SetMaxEventSize(ID, 16_384),
                () -> new Command.Subscribe(ID, "p"),
                () -> new Command.Subscribe(ID, " ".repeat(32) + "~".repeat(32)),
                () -> new EventStream("s", ScopeId.owner(ID), null, "p".repeat(64)),
                () -> new LogicFunction.Trigger(1, "n".repeat(255), true),
                () -> new HookTopics("r", "e".repeat(255), true));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void shouldTakeTheLeastAndTheMost(final Executable maker) {
        assertDoesNotThrow(maker);
    }
}

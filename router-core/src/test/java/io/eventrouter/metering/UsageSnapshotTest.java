package io.eventrouter.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.Watchdog;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageSnapshot.Totals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageSnapshotTest {
    /** So many that looking through all of them for each would not end. */
    private static final int ACCOUNTS = 500_000;

    private static final AccountId ANN = AccountId.user(EntityId.of(1, 1));

    @Test
    void shouldTakeTotalsOfAccountsWhoseIdsWereMadeToCollide() throws Throwable {
        Watchdog.watch("totals of " + ACCOUNTS + " accounts", () -> {
            final Map<AccountId, Totals> accounts = new HashMap<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts.put(crafted(i), new Totals(i, 1));
            }
            assertEquals(crafted(1).hashCode(), crafted(2).hashCode());

            final UsageSnapshot snapshot = new UsageSnapshot(1, accounts, Map.of());

            assertEquals(new Totals(2, 1), snapshot.of(crafted(2)));
            assertEquals(new Totals(4, 2), snapshot.plus(snapshot).of(crafted(2)));
        });
    }

    @Test
    void shouldStayAsItWasTaken() {
        final Map<AccountId, Totals> accounts = new HashMap<>(Map.of(ANN, new Totals(1, 2)));
        final Map<Integer, Totals> products = new HashMap<>(Map.of(7, new Totals(1, 0)));
        final UsageSnapshot snapshot = new UsageSnapshot(1, accounts, products);

        accounts.clear();
        products.clear();

        assertEquals(new Totals(1, 2), snapshot.of(ANN));
        assertEquals(new Totals(1, 0), snapshot.ofProduct(7));
        assertThrows(
                UnsupportedOperationException.class, () -> snapshot.accounts().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> snapshot.products().clear());
    }

    @Test
    void shouldListAccountsInTheSameOrderHoweverTheyCame() {
        final AccountId organization = AccountId.organization(EntityId.of(1, 1));
        final AccountId last = AccountId.user(EntityId.of(-1, 0));
        final Map<AccountId, Totals> accounts = new HashMap<>();
        accounts.put(last, new Totals(1, 0));
        accounts.put(ANN, new Totals(1, 0));
        accounts.put(organization, new Totals(1, 0));

        assertEquals(List.of(organization, ANN, last), new UsageSnapshot(1, accounts, Map.of()).sortedAccounts());
    }

    // With a hash code that all of them have.
    private static AccountId crafted(final int number) {
        return AccountId.user(EntityId.of(number, -31 * number));
    }
}

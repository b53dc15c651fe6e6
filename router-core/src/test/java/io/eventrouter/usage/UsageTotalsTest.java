package io.eventrouter.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.UsageSnapshot;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Totals that a router goes on from, in cases that the crash tests do not have. */
class UsageTotalsTest {
    private static final AccountId ZERO = AccountId.user(EntityId.of(0, 0));
    private static final long NOVEMBER = 1_000;
    private static final long DECEMBER = 2_000;

    private final UsageTotals totals = new UsageTotals(new SeededHash(1), 100);

    @AfterEach
    void close() {
        totals.close();
    }

    private static Set<String> rows(final UsageTotals totals) {
        final Set<String> rows = new TreeSet<>();
        totals.bequeath(new UsageTotals.Heir() {
            @Override
            public void product(final int productId, final UsageSnapshot.Totals sums) {
                rows.add(productId + " " + sums.publishOperations() + "+" + sums.subscribeOperations());
            }

            @Override
            public void account(
                    final AccountId account,
                    final UsageSnapshot.Totals sums,
                    final long monthStartMs,
                    final long usedOperations,
                    final int toldPercent) {
                rows.add(account + " " + sums.publishOperations() + "+" + sums.subscribeOperations() + ", of month "
                        + monthStartMs + " used " + usedOperations + ", told " + toldPercent);
            }
        });
        return rows;
    }

    private void addOfProductOnly(final int productId, final long publish, final long subscribe) {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[RecordLayout.LENGTH]);
        RecordLayout.writeProduct(record, 0, productId, publish, subscribe);
        totals.add(new UsageEntry().wrap(record, 0), NOVEMBER);
    }

    @Test
    void shouldKeepAUserAnOrganizationAndAProductOfOneIdApart() {
        final EntityId id = EntityId.of(7, 0);
        totals.tell(AccountId.user(id), 70, NOVEMBER);
        totals.tell(AccountId.organization(id), 90, NOVEMBER);
        addOfProductOnly(7, 10, 20);

        assertEquals(
                Set.of(
                        AccountId.user(id) + " 0+0, of month 1000 used 0, told 70",
                        AccountId.organization(id) + " 0+0, of month 1000 used 0, told 90",
                        "7 10+20"),
                rows(totals));
    }

    @Test
    void shouldChargeNoAccountForWhatIsOfAProductOnly() {
        totals.tell(ZERO, 70, NOVEMBER);
        addOfProductOnly(7, 10, 20);

        assertEquals(Set.of("7 10+20", ZERO + " 0+0, of month 1000 used 0, told 70"), rows(totals));
    }

    @Test
    void shouldKnowTheLatestMonthFromRowsThatWereRead() {
        totals.tell(ZERO, 90, DECEMBER);
        totals.tell(AccountId.organization(EntityId.of(0, 0)), 70, NOVEMBER);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[2 * UsageTotals.WRITTEN_LENGTH]);
        totals.write(1, frame, 0);
        totals.write(2, frame, UsageTotals.WRITTEN_LENGTH);

        try (UsageTotals next = new UsageTotals(new SeededHash(2), 100)) {
            next.read(frame, 0);
            next.read(frame, UsageTotals.WRITTEN_LENGTH);

            assertEquals(rows(totals), rows(next));
            assertEquals(DECEMBER, next.latestMonthStartMs());
        }
    }
}

package io.eventrouter.loadgen.plan;

import io.eventrouter.identity.AccountId;
import java.util.Comparator;

/**
 * Who pays, and for which of its products.
 *
 * @param account that pays.
 * @param productId in which the device is in good standing; 0 for devices of a sandbox in no product.
 */
public record Payer(AccountId account, int productId) implements Comparable<Payer> {
    private static final Comparator<Payer> ORDER =
            Comparator.comparing((Payer payer) -> payer.account.toString()).thenComparingInt(Payer::productId);

    @Override
    public int compareTo(final Payer other) {
        return ORDER.compare(this, other);
    }
}

package io.eventrouter.loadgen.demo;

import com.fasterxml.jackson.core.JsonToken;
import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the accounts and products of the demo fleet are called, as ids say little to people. */
final class DemoNames {
    private final Map<AccountId, String> accounts = new HashMap<>();
    private final Map<Integer, String> products = new HashMap<>();

    private DemoNames() {}

    static DemoNames read(final TextSource fleet) {
        try (InputStream in = fleet.open();
                JsonReader reader = JsonReader.ofFile(in)) {
            if (reader.tokens().nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalStateException("fleet must be an object: name=" + fleet.name());
            }
            final DemoNames names = new DemoNames();
            names.take(new Fields("", reader.readObject(Set.of("users", "organizations", "products"), "")));
            return names;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(final Fields fleet) {
        for (final Fields user : fleet.objects("users")) {
            final String username = user.text("username");
            accounts.put(AccountId.user(user.id("id")), username.substring(0, username.indexOf('@')) + " (sandbox)");
        }
        for (final Fields organization : fleet.objects("organizations")) {
            accounts.put(AccountId.organization(organization.id("id")), organization.text("slug") + " (organization)");
        }
        for (final Fields product : fleet.objects("products")) {
            products.put(product.productId("id"), product.text("slug"));
        }
    }

    String account(final AccountId account) {
        return accounts.getOrDefault(account, account.toString());
    }

    String product(final int productId) {
        return productId == 0 ? "no product" : products.getOrDefault(productId, Integer.toString(productId));
    }
}

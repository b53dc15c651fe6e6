package io.eventrouter.loadgen.fleet;

import io.eventrouter.command.Command;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.input.InvalidElementException;
import io.eventrouter.loadgen.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The users, organizations, products and customers of a fleet file, in whatever order they come. */
final class AccountSections {
    private static final int MAX_BLOCKS = 1_000_000;

    // A million customers are plausible, so what they were read from is not kept.
    private record Customer(Command.RegisterCustomer command, int line, int index) {}

    private final Plans plans;
    private final FleetDirectory directory;
    private final List<Command> accounts = new ArrayList<>();
    private final List<Command.RegisterProduct> products = new ArrayList<>();
    private final List<Fields> productFields = new ArrayList<>();
    private final List<Customer> customers = new ArrayList<>();

    AccountSections(final Plans plans, final FleetDirectory directory) {
        this.plans = plans;
        this.directory = directory;
    }

    Map<String, Section> sections() {
        return Map.of(
                "users", new Section(Set.of("id", "username", "plan", "blocks"), this::readUser),
                "organizations", new Section(Set.of("id", "plan", "blocks"), this::readOrganization),
                "products", new Section(Set.of("id", "user", "organization_id"), this::readProduct),
                "customers", new Section(Set.of("id", "username", "product_id"), this::readCustomer));
    }

    /** Check what may refer to something further down in the file. */
    void checkReferences() {
        for (int i = 0; i < products.size(); i++) {
            final AccountId account = products.get(i).account();
            if (!directory.isAccount(account)) {
                final boolean isUser = account.kind() == AccountId.Kind.USER;
                final String field = isUser ? "user" : "organization_id";
                throw productFields
                        .get(i)
                        .error(field, isUser ? Unknown.user(account.id()) : Unknown.organization(account.id()));
            }
        }
        for (final Customer customer : customers) {
            final int productId = customer.command.productId();
            if (!directory.isProduct(productId)) {
                throw new InvalidElementException(
                        customer.line, "customers[" + customer.index + "].product_id", Unknown.product(productId));
            }
        }
    }

    int count() {
        return accounts.size() + products.size() + customers.size();
    }

    void forEachCommand(final Consumer<Command> commands) {
        accounts.forEach(commands);
        products.forEach(commands);
        customers.forEach(customer -> commands.accept(customer.command));
    }

    private void readUser(final Fields user) {
        final EntityId id = user.id("id");
        if (!directory.addUser(id, user.nonEmptyTextOrNull("username"))) {
            throw Unknown.duplicate(user, id);
        }
        accounts.add(new Command.RegisterUser(id, operationsPerMonth(user, "free")));
    }

    private void readOrganization(final Fields organization) {
        final EntityId id = organization.id("id");
        if (!directory.addOrganization(id)) {
            throw Unknown.duplicate(organization, id);
        }
        accounts.add(new Command.RegisterOrganization(id, operationsPerMonth(organization, "basic")));
    }

    private void readProduct(final Fields product) {
        final int id = product.productId("id");
        final boolean isOfUser = product.hasContent("user");
        if (isOfUser == product.hasContent("organization_id")) {
            throw product.error(
                    "", "must belong to either a user or an organization_id: found " + (isOfUser ? "both" : "neither"));
        }
        final AccountId account =
                isOfUser ? AccountId.user(product.id("user")) : AccountId.organization(product.id("organization_id"));
        if (!directory.addProduct(id, account)) {
            throw Unknown.duplicate(product, id);
        }
        products.add(new Command.RegisterProduct(id, account));
        productFields.add(product);
    }

    private void readCustomer(final Fields customer) {
        final EntityId id = customer.id("id");
        final int productId = customer.productId("product_id");
        if (!directory.addCustomer(id, customer.nonEmptyTextOrNull("username"), productId)) {
            throw Unknown.duplicate(customer, id);
        }
        customers.add(new Customer(
                new Command.RegisterCustomer(id, productId), customer.line("product_id"), customers.size()));
    }

    private long operationsPerMonth(final Fields account, final String usualPlan) {
        final String name = account.nonEmptyTextOrNull("plan");
        final Plan plan = name == null ? plans.named(usualPlan) : account.checked("plan", name, plans::named);
        return plan.operationsPerMonth(account.has("blocks") ? account.number("blocks", 1, MAX_BLOCKS) : 1);
    }
}

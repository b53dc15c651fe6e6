package io.eventrouter.ownership;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.ConstructionGuard;
import io.eventrouter.memory.IdIndex;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.Records;
import io.eventrouter.memory.SeededHash;

/**
 * What the routing thread knows about users, customers, organizations and products: where subscribers listen, and who
 * pays. One cache line off-heap each for what an event needs, and a second record for the rest.
 *
 * <pre>
 *   0              8             16              24     28           32       36
 *   +--------------+-------------+---------------+------+------------+--------+-------+
 *   |device lengths|level lengths|service lengths| slots| everything | account| flags |
 *   +--------------+-------------+---------------+------+------------+--------+-------+
 *   40                  48                    56
 *   +-------------------+---------------------+----------------+
 *   | publish operations| subscribe operations| next threshold |
 *   +-------------------+---------------------+----------------+
 * </pre>
 *
 * Scopes are named by handles, dense from 1; handle 1 is the scope of devices that have none. The matching tables own
 * lengths, slots, everything, the number of entries, the counters of lengths and the shape bits of the flags; the meter
 * owns operations and threshold.
 *
 * <p><b>Threading:</b> the routing thread only.
 */
public final class ScopeTable implements AutoCloseable {
    /** The scope that holds the subscriptions of devices with neither owner nor product; no event is ever in it. */
    public static final int NOWHERE = 1;

    /** Kind of {@link #NOWHERE}. */
    public static final int KIND_NOWHERE = 0;

    /** A user: an owner and an account. */
    public static final int KIND_USER = 1;

    /** A customer: an owner. */
    public static final int KIND_CUSTOMER = 2;

    /** An organization: an account. */
    public static final int KIND_ORGANIZATION = 3;

    /** A product. */
    public static final int KIND_PRODUCT = 4;

    /** Offset of the lengths that prefixes of device subscriptions have, but for those that end a level. */
    public static final int DEVICE_LENGTHS = 0;

    /** Offset of the lengths that prefixes of device subscriptions have that end a level, which is with a slash. */
    public static final int DEVICE_LEVEL_LENGTHS = 8;

    /** Offset of the lengths that prefixes of integrations and streams have. */
    public static final int SERVICE_LENGTHS = 16;

    /** Offset of the reference to the scope's slots. */
    public static final int SLOTS = 24;

    /** Offset of the reference to the entry of streams without a prefix. */
    public static final int EVERYTHING = 28;

    /** Offset of the flags. */
    public static final int FLAGS = 36;

    /** Offset of the operations for publishing. */
    public static final int PUBLISH_OPERATIONS = 40;

    /** Offset of the operations for deliveries. */
    public static final int SUBSCRIBE_OPERATIONS = 48;

    /** Offset of the total at which a threshold is told. */
    public static final int NEXT_THRESHOLD = 56;

    /** Flag: the account is paused. */
    public static final int PAUSED = 1 << 3;

    /** Flag: the scope has Logic triggers. */
    public static final int HAS_EXACT_NAMES = 1 << 4;

    /** Flag: integrations or streams of the scope have prefixes that do not end a level, which is with a slash. */
    public static final int HAS_SERVICES_WITHIN_LEVELS = 1 << 6;

    private static final int OF_ORGANIZATION = 1 << 5;
    private static final int TOLD_THRESHOLDS_BITS = 2;
    private static final int TOLD_THRESHOLDS_MASK = (1 << TOLD_THRESHOLDS_BITS) - 1;
    private static final int RECORD_SHIFT = 6;
    private static final int ACCOUNT = 32;
    private static final int KIND_MASK = 7;

    private static final int ID_RECORD_LENGTH = 32;
    private static final int ID_RECORD_SHIFT = 5;
    private static final int LENGTH_COUNTERS_SHIFT = 2;
    private static final int ID_LOW = 8;
    private static final int ENTRIES = 12;
    private static final int QUOTA = 16;
    private static final int MONTH = 24;

    private final OffHeapMemory records;
    private final OffHeapMemory ids;
    private final OffHeapMemory lengthCounters;
    private final IdIndex owners;
    private final IdIndex organizations;
    private final IdIndex products;
    private final int maxScopes;
    private int count;

    /**
     * A table with no scope but {@link #NOWHERE}.
     *
     * @param hash that spreads the ids.
     * @param maxScopes that it takes, less than {@link IdIndex#MAX_HANDLE}.
     */
    public ScopeTable(final SeededHash hash, final int maxScopes) {
        this.maxScopes = maxScopes + 1;
        try (ConstructionGuard guard = new ConstructionGuard()) {
            records = guard.add(OffHeapMemory.reserve(position(maxScopes + 3)));
            ids = guard.add(OffHeapMemory.reserve(idPosition(maxScopes + 3)));
            lengthCounters = guard.add(OffHeapMemory.reserve(lengthCountersPosition(maxScopes + 3)));
            owners = guard.add(new IdIndex(hash, ids, ID_RECORD_LENGTH, maxScopes));
            organizations = guard.add(new IdIndex(hash, ids, ID_RECORD_LENGTH, maxScopes));
            products = guard.add(new IdIndex(hash, ids, ID_RECORD_LENGTH, maxScopes));
            add(KIND_NOWHERE, 0, 0);
            guard.complete();
        }
    }

    /**
     * Find a user or customer.
     *
     * @param idHigh first 64 bits of the id.
     * @param idLow last 32 bits of the id.
     * @return its handle, 0 if not registered.
     */
    public int findOwner(final long idHigh, final int idLow) {
        return owners.find(idHigh, idLow);
    }

    /**
     * Find a user.
     *
     * @param idHigh first 64 bits of the id.
     * @param idLow last 32 bits of the id.
     * @return its handle, 0 if not registered or a customer.
     */
    public int findUser(final long idHigh, final int idLow) {
        final int owner = owners.find(idHigh, idLow);
        return owner != 0 && kind(owner) == KIND_USER ? owner : 0;
    }

    /**
     * Find an organization.
     *
     * @param id of the organization.
     * @return its handle, 0 if not registered.
     */
    public int findOrganization(final EntityId id) {
        return organizations.find(id.high(), id.low());
    }

    /**
     * Find a product.
     *
     * @param productId of the product.
     * @return its handle, 0 if not registered.
     */
    public int findProduct(final int productId) {
        return products.find(productId, 0);
    }

    /**
     * Find an account.
     *
     * @param account to find.
     * @return handle of the user or organization, 0 if not registered.
     */
    public int findAccount(final AccountId account) {
        return account.kind() == AccountId.Kind.USER
                ? findUser(account.id().high(), account.id().low())
                : findOrganization(account.id());
    }

    /**
     * Add a user that is not registered yet.
     *
     * @param id of the user.
     * @return its handle.
     */
    public int addUser(final EntityId id) {
        final int scope = add(KIND_USER, id.high(), id.low());
        records.putInt(position(scope) + ACCOUNT, scope);
        owners.add(id.high(), id.low(), scope);
        return scope;
    }

    /**
     * Add an organization that is not registered yet.
     *
     * @param id of the organization.
     * @return its handle.
     */
    public int addOrganization(final EntityId id) {
        final int scope = add(KIND_ORGANIZATION, id.high(), id.low());
        records.putInt(position(scope) + ACCOUNT, scope);
        organizations.add(id.high(), id.low(), scope);
        return scope;
    }

    /**
     * Add a customer that is not registered yet; the product's account pays for what it owns outside of products.
     *
     * @param id of the customer.
     * @param product handle of its product.
     * @return its handle.
     */
    public int addCustomer(final EntityId id, final int product) {
        final int scope = add(KIND_CUSTOMER, id.high(), id.low());
        records.putInt(position(scope) + ACCOUNT, account(product));
        owners.add(id.high(), id.low(), scope);
        return scope;
    }

    /**
     * Add a product that is not registered yet.
     *
     * @param productId of the product.
     * @param account handle of the user or organization that it belongs to.
     * @return its handle.
     */
    public int addProduct(final int productId, final int account) {
        final int scope = add(KIND_PRODUCT, productId, 0);
        records.putInt(position(scope) + ACCOUNT, account);
        if (kind(account) == KIND_ORGANIZATION) {
            records.putInt(position(scope) + FLAGS, flags(scope) | OF_ORGANIZATION);
        }
        products.add(productId, 0, scope);
        return scope;
    }

    /**
     * Whether no more scopes fit.
     *
     * @return true if the next one is one too many.
     */
    public boolean isFull() {
        return count == maxScopes;
    }

    /**
     * How many scopes there are; their handles are 1 to this.
     *
     * @return the number.
     */
    public int count() {
        return count;
    }

    /**
     * How many scopes there can be.
     *
     * @return the number.
     */
    public int maxCount() {
        return maxScopes;
    }

    /**
     * The records, for the tables that own a part of them.
     *
     * @return the memory.
     */
    public OffHeapMemory records() {
        return records;
    }

    /**
     * Where a scope's record starts in {@link #records()}.
     *
     * @param scope handle.
     * @return the position.
     */
    public static long position(final int scope) {
        return (long) scope << RECORD_SHIFT;
    }

    /**
     * Read a byte of each of some records, see {@link OffHeapMemory#warmElements}.
     *
     * @param handles records, each with the handle of a scope, 4 bytes.
     * @param offset of the handle in a record.
     * @param howMany of them.
     * @return what was read, for the caller to keep.
     */
    public int warm(final Records handles, final int offset, final int howMany) {
        return records.warmElements(handles, offset, howMany, RECORD_SHIFT);
    }

    public int kind(final int scope) {
        return flags(scope) & KIND_MASK;
    }

    public int flags(final int scope) {
        return records.getInt(position(scope) + FLAGS);
    }

    public boolean isPaused(final int account) {
        return (flags(account) & PAUSED) != 0;
    }

    /**
     * Pause or resume an account.
     *
     * @param account handle.
     * @param paused whether it is paused from here on.
     */
    public void paused(final int account, final boolean paused) {
        final int others = flags(account) & ~PAUSED;
        records.putInt(position(account) + FLAGS, paused ? others | PAUSED : others);
    }

    /**
     * The account that pays: of a user or organization, it itself; of a product, its owner's; of a customer, that of
     * its product.
     *
     * @param scope handle.
     * @return handle of the account.
     */
    public int account(final int scope) {
        return records.getInt(position(scope) + ACCOUNT);
    }

    /**
     * The account that pays for a device: its product's, whoever claimed it, or else its owner's.
     *
     * @param owner handle of its owner, 0 for none.
     * @param standingProduct handle of the product that it is in good standing in, 0 for none.
     * @return handle of the account, 0 if nobody pays.
     */
    public int payer(final int owner, final int standingProduct) {
        return account(standingProduct != 0 ? standingProduct : owner);
    }

    /**
     * The organization that owns a product.
     *
     * @param product handle.
     * @return handle of the organization, 0 if a user owns it.
     */
    public int organization(final int product) {
        return (flags(product) & OF_ORGANIZATION) != 0 ? account(product) : 0;
    }

    public long idHigh(final int scope) {
        return ids.getLong(idPosition(scope));
    }

    public int idLow(final int scope) {
        return ids.getInt(idPosition(scope) + ID_LOW);
    }

    /**
     * The public id of a product.
     *
     * @param product handle, or 0.
     * @return its id, 0 for handle 0.
     */
    public int productId(final int product) {
        return product == 0 ? 0 : (int) idHigh(product);
    }

    /**
     * The public id of an account. Allocates.
     *
     * @param account handle.
     * @return the id.
     */
    public AccountId accountId(final int account) {
        return new AccountId(accountKind(account), EntityId.of(idHigh(account), idLow(account)));
    }

    public AccountId.Kind accountKind(final int account) {
        return kind(account) == KIND_USER ? AccountId.Kind.USER : AccountId.Kind.ORGANIZATION;
    }

    /**
     * Operations that the plan of an account grants in a month.
     *
     * @param account handle.
     * @return operations, 0 for no thresholds.
     */
    public long operationsPerMonth(final int account) {
        return ids.getLong(idPosition(account) + QUOTA);
    }

    public void operationsPerMonth(final int account, final long operations) {
        ids.putLong(idPosition(account) + QUOTA, operations);
    }

    /**
     * Total operations of an account when the billing month began.
     *
     * @param account handle.
     * @return operations since start.
     */
    public long monthBase(final int account) {
        return month(account) >>> TOLD_THRESHOLDS_BITS;
    }

    /**
     * How many thresholds of an account were told in this billing month.
     *
     * @param account handle.
     * @return 0 to 3.
     */
    public int toldThresholds(final int account) {
        return (int) month(account) & TOLD_THRESHOLDS_MASK;
    }

    /**
     * Begin a billing month in which nothing was told.
     *
     * @param account handle.
     * @param operations since start.
     */
    public void beginMonth(final int account, final long operations) {
        ids.putLong(idPosition(account) + MONTH, operations << TOLD_THRESHOLDS_BITS);
    }

    public void toldThresholds(final int account, final int count) {
        ids.putLong(idPosition(account) + MONTH, month(account) & ~TOLD_THRESHOLDS_MASK | count);
    }

    /**
     * How many prefixes and names there are in a scope's slots.
     *
     * @param scope handle.
     * @return the number.
     */
    public int entries(final int scope) {
        return ids.getInt(idPosition(scope) + ENTRIES);
    }

    public void entries(final int scope, final int count) {
        ids.putInt(idPosition(scope) + ENTRIES, count);
    }

    /**
     * What counts the lengths of a scope's prefixes, if these are many.
     *
     * @param scope handle.
     * @return reference that was set last, 0 if none was.
     */
    public int lengthCounters(final int scope) {
        return lengthCounters.getInt(lengthCountersPosition(scope));
    }

    public void lengthCounters(final int scope, final int counters) {
        lengthCounters.putInt(lengthCountersPosition(scope), counters);
    }

    /**
     * Bytes that the table holds of off-heap memory, its indexes included.
     *
     * @return bytes.
     */
    public long capacity() {
        return records.capacity()
                + ids.capacity()
                + lengthCounters.capacity()
                + owners.capacity()
                + organizations.capacity()
                + products.capacity();
    }

    /**
     * Have the memory that comes next handed out; may be called on one other thread, until this object is closed.
     *
     * @return whether there was something to do.
     */
    public boolean populateAhead() {
        return records.populateAhead() | ids.populateAhead() | owners.populateAhead();
    }

    @Override
    public void close() {
        records.close();
        ids.close();
        lengthCounters.close();
        owners.close();
        organizations.close();
        products.close();
    }

    private long month(final int account) {
        return ids.getLong(idPosition(account) + MONTH);
    }

    private int add(final int kind, final long idHigh, final int idLow) {
        final int scope = count + 1;
        records.ensureCapacity(position(scope + 1));
        ids.ensureCapacity(idPosition(scope + 1));
        lengthCounters.ensureCapacity(lengthCountersPosition(scope + 1));
        count = scope;
        records.putInt(position(scope) + FLAGS, kind);
        records.putLong(position(scope) + NEXT_THRESHOLD, Long.MAX_VALUE);
        ids.putLong(idPosition(scope), idHigh);
        ids.putInt(idPosition(scope) + ID_LOW, idLow);
        return scope;
    }

    private static long lengthCountersPosition(final int scope) {
        return (long) scope << LENGTH_COUNTERS_SHIFT;
    }

    private static long idPosition(final int scope) {
        return (long) scope << ID_RECORD_SHIFT;
    }
}

package io.eventrouter.usage;

import static io.eventrouter.usage.UsageLedger.check;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.HookedDisk;
import io.eventrouter.journal.Journal;
import io.eventrouter.journal.JournalReplay;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.ThresholdBoard;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import io.eventrouter.status.RouterCounters;
import io.eventrouter.usage.UsageLedger.Key;
import io.eventrouter.usage.UsageLedger.Operations;
import io.eventrouter.usage.UsageLedger.Told;
import io.eventrouter.usage.UsageLedger.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Meters of some lanes, durable usage and a simulated disk on one thread, which can crash and start again; and the
 * {@link UsageLedger}, which is kept beside it and compared with it.
 */
final class UsageWorld {
    static final int SEGMENT_LENGTH = 128 << 10;
    static final int[] PERCENTS = {70, 90, 100};
    private static final long MONTH_MS = 1_000_000_000L;
    private static final int MAX_ROUNDS = 100_000;
    private static final EntityId[] USERS = {EntityId.of(0xa, 1), EntityId.of(0xa, 2), EntityId.of(0xa, 3)};
    private static final EntityId ORGANIZATION = EntityId.of(0xb, 1);
    private static final int PRODUCTS = 3;

    /** What may be wrong with a router, for the checks to find. */
    enum Mistake {
        NONE,
        SEQUENCES_BEGIN_AGAIN,
        COMMIT_FRAMES_IGNORED
    }

    /** One lane's tables and meter. */
    private static final class LaneState {
        final DeviceTable devices;
        final ScopeTable scopes;
        UsageMeter meter;
        boolean isEmitting;
        Window open;
        Window closing;

        LaneState(final SeededHash hash, final int deviceCount) {
            devices = new DeviceTable(hash, deviceCount);
            scopes = new ScopeTable(hash, 100);
        }
    }

    final SimulatedDisk disk = new SimulatedDisk();
    final HookedDisk hooks = new HookedDisk(disk);
    final UsageLedger ledger = new UsageLedger();
    final List<Throwable> errors = new ArrayList<>();
    private final SeededHash hash = new SeededHash(1);
    private final UsageGranularity granularity;
    private final int deviceCount;
    private final long grant;
    private final long totalsAfterBytes;
    private final int[] ownerOf;
    private final int[] productOf;
    private LaneState[] lanes;
    private DataDirectory directory;
    private DurableUsage usage;
    private RouterCounters counters;
    private long nowMs = 5 * MONTH_MS;
    private long monthMs = 5 * MONTH_MS;
    private long lastSequence;
    private long requested;
    private long durablyAcknowledged;
    private Window closingAtCrash;
    private final Set<AccountId> countedInRun = new HashSet<>();
    private long handedInRun;
    private long sequencesBefore;
    Mistake mistake = Mistake.NONE;

    UsageWorld(
            final int laneCount,
            final UsageGranularity granularity,
            final int deviceCount,
            final long grant,
            final long totalsAfterBytes) {
        lanes = new LaneState[laneCount];
        this.granularity = granularity;
        this.deviceCount = deviceCount;
        this.grant = grant;
        this.totalsAfterBytes = totalsAfterBytes;
        ownerOf = new int[deviceCount + 1];
        productOf = new int[deviceCount + 1];
    }

    // ---- What happens ----

    void start() throws IOException {
        if (mistake == Mistake.COMMIT_FRAMES_IGNORED) {
            handOutWhatIsNotCommitted();
        }
        directory = DataDirectory.open(hooks);
        counters = new RouterCounters();
        usage = DurableUsage.open(
                directory,
                new DurableUsage.Settings(lanes.length, 100, SEGMENT_LENGTH, totalsAfterBytes),
                hash,
                new Listener(),
                errors::add,
                counters,
                () -> nowMs);
        monthMs = Math.max(monthMs, usage.latestMonthStartMs());
        final ThresholdBoard board = new ThresholdBoard();
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new LaneState(hash, deviceCount);
            final LaneState lane = lanes[i];
            lane.meter = new UsageMeter(lane.devices, lane.scopes, granularity, usage.lane(i), board, ++nowMs);
            lane.open = new Window(nowMs, monthMs);
            lane.meter.beginMonth(monthMs);
        }
        for (final LaneState lane : lanes) {
            register(lane);
        }
        usage.resume(lanes[0].meter, monthMs);
        handedInRun = 0;
        countedInRun.clear();
        sequencesBefore = ledger.lastSequence();
        check(
                usage.acknowledged() >= durablyAcknowledged && usage.acknowledged() <= requested,
                "acknowledged=" + usage.acknowledged() + ", before=" + durablyAcknowledged + " to " + requested);
        requested = usage.acknowledged();
    }

    private void register(final LaneState lane) {
        for (final EntityId user : USERS) {
            lane.meter.grant(lane.scopes.addUser(user), grant);
        }
        lane.meter.grant(lane.scopes.addOrganization(ORGANIZATION), grant);
        for (int product = 1; product <= PRODUCTS; product++) {
            lane.scopes.addProduct(
                    product, product == 1 ? lane.scopes.findAccount(account(1)) : lane.scopes.findAccount(account(0)));
        }
        for (int device = 1; device <= deviceCount; device++) {
            lane.devices.add(0xd, device, 1_024);
            lane.meter.addDevice(device);
            place(lane, device);
        }
    }

    void publish(final int lane, final int device, final int operations) {
        final LaneState state = lanes[lane];
        final int product = state.devices.standingProduct(device);
        final int payer = state.scopes.payer(state.devices.owner(device), product);
        state.meter.countPublish(device, product, payer, operations);
        count(state, device, new Operations(operations, 0));
    }

    void deliver(final int lane, final int device, final int operations) {
        lanes[lane].meter.countSubscribe(device, operations);
        count(lanes[lane], device, new Operations(0, operations));
    }

    void move(final int device, final int owner, final int product) {
        ownerOf[device] = owner;
        productOf[device] = product;
        for (final LaneState lane : lanes) {
            lane.meter.settle(device);
            place(lane, device);
        }
    }

    void closeWindow(final int lane) {
        if (lanes[lane].meter.isSettled()) {
            close(lanes[lane]);
        }
    }

    void beginMonth() {
        for (final LaneState lane : lanes) {
            if (!lane.meter.isSettled()) {
                return;
            }
        }
        lookAtThresholds();
        monthMs += MONTH_MS;
        nowMs = Math.max(nowMs, monthMs);
        for (final LaneState lane : lanes) {
            close(lane);
            lane.open.monthMs = monthMs;
            lane.meter.beginMonth(monthMs);
        }
    }

    void emitSlice(final int lane, final int devices) {
        final LaneState state = lanes[lane];
        if (state.isEmitting) {
            state.isEmitting = state.meter.emitSlice(devices);
        }
    }

    int work() {
        nowMs++;
        try {
            return ((UsageAgent) usage.agent()).doWork();
        } catch (final Exception problem) {
            throw new AssertionError(problem);
        } finally {
            noteWhatIsCounted();
        }
    }

    void acknowledge(final long sequence) {
        usage.acknowledge(sequence);
        requested = Math.max(requested, sequence);
    }

    long handedInRun() {
        return handedInRun;
    }

    /** The process ends, or the power is cut too; nothing more is done, and memory is lost. */
    void crash(final Runnable killOrCutPower) {
        noteWhatIsCounted();
        countedInRun.forEach(this::expectThresholds);
        durablyAcknowledged = usage.durablyAcknowledged();
        closingAtCrash = lanes[0].closing;
        killOrCutPower.run();
        close();
        errors.clear();
    }

    /** Work until nothing is left to do; the disk must be well. */
    void drain() {
        lookAtThresholds();
        int rounds = 0;
        do {
            check(rounds++ < MAX_ROUNDS, "usage does not settle");
            for (int i = 0; i < lanes.length; i++) {
                emitSlice(i, Integer.MAX_VALUE);
            }
            nowMs += 2_000;
        } while (work() > 0 || !usage.isSettled());
    }

    // ---- What has to hold ----

    /** Right behind a start, when everything was handed out. */
    void checkRestart() {
        ledger.checkWindows();
        final UsageSnapshot snapshot = snapshot();
        for (int i = 0; i < 4; i++) {
            final Operations expected = ledger.of(account(i));
            check(
                    snapshot.of(account(i)).equals(new UsageSnapshot.Totals(expected.publish(), expected.subscribe())),
                    "total of " + account(i) + " is " + snapshot.of(account(i)) + ", not " + expected);
            final int scope = lanes[0].scopes.findAccount(account(i));
            final long used = snapshot.of(account(i)).total() - lanes[0].scopes.monthBase(scope);
            final long expectedUse = ledger.ofMonth(account(i), monthMs).total();
            check(used == expectedUse, "use of the month of " + account(i) + " is " + used + ", not " + expectedUse);
        }
        for (int product = 1; product <= PRODUCTS; product++) {
            final Operations expected = ledger.ofProduct(product);
            check(
                    snapshot.ofProduct(product)
                            .equals(new UsageSnapshot.Totals(expected.publish(), expected.subscribe())),
                    "total of product " + product + " is " + snapshot.ofProduct(product) + ", not " + expected);
        }
        for (final Told told : ledger.told.values()) {
            check(ledger.expectedTold.contains(told), "a threshold that was not reached: " + told);
        }
        // What was reached and did not become durable is told again when something is counted.
        ledger.expectedTold.clear();
        ledger.expectedTold.addAll(ledger.told.values());
    }

    /** When everything was handed out. */
    void checkThresholds() {
        final Set<Told> told = new HashSet<>(ledger.told.values());
        check(told.equals(ledger.expectedTold), "thresholds told=" + told + ", expected=" + ledger.expectedTold);
    }

    UsageSnapshot snapshot() {
        UsageSnapshot sum = lanes[0].meter.snapshot(0);
        for (int i = 1; i < lanes.length; i++) {
            sum = sum.plus(lanes[i].meter.snapshot(0));
        }
        return sum;
    }

    int lanes() {
        return lanes.length;
    }

    DurableUsage usage() {
        return usage;
    }

    RouterCounters counters() {
        return counters;
    }

    boolean isSettled(final int lane) {
        return lanes[lane].meter.isSettled();
    }

    void close() {
        usage.close();
        for (final LaneState lane : lanes) {
            lane.meter.close();
            lane.devices.close();
            lane.scopes.close();
        }
    }

    /** Whether segments of the journal were deleted. */
    boolean hasLetGo() {
        return !disk.files().contains("usage/journal-1");
    }

    private void close(final LaneState lane) {
        lane.meter.closeWindow(++lastSequence, ++nowMs);
        lane.isEmitting = true;
        lane.open.endMs = nowMs;
        ledger.closed.add(lane.open);
        lane.closing = lane.open;
        lane.open = new Window(nowMs, monthMs);
    }

    private void noteWhatIsCounted() {
        for (final LaneState lane : lanes) {
            if (lane.closing != null && lane.meter.isSettled()) {
                lane.closing.isCounted = true;
                lane.closing = null;
            }
        }
    }

    private void count(final LaneState lane, final int device, final Operations operations) {
        final int product = productOf[device];
        final AccountId account = accountOf(device);
        final Key key = switch (granularity) {
            case DEVICE -> new Key(account, product, device);
            case PRODUCT -> new Key(account, product, 0);
            case ACCOUNT -> new Key(account, 0, 0);
        };
        lane.open.add(key, product, operations);
        countedInRun.add(account);
    }

    private void expectThresholds(final AccountId account) {
        final long used = ledger.ofMonth(account, monthMs).total() + open(account);
        for (final int percent : PERCENTS) {
            if (grant != 0 && used * 100 >= grant * percent) {
                ledger.expectedTold.add(new Told(account, monthMs, percent));
            }
        }
    }

    private long open(final AccountId account) {
        long operations = 0;
        for (final LaneState lane : lanes) {
            operations +=
                    lane.open.accounts.getOrDefault(account, Operations.NONE).total();
        }
        return operations;
    }

    // With several lanes a threshold is told when all lanes have looked. What was reached before a restart and is not
    // durable is told again when the account is charged again.
    private void lookAtThresholds() {
        boolean isSettled = false;
        int rounds = 0;
        while (!isSettled) {
            check(rounds++ < MAX_ROUNDS, "thresholds do not settle");
            isSettled = true;
            for (final LaneState lane : lanes) {
                isSettled &= !lane.meter.lookAtThresholds();
            }
        }
        countedInRun.forEach(this::expectThresholds);
    }

    private AccountId accountOf(final int device) {
        final int product = productOf[device];
        return product == 0 ? account(1 + ownerOf[device]) : product == 1 ? account(1) : account(0);
    }

    private void place(final LaneState lane, final int device) {
        lane.devices.owner(device, lane.scopes.findUser(USERS[ownerOf[device]].high(), USERS[ownerOf[device]].low()));
        lane.devices.product(device, productOf[device] == 0 ? 0 : lane.scopes.findProduct(productOf[device]));
    }

    private static AccountId account(final int index) {
        return index == 0 ? AccountId.organization(ORGANIZATION) : AccountId.user(USERS[index - 1]);
    }

    /** Takes records, as a consumer would. */
    private final class Listener implements UsageHandler {
        private long last;

        @Override
        public void onUsage(final UsageRecord record) {
            final long sequence = next(record.sequence());
            final Key key =
                    new Key(record.account(), record.productId(), record.hasDevice() ? record.deviceIdLow() : 0);
            ledger.hand(
                    sequence,
                    new UsageLedger.Handed(
                            record.windowStartMs(),
                            record.windowEndMs(),
                            key,
                            new Operations(record.publishOperations(), record.subscribeOperations())));
        }

        @Override
        public void onThreshold(final UsageThreshold threshold) {
            ledger.tell(
                    next(threshold.sequence()),
                    new Told(threshold.account(), threshold.monthStartMs(), threshold.percent()));
        }

        private long next(final long sequence) {
            check(
                    sequence == Math.max(last, requested) + 1,
                    "expected=" + (Math.max(last, requested) + 1) + ", sequence=" + sequence);
            last = sequence;
            handedInRun = sequence;
            return mistake == Mistake.SEQUENCES_BEGIN_AGAIN ? sequence - sequencesBefore : sequence;
        }
    }

    // A router that takes every record in its journal for durable.
    private void handOutWhatIsNotCommitted() throws IOException {
        final Map<Long, List<Key>> keys = new HashMap<>();
        final Map<Long, List<Operations>> operations = new HashMap<>();
        final DataDirectory mistaken = DataDirectory.open(disk);
        final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
        final UsageEntry entry = new UsageEntry();
        mistaken.openJournal(
                        DataDirectory.Kind.USAGE,
                        new Journal.Settings(SyncPolicy.EVERY_BATCH, SEGMENT_LENGTH, UsageFrames.MAX_LENGTH),
                        new RouterCounters(),
                        errors::add,
                        new JournalReplay() {
                            @Override
                            public void onSnapshotRecord(final byte[] bytes, final int offset, final int length) {}

                            @Override
                            public void onRecord(
                                    final long sequence,
                                    final int type,
                                    final byte[] bytes,
                                    final int offset,
                                    final int length) {
                                frame.wrap(bytes, offset, length);
                                if (type == UsageFrames.COMMIT) {
                                    keys.remove(UsageFrames.unit(frame));
                                } else if (type == UsageFrames.RECORDS) {
                                    final long unit = UsageFrames.unit(frame);
                                    for (int i = 0; i < UsageFrames.rows(frame); i++) {
                                        entry.wrap(frame, UsageFrames.ROWS_OFFSET + i * RecordLayout.LENGTH);
                                        keys.computeIfAbsent(unit, none -> new ArrayList<>())
                                                .add(new Key(entry.account(), entry.productId(), entry.deviceIdLow()));
                                        operations
                                                .computeIfAbsent(unit, none -> new ArrayList<>())
                                                .add(new Operations(
                                                        entry.publishOperations(), entry.subscribeOperations()));
                                    }
                                }
                            }
                        },
                        nowMs)
                .close();
        mistaken.close();
        long invented = Long.MAX_VALUE / 2;
        for (final Map.Entry<Long, List<Key>> unit : keys.entrySet()) {
            for (int i = 0; i < unit.getValue().size() && closingAtCrash != null; i++) {
                ledger.hand(
                        invented++,
                        new UsageLedger.Handed(
                                closingAtCrash.startMs,
                                closingAtCrash.endMs,
                                unit.getValue().get(i),
                                operations.get(unit.getKey()).get(i)));
            }
        }
    }
}

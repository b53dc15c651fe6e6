package io.eventrouter.usage;

import io.eventrouter.Choices;
import io.eventrouter.identity.AccountId;
import io.eventrouter.journal.DamagedFileException;
import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.FileDamage;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.status.RouterCounters;
import io.eventrouter.usage.UsageLedger.Handed;
import io.eventrouter.usage.UsageLedger.Key;
import io.eventrouter.usage.UsageLedger.Operations;
import io.eventrouter.usage.UsageLedger.Told;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The usage of a dozen devices, with windows of two lanes, thresholds, acknowledgements and totals; what it is when
 * files were damaged must be what it was at some time: the totals those of some first windows, and what is handed out,
 * under its own sequence and without a gap, the end of what was handed out then. Or the start is refused and says
 * where.
 */
public final class DamagedUsage {
    private static final int DEVICES = 12;

    private final UsageWorld world = new UsageWorld(2, UsageGranularity.DEVICE, DEVICES, 100, 2_000);
    private final SimulatedDisk disk;

    /** All totals that there ever were, and the last sequence that is in them. */
    private final Map<Map<Object, Operations>, Long> totals = new HashMap<>();

    private final long last;
    private long asItWas;
    private long asItWasBefore;
    private long refused;

    /** A directory without damage. */
    public DamagedUsage() throws IOException {
        world.start();
        for (int device = 1; device <= DEVICES; device++) {
            world.move(device, device % 3, device % 4);
        }
        for (int window = 0; window < 4; window++) {
            for (int device = 1; device <= DEVICES; device++) {
                world.publish(device % 2, device, device);
                world.deliver((device + 1) % 2, device, 1 + window);
            }
            world.closeWindow(0);
            world.closeWindow(1);
            world.drain();
            world.acknowledge(world.handedInRun() - 3);
        }
        world.drain();
        disk = world.disk.copy();
        disk.kill();
        last = world.ledger.lastSequence();
        addUp();
        world.close();
    }

    // By the ledger, which has what the usage handler heard.
    private void addUp() {
        final Map<Object, Operations> sum = new HashMap<>();
        totals.put(Map.copyOf(sum), 0L);
        for (long sequence = 1; sequence <= last; sequence++) {
            final Handed handed = world.ledger.handed.get(sequence);
            if (handed != null) {
                sum.merge(handed.key().account(), handed.operations(), Operations::plus);
                if (handed.key().product() != 0) {
                    sum.merge(handed.key().product(), handed.operations(), Operations::plus);
                }
                totals.put(Map.copyOf(sum), sequence);
            }
        }
    }

    /** How often everything was there. */
    public long asItWas() {
        return asItWas;
    }

    /** How often the end was missing, as if it had never been written. */
    public long asItWasBefore() {
        return asItWasBefore;
    }

    /** How often the start was refused. */
    public long refused() {
        return refused;
    }

    /** Damage the directory as the choices say and open it; what is wrong then, empty if nothing is. */
    public List<String> judge(final Choices choices) {
        return judge(FileDamage::of, choices);
    }

    /** The same with damage of another kind. */
    public List<String> judge(final BiFunction<SimulatedDisk, Choices, FileDamage> damaging, final Choices choices) {
        final SimulatedDisk damaged = disk.copy();
        final FileDamage damage = damaging.apply(damaged, choices);
        final List<String> findings = new ArrayList<>();
        try {
            new Opened(damaged).judge(findings);
        } catch (final DamagedFileException refusal) {
            refused++;
            final boolean isClear = refusal.getMessage().contains(": file=" + refusal.file() + ", offset=")
                    && refusal.offset() >= 0
                    && refusal.getMessage().chars().allMatch(c -> c >= 0x20);
            if (!isClear) {
                findings.add("does not say what is wrong: " + refusal.getMessage());
            }
        } catch (final IOException | RuntimeException | Error another) {
            findings.add("neither opened nor refused: " + another + " at "
                    + Arrays.stream(another.getStackTrace()).limit(6).toList());
        }
        return findings.isEmpty() ? findings : List.of(damage + ": " + findings);
    }

    /** What a router would resume from and hand out. */
    private final class Opened implements UsageHandler, UsageTotals.Heir {
        private final Map<Object, Operations> found = new HashMap<>();
        private final Set<Told> told = new HashSet<>();
        private final List<String> wrong = new ArrayList<>();
        private long first;
        private long next;

        Opened(final SimulatedDisk damaged) throws IOException {
            try (DataDirectory directory = DataDirectory.open(damaged);
                    DurableUsage usage = DurableUsage.open(
                            directory,
                            new DurableUsage.Settings(1, 100, UsageWorld.SEGMENT_LENGTH, 1 << 20),
                            new SeededHash(1),
                            this,
                            problem -> wrong.add("told: " + problem),
                            new RouterCounters(),
                            () -> 0)) {
                while (usage.work() > 0) {
                    // The next round goes on.
                }
                usage.bequeath(this);
                if (!usage.isSettled()) {
                    wrong.add("it does not settle");
                }
            }
        }

        @Override
        public void onUsage(final UsageRecord record) {
            final Handed handed = new Handed(
                    record.windowStartMs(),
                    record.windowEndMs(),
                    new Key(record.account(), record.productId(), record.deviceIdLow()),
                    new Operations(record.publishOperations(), record.subscribeOperations()));
            take(record.sequence());
            if (!handed.equals(world.ledger.handed.get(record.sequence()))) {
                wrong.add("handed out under " + record.sequence() + ": " + handed);
            }
        }

        @Override
        public void onThreshold(final UsageThreshold threshold) {
            take(threshold.sequence());
            if (!tellingOf(threshold).equals(world.ledger.told.get(threshold.sequence()))) {
                wrong.add("told under " + threshold.sequence() + ": " + threshold);
            }
        }

        private Told tellingOf(final UsageThreshold threshold) {
            return new Told(threshold.account(), threshold.monthStartMs(), threshold.percent());
        }

        private void take(final long sequence) {
            if (next != 0 && sequence != next) {
                wrong.add("a gap before " + sequence + ", expected=" + next);
            }
            first = first == 0 ? sequence : first;
            next = sequence + 1;
        }

        @Override
        public void product(final int productId, final UsageSnapshot.Totals ofProduct) {
            found.put(productId, operations(ofProduct));
        }

        @Override
        public void account(
                final AccountId account,
                final UsageSnapshot.Totals ofAccount,
                final long monthStartMs,
                final long usedOperations,
                final int toldPercent) {
            if (ofAccount.total() != 0) {
                found.put(account, operations(ofAccount));
            }
            if (usedOperations != ofAccount.total()) {
                wrong.add("use of the month of " + account + " is " + usedOperations + " of " + ofAccount);
            }
            if (toldPercent != 0) {
                told.add(new Told(account, monthStartMs, toldPercent));
            }
        }

        private Operations operations(final UsageSnapshot.Totals of) {
            return new Operations(of.publishOperations(), of.subscribeOperations());
        }

        void judge(final List<String> findings) {
            findings.addAll(wrong);
            final Long behind = totals.get(found);
            if (behind == null) {
                findings.add("totals that there never were: " + found);
                return;
            }
            // Thresholds may follow the last record.
            if (next != 0
                    && (next <= behind
                            || world.ledger
                                            .handed
                                            .tailMap(behind, false)
                                            .headMap(next)
                                            .size()
                                    > 0)) {
                findings.add("handed out from " + first + " to " + (next - 1) + ", with totals behind " + behind);
            }
            if (!world.ledger.told.values().containsAll(told)) {
                findings.add("thresholds that were never told: " + told);
            }
            asItWas += behind == totalsOfAll() ? 1 : 0;
            asItWasBefore += behind == totalsOfAll() ? 0 : 1;
        }

        private long totalsOfAll() {
            return world.ledger.handed.lastKey();
        }
    }
}

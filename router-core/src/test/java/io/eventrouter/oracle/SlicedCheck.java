package io.eventrouter.oracle;

import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * Runs a scenario through the router with slices of one to four deliveries, nearly every event for more than one device
 * pending at some time, and commands, windows and snapshots in between. Compares with the oracle whenever all is
 * drained.
 */
final class SlicedCheck {
    private static final int MAX_SLICE_LENGTH = 4;
    private static final int MAX_ROUNDS_PER_STEP = 3;

    private final CoverageMarks marks;
    private final BiFunction<Scenario, Integer, SlicedSubject> subjects;

    SlicedCheck(final CoverageMarks marks) {
        this(marks, SlicedSubject::new);
    }

    /** A check of other subjects, made of a scenario and the length of slices. */
    SlicedCheck(final CoverageMarks marks, final BiFunction<Scenario, Integer, SlicedSubject> subjects) {
        this.marks = marks;
        this.subjects = subjects;
    }

    /** The first difference, or null if there is none. */
    Difference run(final Scenario given) {
        // Windows end at the time of their step, so time goes on only.
        final Scenario scenario = given.withSteps(given.steps().stream()
                .map(step -> step instanceof Step.Advance advance
                        ? new Step.Advance(Math.max(0, advance.milliseconds()))
                        : step)
                .toList());
        final SplittableRandom random = new SplittableRandom(scenario.seed() ^ 0x51_1ce5L);
        try (SlicedSubject subject = subjects.apply(scenario, 1 + random.nextInt(MAX_SLICE_LENGTH))) {
            return new Run(scenario, subject, random, marks).run();
        }
    }

    private static final class Run {
        private final Scenario scenario;
        private final SlicedSubject subject;
        private final SplittableRandom random;
        private final CoverageMarks marks;
        private final int stepsBetweenChecks;
        private final Map<Integer, Long> windowEnds = new HashMap<>();
        private final Map<Integer, CompletableFuture<UsageSnapshot>> snapshots = new HashMap<>();
        private final Map<Integer, Usage> expectedUsage = new HashMap<>();
        private final ForgivingRouter oracle;
        private int compared;

        private Run(
                final Scenario scenario,
                final SlicedSubject subject,
                final SplittableRandom random,
                final CoverageMarks marks) {
            this.scenario = scenario;
            this.subject = subject;
            this.random = random;
            this.marks = marks;
            stepsBetweenChecks = 1 + random.nextInt(80);
            oracle = new ForgivingRouter(scenario.policies(), subject.refusedForPending);
        }

        private Difference run() {
            final int last = scenario.steps().size() - 1;
            for (int i = 0; i <= last; i++) {
                final List<String> findings = new ArrayList<>();
                try {
                    subject.start(scenario.steps().get(i));
                    mark(scenario.steps().get(i));
                    interfere(i);
                    if (i == last || random.nextInt(stepsBetweenChecks) == 0) {
                        findings.addAll(compare(i));
                    }
                } catch (final RuntimeException exception) {
                    findings.add("threw: " + DifferentialCheck.rootOf(exception));
                }
                if (!findings.isEmpty()) {
                    return new Difference(i, findings);
                }
            }
            return null;
        }

        private void mark(final Step step) {
            if (subject.isAnyFanOutPending()) {
                marks.note("pending at: "
                        + (step instanceof Step.Apply apply
                                ? apply.command().getClass().getSimpleName()
                                : step.getClass().getSimpleName()));
            }
        }

        private void interfere(final int step) {
            for (int rounds = random.nextInt(MAX_ROUNDS_PER_STEP + 1); rounds > 0; rounds--) {
                subject.work();
            }
            if (random.nextInt(20) == 0) {
                marks.note(subject.isAnyFanOutPending(), "pending at: end of a window");
                windowEnds.put(step, subject.closeUsageWindow());
            }
            if (random.nextInt(40) == 0) {
                marks.note(subject.isAnyFanOutPending(), "pending at: snapshot");
                snapshots.put(step, subject.usageSnapshot());
            }
        }

        private List<String> compare(final int last) {
            windowEnds.put(last, subject.closeUsageWindow());
            final List<Step> steps = scenario.steps().subList(compared, last + 1);
            final List<Outcome> actual = subject.finish(compared);
            final Outcome sums = subject.takeSums();
            final List<Outcome> expected = new ArrayList<>();
            for (int i = compared; i <= last; i++) {
                oracle.step = i;
                oracle.limits.goTo(subject.timeOf(i));
                expected.add(oracle.perform(scenario.steps().get(i)));
                expectedUsage.put(i, oracle.usage());
            }
            compared = last + 1;
            marks.note(sums.counted(RouterCounter.EVENTS_REFUSED_TOO_MANY_PENDING_FAN_OUTS) > 0, "refused for pending");
            final List<String> findings = new ArrayList<>(Comparison.ofSteps(steps, expected, actual, sums));
            windowEnds.forEach((step, endMs) -> findings.addAll(ofRows(step, endMs)));
            windowEnds.clear();
            snapshots.forEach((step, snapshot) -> findings.addAll(ofSnapshot(step, snapshot.join())));
            snapshots.clear();
            return findings;
        }

        private List<String> ofRows(final int step, final long endMs) {
            return Comparison.ofUsage(
                    new Usage(expectedUsage.get(step).rows(), Map.of(), Map.of()),
                    new Usage(subject.usageBefore(endMs), Map.of(), Map.of()));
        }

        private List<String> ofSnapshot(final int step, final UsageSnapshot snapshot) {
            final Usage expected = expectedUsage.get(step);
            return Comparison.ofUsage(
                    new Usage(Map.of(), expected.accounts(), expected.products()), RouterSubject.totals(snapshot));
        }
    }

    /** The oracle, told which events were refused because too many were pending: these it leaves out. */
    private static final class ForgivingRouter extends NaiveRouter {
        private final Set<String> refused;
        private int step;

        private ForgivingRouter(final Policies policies, final Set<String> refused) {
            super(policies);
            this.refused = refused;
        }

        @Override
        void accept(final Publication event) {
            if (!refused.contains(step + " " + event.name())) {
                super.accept(event);
            }
        }
    }
}

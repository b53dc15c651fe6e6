package io.eventrouter.oracle;

/** The oracle as a router under test: right, or with one mistake planted. */
final class NaiveSubject implements Subject {
    private final NaiveRouter router;

    private NaiveSubject(final NaiveRouter router) {
        this.router = router;
    }

    static NaiveSubject correct(final Scenario scenario) {
        return new NaiveSubject(new NaiveRouter(scenario.policies()));
    }

    static NaiveSubject with(final Mistake mistake, final Scenario scenario) {
        return new NaiveSubject(new MistakenRouter(mistake, scenario));
    }

    @Override
    public Outcome perform(final Step step) {
        final Outcome outcome = router.perform(step);
        // A router gives one reason where the oracle lists all that it may give.
        outcome.refusals().stream().skip(1).toList().forEach(outcome.refusals()::remove);
        return outcome;
    }

    @Override
    public Usage usage() {
        return router.usage();
    }

    @Override
    public void close() {}
}

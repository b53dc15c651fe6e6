package io.eventrouter.loadgen.scenario;

import java.util.Optional;

/**
 * A fleet and its load, checked: whatever refers to something else refers to what is there. Immutable. What every
 * part means is in docs/scenario-files.md.
 *
 * @param name for people and files.
 * @param about text for people.
 * @param seed of everything random.
 * @param fleet that is to be.
 * @param storm when many devices reconnect at once.
 * @param router how it is set up.
 * @param load that is put on it.
 * @param objective that the load is to hold.
 * @param search for the highest rate that holds the objective.
 * @param sweep over sizes.
 */
public record Scenario(
        String name,
        String about,
        long seed,
        Fleet fleet,
        Optional<ReconnectStorm> storm,
        RouterSetup router,
        Load load,
        Objective objective,
        SearchSetup search,
        SweepSetup sweep) {
    /**
     * The rate that the load asks for.
     *
     * @return that of the load, or else what the fleet publishes by itself.
     */
    public Rate rate() {
        return load.rate().orElseGet(fleet::naturalRate);
    }

    /** The same scenario with another seed. */
    public Scenario withSeed(final long newSeed) {
        return new Scenario(name, about, newSeed, fleet, storm, router, load, objective, search, sweep);
    }

    /** The same scenario of another fleet. */
    public Scenario withFleet(final Fleet newFleet) {
        return new Scenario(name, about, seed, newFleet, storm, router, load, objective, search, sweep);
    }

    /** The same scenario under other rules, or set up otherwise. */
    public Scenario withRouter(final RouterSetup newRouter) {
        return new Scenario(name, about, seed, fleet, storm, newRouter, load, objective, search, sweep);
    }

    /** The same scenario with another load. */
    public Scenario withLoad(final Load newLoad) {
        return new Scenario(name, about, seed, fleet, storm, router, newLoad, objective, search, sweep);
    }
}

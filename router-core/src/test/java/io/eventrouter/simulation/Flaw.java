package io.eventrouter.simulation;

import io.eventrouter.oracle.Handed;
import io.eventrouter.oracle.Mistake;
import io.eventrouter.oracle.NaiveRouter;
import io.eventrouter.oracle.Outcome;

/** Mistakes that are planted to see that a simulation notices them. */
enum Flaw {
    /** Nothing is wrong. */
    NONE,
    /** One payload in fifty is lost between the router and its recipients. */
    LOSES_A_DELIVERY {
        @Override
        SimulatedRouter router(final Machine machine) {
            return new SimulatedRouter(machine) {
                @Override
                void hand(final Handed delivery) {
                    if (!isOneInFifty(delivery)) {
                        super.hand(delivery);
                    }
                }
            };
        }
    },
    /** One payload in fifty comes twice. */
    DELIVERS_TWICE {
        @Override
        SimulatedRouter router(final Machine machine) {
            return new SimulatedRouter(machine) {
                @Override
                void hand(final Handed delivery) {
                    super.hand(delivery);
                    if (isOneInFifty(delivery)) {
                        super.hand(delivery);
                    }
                }
            };
        }
    },
    /** Two deliveries of one run change places. */
    CHANGES_THE_ORDER {
        @Override
        SimulatedRouter router(final Machine machine) {
            return new SimulatedRouter(machine) {
                private Handed held;

                @Override
                void hand(final Handed delivery) {
                    if (held == null) {
                        held = delivery;
                    } else {
                        super.hand(delivery);
                        super.hand(held);
                        held = null;
                    }
                }

                @Override
                Outcome takeOutcome() {
                    if (held != null) {
                        super.hand(held);
                        held = null;
                    }
                    return super.takeOutcome();
                }
            };
        }
    },
    /** The oracle forgets that quarantined devices are not in good standing: both sides are compared. */
    ORACLE_IS_MISTAKEN {
        @Override
        NaiveRouter oracle(final SimulationSettings settings) {
            return Mistake.QUARANTINED_IN_SCOPE.router(settings.policies());
        }
    },
    /** The disk says that it has forced the journal, and has not. */
    FORCES_NO_JOURNAL {
        @Override
        Machine machine(final SimulationSettings settings) {
            return new Machine(settings.startMs()) {
                @Override
                boolean forces(final String file) {
                    return !file.startsWith("journal-");
                }
            };
        }
    },
    /** When writing should fail, it seems to work. */
    DISK_FAILS_SILENTLY {
        @Override
        Machine machine(final SimulationSettings settings) {
            return new Machine(settings.startMs()) {
                @Override
                boolean writes() {
                    return fault() == DiskFault.NONE;
                }
            };
        }
    },
    /** The new month begins with what was used in the old one. */
    MONTH_NEVER_BEGINS {
        @Override
        NaiveRouter oracle(final SimulationSettings settings) {
            return new NaiveRouter(settings.policies()) {
                @Override
                public void beginBillingMonth() {}
            };
        }
    };

    SimulatedRouter router(final Machine machine) {
        return new SimulatedRouter(machine);
    }

    Machine machine(final SimulationSettings settings) {
        return new Machine(settings.startMs());
    }

    NaiveRouter oracle(final SimulationSettings settings) {
        return new NaiveRouter(settings.policies());
    }

    private static boolean isOneInFifty(final Handed delivery) {
        return delivery.payloadChecksum() % 50 == 0;
    }
}

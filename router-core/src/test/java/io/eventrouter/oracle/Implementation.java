package io.eventrouter.oracle;

import java.util.List;

/** Which of the two routers a rule is tried on: both have to obey what is written down by hand. */
enum Implementation {
    /** The naive router that random tests compare with. */
    ORACLE {
        @Override
        Subject start(final Policies policies) {
            return NaiveSubject.correct(new Scenario(0, policies, List.of()));
        }
    },
    /** The real one. */
    ROUTER {
        @Override
        Subject start(final Policies policies) {
            return new RouterSubject(new Scenario(0, policies, List.of()));
        }
    };

    abstract Subject start(Policies policies);
}

package io.eventrouter.loadgen.scenario;

import io.eventrouter.loadgen.input.BadInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A part of a load. */
public sealed interface Phase {
    /**
     * How long it is.
     *
     * @return nanoseconds.
     */
    long durationNs();

    /**
     * The same phase, stretched or squeezed.
     *
     * @param newDurationNs how long it is to be, in nanoseconds.
     * @return the phase.
     */
    Phase lasting(long newDurationNs);

    /** Rate of a phase: of its own, or a share of the load's. */
    sealed interface PhaseRate {
        /**
         * The rate itself.
         *
         * @param loadRate rate of the load.
         * @return the rate.
         * @throws BadInputException if it is above the highest rate.
         */
        Rate of(Rate loadRate);
    }

    /** A rate of its own. */
    record OwnRate(Rate rate) implements PhaseRate {
        @Override
        public Rate of(final Rate loadRate) {
            return rate;
        }
    }

    /** A share of the load's rate, 1 for all of it. */
    record RelativeRate(double share) implements PhaseRate {
        /** The load's rate. */
        public static final RelativeRate FULL = new RelativeRate(1);

        @Override
        public Rate of(final Rate loadRate) {
            final long milliPerSecond = Math.round(loadRate.milliPerSecond() * share);
            if (milliPerSecond > Rate.MAX_MILLI_PER_SECOND) {
                throw new BadInputException("rates of phases must be at most 1G/s: value="
                        + BigDecimal.valueOf(share).movePointRight(2).toPlainString() + "% of " + loadRate);
            }
            return share == 1 ? loadRate : new Rate(milliPerSecond);
        }
    }

    /** The same rate all the time. */
    record Constant(long durationNs, PhaseRate rate) implements Phase {
        @Override
        public Phase lasting(final long newDurationNs) {
            return new Constant(newDurationNs, rate);
        }
    }

    /** Evenly from one rate to another. */
    record Ramp(long durationNs, PhaseRate from, PhaseRate to) implements Phase {
        @Override
        public Phase lasting(final long newDurationNs) {
            return new Ramp(newDurationNs, from, to);
        }
    }

    /** Constant rates, each for an equal part. */
    record Steps(long durationNs, List<PhaseRate> rates) implements Phase {
        public Steps {
            rates = List.copyOf(rates);
        }

        @Override
        public Phase lasting(final long newDurationNs) {
            return new Steps(newDurationNs, rates);
        }

        /**
         * The steps as phases of their own.
         *
         * @return one phase for each rate; together they are as long as this one.
         */
        public List<Constant> steps() {
            final List<Constant> steps = new ArrayList<>();
            long startNs = 0;
            for (int i = 1; i <= rates.size(); i++) {
                final long endNs = durationNs / rates.size() * i + durationNs % rates.size() * i / rates.size();
                steps.add(new Constant(endNs - startNs, rates.get(i - 1)));
                startNs = endNs;
            }
            return steps;
        }
    }

    /** So many events at one moment, again and again. */
    record Bursts(long durationNs, long size, long everyNs) implements Phase {
        @Override
        public Phase lasting(final long newDurationNs) {
            return new Bursts(newDurationNs, size, everyNs);
        }
    }
}

package io.eventrouter.benchmarks.runner.verdict;

/**
 * How many times faster a candidate is than a baseline, and the range in which the true ratio lies.
 *
 * @param low end of the range.
 * @param estimate the geometric mean of the rounds.
 * @param high end of the range.
 */
public record RatioInterval(double low, double estimate, double high) {}

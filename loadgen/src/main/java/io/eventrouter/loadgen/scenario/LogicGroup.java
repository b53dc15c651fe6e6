package io.eventrouter.loadgen.scenario;

/**
 * Logic functions that are alike: one for each product of a group.
 *
 * @param name of the group.
 * @param product whose events run them.
 * @param event whole name of the event that runs them.
 */
public record LogicGroup(String name, ProductGroup product, String event) {}

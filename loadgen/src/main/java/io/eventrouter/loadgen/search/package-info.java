/** Finds the highest rate that holds an objective, for one fleet or for a row of them. */
package io.eventrouter.loadgen.search;

/** The fleet: users, organizations, products, customers, devices and what subscribes, from a file to commands. */
package io.eventrouter.loadgen.fleet;

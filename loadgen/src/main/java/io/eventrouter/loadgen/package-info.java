/** The command line of the load generator: its commands, their options and their exit status. */
package io.eventrouter.loadgen;

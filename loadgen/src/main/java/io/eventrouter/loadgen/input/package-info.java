/** Text files that the user gives: finding them, reading them by line, and saying what is wrong with them. */
package io.eventrouter.loadgen.input;

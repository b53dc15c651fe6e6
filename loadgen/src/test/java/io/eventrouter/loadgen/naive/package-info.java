/** Random small fleets and a naive account of who hears what in them, which shares no code with the program. */
package io.eventrouter.loadgen.naive;

/** What the programs write: files that are whole or not there, and an output that tells when it is full. */
package io.eventrouter.loadgen.output;

/** What outlives the process: a data directory, and write-ahead journals with snapshots in it. */
package io.eventrouter.journal;

/**
 * Reads what runs, searches and sweeps have left behind, and shows it on one page.
 *
 * <p>The files are those of docs/result-files.md. Whatever is missing in them or cannot be right is refused with file
 * and place before anything is written.
 */
package io.eventrouter.loadgen.report;

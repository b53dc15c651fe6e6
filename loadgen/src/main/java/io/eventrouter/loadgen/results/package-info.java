/** What a run, a search or a sweep leaves behind: a directory of files (docs/result-files.md), and text for people. */
package io.eventrouter.loadgen.results;

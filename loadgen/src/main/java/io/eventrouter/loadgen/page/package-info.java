/**
 * Self-contained HTML pages for people: headings, prose, verdicts, tables and charts in one file that opens offline.
 *
 * <p>{@link io.eventrouter.loadgen.page.Page} is the way in. Whatever is given as text is shown as text: names that
 * came from elsewhere need no care. Objects of this package are filled by one thread.
 */
package io.eventrouter.loadgen.page;

/** Numbers as people read them. */
package io.eventrouter.loadgen.figures;

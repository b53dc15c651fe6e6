/** The demo: a small fleet that ships with the program, routed, counted and explained. */
package io.eventrouter.loadgen.demo;

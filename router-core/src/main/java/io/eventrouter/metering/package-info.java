/** Counts data operations: exactly, per account, product and device, publish and subscribe apart. */
package io.eventrouter.metering;
